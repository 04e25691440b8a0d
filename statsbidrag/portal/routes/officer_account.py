"""The agency's desk: the joint account to the Government, and every answer as a file."""

from django.urls import URLPattern

PAGES: list[URLPattern] = []
