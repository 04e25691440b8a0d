"""Reads the rules, or says what is wrong in them, where, and what to do.

TOML and CSV in, frozen values out. Nothing else in the house reads a rule file.
"""
