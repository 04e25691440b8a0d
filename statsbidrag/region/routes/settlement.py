"""Settlements, statistics, and figures released to the reports."""

from django.urls import URLPattern

PAGES: list[URLPattern] = []
