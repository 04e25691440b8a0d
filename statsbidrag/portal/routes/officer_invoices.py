"""The agency's desk: invoices of claims, and the money that comes in."""

from django.urls import URLPattern

PAGES: list[URLPattern] = []
