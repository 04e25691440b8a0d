"""Settlements, statistics, and figures released to the reports."""
