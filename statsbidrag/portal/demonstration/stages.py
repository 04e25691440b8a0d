"""The stages of the demonstration: days that the whole service can be moved to."""
