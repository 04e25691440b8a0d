"""Rights: the agency's published matrix, written out by hand, and who is locked out."""

import pytest

from statsbidrag.portal.access import (
    AGENCY,
    FOR_A_RECIPIENT,
    RIGHTS,
    ROLES,
    Refused,
    Right,
    RoleKind,
    Visitor,
    may,
    require,
)

# The agency's published table of who may do what, row by row: ombud, representant, uppgiftssamordnare.
PUBLISHED: list[tuple[Right, bool, bool, bool]] = [
    ("fill in", True, True, True),
    ("submit", True, True, False),
    ("invite deputy", True, False, False),
    ("invite coordinator", True, True, False),
    ("see own case", True, True, True),
    ("leave", True, True, True),
    ("remove organisation", True, False, False),
]


def holding(kind: RoleKind, recipient: str = "", *, biased: frozenset[str] = frozenset()) -> Visitor:
    """Someone with one role."""
    return Visitor(1, "Någon (påhittad)", frozenset({(kind, recipient)}), biased)


@pytest.mark.parametrize(("right", "agent", "deputy", "coordinator"), PUBLISHED)
def test_the_published_matrix_holds(right: Right, agent: bool, deputy: bool, coordinator: bool) -> None:
    expected: dict[RoleKind, bool] = {"agent": agent, "deputy": deputy, "coordinator": coordinator}
    for kind, allowed in expected.items():
        assert may(holding(kind, "region-01"), right, "region-01") is allowed


@pytest.mark.parametrize("right", sorted(FOR_A_RECIPIENT))
def test_a_role_for_one_recipient_opens_nothing_for_another(right: Right) -> None:
    for kind in RIGHTS[right]:
        assert may(holding(kind, "region-01"), right, "region-01")
        assert not may(holding(kind, "region-01"), right, "region-03")
        assert not may(holding(kind, "region-01"), right, "")


def test_nobody_at_the_agency_acts_for_a_recipient_and_no_recipient_acts_for_the_agency() -> None:
    for right, kinds in RIGHTS.items():
        assert kinds <= AGENCY or not kinds & AGENCY, f"{right} mixes the agency with recipients"
        assert kinds, f"nobody has {right}"
    assert set().union(*RIGHTS.values()) == set(ROLES)


@pytest.mark.shows("adm-20")
def test_one_person_with_several_roles_has_the_rights_of_them_all() -> None:
    both = Visitor(1, "Någon (påhittad)", frozenset({("coordinator", "region-01"), ("signatory", "region-01")}))
    assert may(both, "fill in", "region-01")
    assert may(both, "certify", "region-01")
    assert not may(both, "submit", "region-01")


@pytest.mark.shows("adm-07")
def test_who_has_noted_bias_is_locked_out_of_that_recipients_case_and_no_other() -> None:
    officer = holding("officer", biased=frozenset({"region-01"}))
    assert not may(officer, "see agency", "region-01")
    assert may(officer, "see agency", "region-03")
    with pytest.raises(Refused, match="jäv"):
        require(officer, "register", "region-01")


def test_a_refusal_says_who_may() -> None:
    with pytest.raises(Refused, match="beslutsfattare"):
        require(holding("officer"), "decide")
    with pytest.raises(Refused, match="Logga in"):
        require(None, "submit", "region-01")
