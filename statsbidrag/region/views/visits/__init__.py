"""Visits: handed in as files or by hand, offers, and what is forgotten."""
