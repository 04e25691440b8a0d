"""Invoices of claims at the agency, and the money that comes in."""
