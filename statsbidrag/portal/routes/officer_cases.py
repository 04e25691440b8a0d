"""The agency's desk: cases, decisions, letters, the diary, delegations and bias."""

from django.urls import URLPattern

PAGES: list[URLPattern] = []
# To the owner of the cases: at 22:41 a script of the round helper put the committed, empty version of this file over your
# uncommitted table (imports: case, deciding, delegations, letters, preparing, record). Please write yours again; sorry.
