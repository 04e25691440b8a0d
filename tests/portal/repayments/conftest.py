"""What the tests of repayment share: the reports' round, with its people and its paid grants decided."""

import pytest

from statsbidrag.portal.access import Visitor
from statsbidrag.portal.actions.diary import enter
from statsbidrag.portal.models import Approval, Case, Decision, Round
from statsbidrag.portal.papers import Paper
from statsbidrag.portal.rules import fingerprint
from tests.portal.report.conftest import (  # noqa: F401  # fixtures
    MUNICIPALITY,
    PAID,
    REPORT_DAY,
    form_sent,
    reporting,
    reporting_for,
)


@pytest.fixture
def granted(form_sent: Round, decision_maker: Visitor, presenter: Visitor) -> Decision:  # noqa: F811
    """The municipality's decision on its grant, with its letter."""
    case = Case.objects.get(kind="grant", recipient=MUNICIPALITY)
    approval = Approval.objects.create(
        day=REPORT_DAY.date(), at=REPORT_DAY, decision_maker_id=decision_maker.id, presenter_id=presenter.id
    )
    letter = enter(case, Paper("out", "decision", "mottagaren", "Beslut", "beslut.pdf", b"%PDF"), REPORT_DAY)
    return Decision.objects.create(
        reference="B-2025-0001",
        year=2025,
        kind="grant",
        recipient=MUNICIPALITY,
        case=case,
        kronor=PAID[MUNICIPALITY],
        because={"says": "Påhittat skäl"},
        fingerprint=fingerprint(2025),
        prepared_by_id=presenter.id,
        prepared=REPORT_DAY,
        approval=approval,
        letter=letter,
    )


@pytest.fixture
def presenter(someone) -> Visitor:
    """A presenter."""
    return someone("presenter", name="Farid Föredragande (påhittad)")
