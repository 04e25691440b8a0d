"""The agency's desk: the round and its stations, requisitions, reallocation, reminders and the outbox."""

from statsbidrag.portal.guards import having, page
from statsbidrag.portal.views.officer.round import desk, outbox, reallocation, registering, reminders, requisitions

_AGENCY, _REGISTERING = having("see agency"), having("register")
_ROUND = "myndighet/omgangar/<int:year>"

PAGES = [
    page("myndighet/", desk.agency_desk, "agency_desk", _AGENCY),
    page(f"{_ROUND}/", desk.round_desk, "round_desk", _AGENCY),
    page(f"{_ROUND}/rekvisitioner/", requisitions.requisitions, "requisitions", _AGENCY),
    page(f"{_ROUND}/rekvisitioner.<str:ending>", requisitions.requisitions_file, "requisitions_file", _AGENCY),
    page(f"{_ROUND}/registrera/", registering.register_requisition, "register_requisition", _REGISTERING),
    page(f"{_ROUND}/omfordelning/", reallocation.reallocation, "reallocation", _AGENCY),
    page(f"{_ROUND}/omfordelning.<str:ending>", reallocation.reallocation_file, "reallocation_file", _AGENCY),
    page(f"{_ROUND}/omfordelning/<slug:recipient>/", reallocation.reallocation_why, "reallocation_why", _AGENCY),
    page(f"{_ROUND}/paminnelser/", reminders.reminders, "reminders", _AGENCY),
    page(f"{_ROUND}/paminnelser/<slug:occasion>/", reminders.reminder, "reminder", _AGENCY),
    page("myndighet/e-post/", outbox.outbox_page, "outbox", _AGENCY),
    page("myndighet/e-post/<int:mail>/", outbox.mail_page, "mail", _AGENCY),
]
