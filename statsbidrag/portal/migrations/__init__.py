"""The database, made step by step."""
