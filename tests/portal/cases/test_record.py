"""The record: what is altered behind the service's back is found, and what is erased by a decision leaves a stub."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import DatabaseError, connection, transaction
from portal.cases.staging import DECIDED, REGION, YEAR, Agency

from statsbidrag.cli import main
from statsbidrag.portal.access import Refused
from statsbidrag.portal.actions.erasure import erase
from statsbidrag.portal.actions.letters import write_letters
from statsbidrag.portal.actions.record import mark_secret, number_case
from statsbidrag.portal.models import Case, CaseNote, DiaryEntry, Document, DocumentContent, LedgerEntry, Mail
from statsbidrag.portal.queries.record import check_record
from statsbidrag.terms.faults import Fault

pytestmark = pytest.mark.django_db


@contextmanager
def behind_the_back() -> Iterator[None]:
    """Without the database's own refusal, as someone with the keys to the database could do it."""
    tables = {"portal_ledgerentry": LedgerEntry, "portal_diaryentry": DiaryEntry}
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = [row[0] for row in cursor.fetchall()]
            for table in tables:
                for deed in ("update", "delete"):
                    cursor.execute(f"DROP TRIGGER {table}_no_{deed}")
            yield
            for trigger in triggers:
                cursor.execute(trigger)
        else:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what is pending would keep the table from being altered
            for table in tables:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            yield
            for table in tables:
                cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def letter() -> Document:
    """The grant letter to the region."""
    return Document.objects.select_related("entry__case").get(about="decision", entry__case__recipient=REGION)


@pytest.fixture
def written(decided: Agency) -> Agency:
    """A round whose letters are written and whose mail has gone."""
    write_letters.call(YEAR)
    Mail.objects.update(sent=DECIDED)
    return decided


@pytest.mark.parametrize("model", [LedgerEntry, DiaryEntry])
def test_the_database_refuses_to_alter_or_delete_what_only_grows(
    decided: Agency, model: type[LedgerEntry] | type[DiaryEntry]
) -> None:
    rows = model._default_manager.filter(pk=model._default_manager.order_by("pk").values("pk")[:1])
    change = {"recipient": "region-99"} if model is LedgerEntry else {"hash": "0"}
    before = list(model._default_manager.values())
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        rows._raw_delete(rows.db)
    assert list(model._default_manager.values()) == before


def test_an_untouched_record_holds(written: Agency) -> None:
    check = check_record()
    assert check.breaks == ()
    assert check.documents == DiaryEntry.objects.count() > 8
    assert check.postings == LedgerEntry.objects.count() > 311


def test_a_changed_letter_is_found_and_named(written: Agency) -> None:
    DocumentContent.objects.filter(pk=letter().pk).update(content=b"%PDF- forged")
    [found] = check_record().breaks
    assert f"handling {letter().entry.number} i ärende {letter().entry.case.number}" in found.where
    assert found.why == "Innehållet är ändrat efter att det skrevs in."


def test_a_changed_party_is_found_by_the_salted_hash(written: Agency) -> None:
    Document.objects.filter(pk=letter().pk).update(party="Någon annan")
    [found] = check_record().breaks
    assert "Uppgifterna om handlingen" in found.why


def test_a_document_that_is_only_thrown_away_is_found(written: Agency) -> None:
    DocumentContent.objects.filter(pk=letter().pk).delete()
    [found] = check_record().breaks
    assert found.why == "Innehållet är borttaget utan gallringsbeslut."


def test_a_link_that_is_changed_behind_the_triggers_is_found_where_it_stands(written: Agency) -> None:
    third = DiaryEntry.objects.order_by("id")[2]
    with behind_the_back():
        DiaryEntry.objects.filter(pk=third.pk).update(at=DECIDED.replace(year=2024))
    [found] = check_record().breaks
    assert found.where.startswith(f"diariet, länk {third.pk}, ")
    assert "13 maj 2024" in found.why


def test_a_link_that_is_taken_out_is_found_by_the_next_one(written: Agency) -> None:
    third = DiaryEntry.objects.order_by("id")[2]
    with behind_the_back():
        DocumentContent.objects.filter(pk=third.pk).delete()
        Document.objects.filter(pk=third.pk).delete()
        DiaryEntry.objects.filter(pk=third.pk).delete()
    whys = [found.why for found in check_record().breaks]
    assert f"Länk {third.pk} saknas." in whys
    assert "Den bygger inte på länken före." in whys


def test_links_cut_off_at_the_end_are_missed_by_whoever_kept_the_last_one(written: Agency) -> None:
    kept = check_record().last_link
    last = DiaryEntry.objects.order_by("-id")[0]
    with behind_the_back(), connection.constraint_checks_disabled():
        Mail.objects.update(document=None)
        last.document.content.delete()
        connection.cursor().execute("UPDATE portal_decision SET letter_id = NULL WHERE letter_id = %s", [last.pk])
        Document.objects.filter(pk=last.pk).delete()
        DiaryEntry.objects.filter(pk=last.pk).delete()
    assert not check_record().breaks
    [found] = check_record(kept).breaks
    assert "har tagits bort i slutet av kedjan" in found.why


