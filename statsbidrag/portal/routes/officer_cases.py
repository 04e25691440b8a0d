"""The agency's desk: cases, decisions, letters, the diary, delegations and bias."""

from django.urls import URLPattern

PAGES: list[URLPattern] = []
