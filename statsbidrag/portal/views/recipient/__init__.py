"""Pages of a region's or a municipality's desk."""
