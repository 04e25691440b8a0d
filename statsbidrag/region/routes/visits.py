"""Visits handed in as files or by hand, offers, and retention."""

from django.urls import URLPattern

PAGES: list[URLPattern] = []
