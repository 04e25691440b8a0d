"""A region's own installation: its own pages, the sign-in, and the pages that every public body must have.

No page of the agency's is here, whoever signs in.
"""

from django.urls import path

from statsbidrag.portal import routes as agency
from statsbidrag.portal.routes import account, public, signing
from statsbidrag.region.routes import PAGES
from statsbidrag.region.views import front

_OF_EVERY_HOUSE = {"about", "accessibility", "assumptions", "cookies", "flaw_reported", "personal_data"}
_ABOUT_ONESELF = {"my_organisations", "delete_account", "invitation"}

urlpatterns = [
    path("", front.own_front, name="front"),  # anyone may read it, as the front page of every house
    *(each for each in public.PAGES if each.name in _OF_EVERY_HOUSE),
    *(each for each in account.PAGES if each.name in _ABOUT_ONESELF),
    *signing.PAGES,
    *PAGES,
]

handler400, handler404, handler500 = agency.handler400, agency.handler404, agency.handler500
