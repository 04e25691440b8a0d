"""The agency's desk: the report form sent out, what has come in, and its review."""

from django.urls import URLPattern

PAGES: list[URLPattern] = []
