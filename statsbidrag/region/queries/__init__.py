"""The reads of the region's house that are worth a name."""
