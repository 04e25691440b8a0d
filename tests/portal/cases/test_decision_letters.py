"""The letters of decisions: one each, entered in the case, to the registry with a copy to the agent, never twice."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pytest
from portal.cases.staging import DECIDED, LATE, MUNICIPALITY, REGION, YEAR, Agency
from pypdf import PdfReader

from statsbidrag.portal.access import Refused, Visitor
from statsbidrag.portal.actions import letters
from statsbidrag.portal.actions.decisions import decide
from statsbidrag.portal.actions.proposals import prepare
from statsbidrag.portal.models import Decision, Document, LedgerEntry, Mail, Person
from statsbidrag.portal.queries.to_decide import Proposed


def text_of(document: Document) -> str:
    """What a letter says, on one line."""
    pages = PdfReader(BytesIO(bytes(document.content.content))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).replace("\xa0", " ").split())


def letter_to(recipient: str, kind: str) -> Document:
    """The letter of a recipient's decision."""
    document = Decision.objects.get(recipient=recipient, kind=kind).letter
    assert document is not None
    return document


def test_every_decision_gets_one_letter_in_its_own_case(decided: Agency) -> None:
    letters.write_letters.call(YEAR)
    assert not Decision.objects.filter(letter=None).exists()
    for decision in Decision.objects.select_related("letter__entry"):
        assert decision.letter is not None
        assert decision.letter.direction == "out"
        assert decision.letter.entry.case_id == decision.case_id


def test_writing_again_writes_nothing_twice(decided: Agency) -> None:
    letters.write_letters.call(YEAR)
    before = (Document.objects.count(), Mail.objects.count())
    letters.write_letters.call(YEAR)
    assert (Document.objects.count(), Mail.objects.count()) == before


def test_a_killed_process_leaves_whole_letters_and_the_next_one_goes_on(
    decided: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(letters, "_CHUNK", 1)
    assert letters.write_some(YEAR, DECIDED) == 1
    send = letters._send

    def killed(*given: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(letters, "_send", killed)
    with pytest.raises(KeyboardInterrupt):
        letters.write_some(YEAR, DECIDED)
    written = Decision.objects.exclude(letter=None).count()
    assert (written, Document.objects.filter(about="decision").count()) == (1, 1)
    monkeypatch.setattr(letters, "_send", send)
    letters.write_letters.call(YEAR)
    assert Document.objects.filter(about="decision").count() == 3


@pytest.mark.shows("adm-24")
def test_the_letter_goes_to_the_registry_and_the_agent_gets_a_copy(
    decided: Agency, someone: Callable[..., Visitor]
) -> None:
    agent = someone("agent", REGION, name="Robin Regionombud (påhittad)")
    letters.write_letters.call(YEAR)
    mails = Mail.objects.filter(recipient=REGION, occasion="decision").order_by("id")
    assert [mail.to for mail in mails] == [f"registrator.{REGION}@exempel.se", Person.objects.get(pk=agent.id).email]
    assert all(mail.document == letter_to(REGION, "grant") for mail in mails)
    assert "Robin Regionombud (påhittad), ombud" in text_of(letter_to(REGION, "grant"))
    assert Mail.objects.filter(recipient=MUNICIPALITY, occasion="decision").count() == 1


@pytest.mark.shows("adm-06", "adm-09")
def test_the_letter_says_who_decided_who_presented_on_which_day_and_its_number_in_the_case(decided: Agency) -> None:
    letters.write_letters.call(YEAR)
    document = letter_to(MUNICIPALITY, "grant")
    said = text_of(document)
    for word in ("Britt Beslutsfattare", "Farid Föredragande", "13 maj 2025", document.entry.case.number):
        assert word in said
    assert document.entry.number == 2


@pytest.mark.shows("adm-10")
def test_the_letter_of_a_rejection_gives_the_reason_and_when_it_came_in(decided: Agency) -> None:
    letters.write_letters.call(YEAR)
    said = text_of(letter_to(LATE, "rejection"))
    assert "efter sista dagen" in said
    assert "30 april 2025" in said


@pytest.mark.shows("adm-08")
def test_the_letter_of_a_change_names_what_it_replaces_the_difference_and_what_follows(decided: Agency) -> None:
    letters.write_letters.call(YEAR)
    first = Decision.objects.get(recipient=REGION, kind="grant")
    LedgerEntry.objects.create(
        year=YEAR,
        cause="paid",
        recipient=REGION,
        kronor=first.kronor,
        reference=f"{first.reference}-1",
        day=DECIDED,
        fingerprint="-",
    )
    later = DECIDED + timedelta(days=10)
    proposed = Proposed(kind="change", reasons=("Ny uppgift.",), kronor=first.kronor - 300_000, earlier=first.reference)
    row = prepare(decided.presenter, YEAR, REGION, proposed, now=later)
    decide(decided.decision_maker, YEAR, [row.reference], later)
    assert not LedgerEntry.objects.filter(reference=row.reference).exists()
    letters.write_letters.call(YEAR)
    said = text_of(letter_to(REGION, "change"))
    first.refresh_from_db()
    assert first.letter is not None
    assert f"den 13 maj 2025 (dnr {first.case.number}, handling {first.letter.entry.number})" in said
    assert "300 000 kr av det är redan utbetalt" in said
    assert "Vi prövar om det ska betalas tillbaka" in said


@pytest.mark.parametrize("kind", ["withholding", "correction", "closing"])
def test_every_kind_of_decision_has_its_letter(decided: Agency, kind: str) -> None:
    first = Decision.objects.get(recipient=REGION, kind="grant")
    drafts = {
        "withholding": Proposed(
            kind="withholding", reasons=("Skäl.",), kronor=1000, ground="given wrongly", earlier=first.reference
        ),
        "correction": Proposed(
            kind="correction",
            reasons=("Skrivfel.",),
            kronor=first.kronor,
            earlier=first.reference,
            texts=(("Sista dag för redovisning", "1 mars 2026", "3 mars 2026"),),
        ),
        "closing": Proposed(kind="closing", reasons=("Ni har tagit tillbaka rekvisitionen.",)),
    }
    row = prepare(decided.presenter, YEAR, REGION, drafts[kind], now=DECIDED)
    decide(decided.decision_maker, YEAR, [row.reference], DECIDED)
    letters.write_letters.call(YEAR)
    assert drafts[kind].reasons[0] in text_of(letter_to(REGION, kind))


def test_only_the_agencys_casework_starts_the_letters(
    decided: Agency, someone: Callable[..., Visitor], django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    with pytest.raises(Refused):
        letters.start(someone("auditor"), YEAR)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        letters.start(decided.officer, YEAR)
    assert not Decision.objects.filter(letter=None).exists()
