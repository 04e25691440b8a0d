"""The agency's desk: matters of repayment, from the first ground to the decision."""

from statsbidrag.portal.guards import having, page
from statsbidrag.portal.views.officer.repayments import listing, matter, opening

_AGENCY, _HEARS, _REGISTERS = having("see agency"), having("hear"), having("register")
_ALL = "myndighet/omgangar/<int:year>/aterbetalning"
_ONE = f"{_ALL}/<slug:recipient>/<int:number>"

PAGES = [
    page(f"{_ALL}/", listing.repayments, "repayments", _AGENCY),
    page(f"{_ALL}/<slug:recipient>/oppna/", opening.open_repayment, "open_repayment", _HEARS),
    page(f"{_ONE}/", matter.repayment, "repayment", _AGENCY),
    page(f"{_ONE}/kommunicera/", matter.send_communication, "send_communication", _HEARS),
    page(f"{_ONE}/yttrande/", matter.register_answer, "register_answer", _REGISTERS),
    page(f"{_ONE}/avsluta/", matter.close_repayment, "close_repayment", _HEARS),
]
