"""Django's own way of naming steps of the database."""
