"""The agency's desk: invoices of claims, and the money that comes in."""

from statsbidrag.portal.guards import having, page
from statsbidrag.portal.views.officer.invoices import listing, one

_AGENCY, _SETTLES = having("see agency"), having("settle")
_ALL = "myndighet/omgangar/<int:year>/fakturor"

PAGES = [
    page(f"{_ALL}/", listing.invoices, "invoices", _AGENCY),
    page(f"{_ALL}/inbetalningar/", listing.incoming_payments, "incoming_payments", _SETTLES),
    page(f"{_ALL}/inbetalningar/<int:number>/", listing.incoming_payment, "incoming_payment", _SETTLES),
    page(f"{_ALL}/<slug:recipient>/<int:number>/", one.invoice, "invoice", _AGENCY),
]
