"""The joint account at the agency, and every answer as a file."""
