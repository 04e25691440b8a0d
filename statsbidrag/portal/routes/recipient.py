"""The recipient's desk; every address names the recipient, and rights are held for it."""

from statsbidrag.portal.guards import having, page
from statsbidrag.portal.views.recipient import case, communication, desk, giro, requisition, sending

_OWN = "organisation/<slug:recipient>/"
_ROUND = f"{_OWN}<int:year>/"
_SEES, _FILLS_IN, _SENDS = having("see own case"), having("fill in"), having("submit")

PAGES = [
    page(_OWN, desk.recipient_desk, "recipient_desk", _SEES),
    page(_ROUND, case.recipient_case, "recipient_case", _SEES),
    page(f"{_ROUND}rekvisition/", requisition.requisition, "requisition", _FILLS_IN),
    page(f"{_ROUND}rekvisition/kontrollera/", sending.requisition_check, "requisition_check", _FILLS_IN),
    page(f"{_ROUND}rekvisition/avsta/", sending.requisition_abstain, "requisition_abstain", _SENDS),
    page(f"{_ROUND}rekvisition/mottagen/", sending.requisition_received, "requisition_received", _SEES),
    page(f"{_ROUND}yttrande/<int:number>/", communication.communication, "communication", _SEES),
    page(f"{_ROUND}gironummer/", giro.new_giro, "new_giro", _SENDS),
    page(f"{_OWN}handling/<int:entry>/", case.recipient_document, "recipient_document", _SEES),
]
