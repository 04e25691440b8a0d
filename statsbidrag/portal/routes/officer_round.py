"""The agency's desk: the round and its stations, requisitions, reallocation, reminders and the outbox."""

from django.urls import URLPattern

PAGES: list[URLPattern] = []
