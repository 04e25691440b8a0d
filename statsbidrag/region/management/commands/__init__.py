"""Django's own way of naming commands."""
