"""Pages that exist only in the demonstration."""
