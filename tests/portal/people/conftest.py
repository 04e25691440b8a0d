"""What the tests of people share: an application to be agent, and mail that has gone."""

from collections.abc import Callable
from datetime import datetime
from io import BytesIO

import pytest
from pypdf import PdfWriter

from statsbidrag.portal.access import Visitor
from statsbidrag.portal.actions import agents
from statsbidrag.portal.actions.uploads import Upload
from statsbidrag.portal.models import AgentApplication, Mail

OWN = "municipality-0484"


def a_pdf() -> bytes:
    """A PDF of one empty page."""
    writer, out = PdfWriter(), BytesIO()
    writer.add_blank_page(200, 200)
    writer.write(out)
    return out.getvalue()


PROOF = Upload("fullmakt.pdf", "application/pdf", a_pdf())


@pytest.fixture
def apply(now: datetime) -> Callable[..., AgentApplication]:
    """Applies to be agent: ``apply(visitor)``, or for another recipient than Eskilstuna."""

    def sent(
        visitor: Visitor, recipient: str = OWN, *, email: str = "ny@exempel.se", moment: datetime = now
    ) -> AgentApplication:
        told = agents.Application(recipient, "power of attorney", "controller", email, "010-000 00 00", PROOF)
        return agents.apply(visitor, told, moment)

    return sent


@pytest.fixture
def mails_to(db: None) -> Callable[[str], list[str]]:
    """The subjects of the mails to an address, in order."""
    return lambda to: list(Mail.objects.filter(to=to).order_by("id").values_list("subject", flat=True))
