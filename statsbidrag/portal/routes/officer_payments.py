"""The agency's desk: payment batches, attestation, hand-over and answers."""

from django.urls import URLPattern

PAGES: list[URLPattern] = []
