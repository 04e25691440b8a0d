"""The agency's desk: matters of repayment, from the first ground to the decision."""

from django.urls import URLPattern

PAGES: list[URLPattern] = []
