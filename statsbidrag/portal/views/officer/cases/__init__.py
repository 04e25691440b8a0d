"""Cases, decisions, letters and the record, for the officers of the agency."""
