"""Pages of the agency's desk that are about a round as a whole, and about what the agency sends."""
