"""The recipient's desk; every address names the recipient, and rights are held for it."""

from django.urls import URLPattern

PAGES: list[URLPattern] = []
