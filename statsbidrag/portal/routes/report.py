"""The recipient's report: its pages to fill in, and its answers to check."""

from django.urls import URLPattern

PAGES: list[URLPattern] = []