def test_a_changed_amount_in_the_ledger_is_found_by_its_decision(written: Agency) -> None:
    row = LedgerEntry.objects.get(recipient=REGION, cause="granted")
    with behind_the_back():
        LedgerEntry.objects.filter(pk=row.pk).update(kronor=row.kronor - 1)
    [found] = check_record().breaks
    assert row.reference in found.where
    assert "är bokfört" in found.why


def test_a_posting_with_nothing_behind_it_is_found(written: Agency) -> None:
    LedgerEntry.objects.create(
        year=YEAR, cause="raised", recipient=REGION, kronor=5, reference="B-X", day=DECIDED, fingerprint="-"
    )
    [found] = check_record().breaks
    assert found.why == "Det finns inget beslut bakom posten."


@pytest.mark.shows("adm-11")
def test_what_is_erased_by_a_decision_leaves_a_stub_and_the_chain_still_verifies(written: Agency) -> None:
    document = letter()
    entered = erase(document, "RA-MS 2025:7", DECIDED, written.registrar, reason="Gallringsfristen har gått ut.")
    stub = Document.objects.get(pk=document.pk)
    assert (stub.party, stub.matter, stub.name, stub.sha256, stub.salt, stub.by) == ("", "", "", "", "", None)
    assert (stub.erased_by, stub.erased_at, stub.direction) == ("RA-MS 2025:7", DECIDED, "out")
    assert not DocumentContent.objects.filter(pk=document.pk).exists()
    assert "RA-MS 2025:7" in entered.matter
    assert DiaryEntry.objects.filter(pk=document.pk).exists()
    check = check_record()
    assert check.breaks == ()
    assert check.erased == 1


@pytest.mark.shows("adm-11")
def test_a_document_that_only_says_that_it_is_erased_is_found(written: Agency) -> None:
    Document.objects.filter(pk=letter().pk).update(erased_by="RA-MS 2025:7")
    whys = " ".join(found.why for found in check_record().breaks)
    assert "som inte är diariefört" in whys
    assert "innehållet finns kvar" in whys


def test_erasure_needs_the_number_of_its_decision_and_is_done_once_by_the_registrar(written: Agency) -> None:
    with pytest.raises(Refused):
        erase(letter(), "RA-MS 2025:7", DECIDED, written.officer)
    with pytest.raises(Fault, match="Gallringsbeslutets nummer saknas"):
        erase(letter(), " ", DECIDED, written.registrar)
    erase(letter(), "RA-MS 2025:7", DECIDED, written.registrar)
    with pytest.raises(Fault, match="redan gallrad"):
        erase(Document.objects.get(pk=Document.objects.exclude(erased_by="").get().pk), "X", DECIDED, written.registrar)


def test_a_secret_mark_changes_nothing_in_the_chain(written: Agency) -> None:
    mark_secret(written.registrar, letter(), DECIDED, secret=True)
    assert letter().secret
    assert CaseNote.objects.get().text.startswith("Handling")
    assert check_record().breaks == ()


@pytest.mark.shows("adm-09")
def test_a_case_takes_its_number_from_the_agencys_own_case_system(written: Agency) -> None:
    case = Case.objects.get(recipient=REGION)
    number_case(written.registrar, case, ours="SoS 4711/2025", theirs="RS 2025-0042", now=DECIDED)
    case.refresh_from_db()
    assert (case.number, case.their_number) == ("SoS 4711/2025", "RS 2025-0042")
    other = Case.objects.exclude(pk=case.pk).filter(kind="grant")[0]
    with pytest.raises(Fault, match="redan använt"):
        number_case(written.registrar, other, ours="SoS 4711/2025", theirs="", now=DECIDED)


def verify(*arguments: str) -> int:
    """The exit status of ``statsbidrag verify``."""
    try:
        main(["verify", *arguments])
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0


def test_the_command_says_that_the_record_holds_and_gives_the_link_to_keep(
    written: Agency, capsys: pytest.CaptureFixture[str]
) -> None:
    assert verify() == 0
    told = capsys.readouterr().out
    assert "Diariet håller ihop" in told
    assert DiaryEntry.objects.order_by("-id")[0].hash in told


def test_the_command_tells_where_the_first_break_is_and_ends_with_2(
    written: Agency, capsys: pytest.CaptureFixture[str]
) -> None:
    DocumentContent.objects.filter(pk=letter().pk).update(content=b"forged")
    assert verify("--database") == 2
    assert f"handling {letter().entry.number} i ärende" in capsys.readouterr().err
