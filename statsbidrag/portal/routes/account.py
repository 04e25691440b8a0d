"""Pages about oneself: signing in, acting for an organisation, invitations and roles."""

from django.urls import URLPattern

PAGES: list[URLPattern] = []
