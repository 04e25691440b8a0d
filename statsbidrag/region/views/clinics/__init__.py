"""Clinics: the register, fixed support, and a clinic's own desk."""
