"""The agency's side of the reports: the form sent out, what has come in, and its review."""
