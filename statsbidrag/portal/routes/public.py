"""The public pages."""

from statsbidrag.portal.guards import ANYONE, page
from statsbidrag.portal.views.public import start

PAGES = [
    page("", start.front, "front", ANYONE),
]
