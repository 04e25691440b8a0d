"""The pages of the region's house, by audience."""
