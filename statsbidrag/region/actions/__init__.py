"""The deeds of the region's house: the only writes."""
