"""One story end to end: a whole national round, and every file that it leaves behind."""

import csv
import hashlib
import json
from collections import Counter, defaultdict
from pathlib import Path

import pytest
from pdf_validators import pdf_faults
from pypdf import PdfReader
from stdnum.se import orgnr
from validators import invoice_findings, pain001_errors

from statsbidrag.play.papers.desk import Desk
from statsbidrag.play.published import MANIFEST, papers, printed
from statsbidrag.play.round import play
from statsbidrag.rulebook.book import Rulebook
from statsbidrag.terms.made_up import MADE_UP


def test_there_is_a_folder_for_each_of_the_nine_steps(folder: Path) -> None:
    assert sorted(path.name for path in folder.iterdir() if path.is_dir()) == [
        "1-allocation",
        "2-requisition",
        "3-reallocation",
        "4-decision",
        "5-payment",
        "6-distribution",
        "7-report",
        "8-repayment",
        "9-account",
    ]


@pytest.mark.shows("sfs-04", "adm-04")
def test_the_ledger_sums_to_the_pot_after_every_single_posting(folder: Path) -> None:
    balances: Counter[str] = Counter({"pot": 145_000_000})
    with (folder / "ledger.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            balances[row["moved_from"]] -= int(row["kronor"])
            balances[row["moved_to"]] += int(row["kronor"])
            assert sum(balances.values()) == 145_000_000
            assert min(balances.values()) >= 0
    assert balances["pot"] == balances["ceiling"] == balances["granted"] == 0


def test_nobody_requisitions_above_its_ceiling(desk: Desk) -> None:
    requested = desk.giving.intake.requested
    assert len(requested) > 250
    assert all(amount <= desk.stage.ceilings[key] for key, amount in requested.items())


@pytest.mark.shows("adm-13", "sth-07")
def test_region_stockholm_requisitions_and_is_paid_exactly_the_published_sum(desk: Desk) -> None:
    assert desk.giving.intake.requested["region-01"] == 16_259_682
    assert desk.giving.paid["region-01"] == 16_259_682


@pytest.mark.shows("sfs-26", "anv-31")
def test_every_decision_is_paid_once_and_in_full_or_says_why_not(desk: Desk) -> None:
    withheld = Counter(
        {one.recipient: one.total for one in desk.giving.decisions if one.proposal.kind == "withholding"}
    )
    assert withheld
    for decision in desk.giving.grants:
        assert desk.giving.paid[decision.recipient] == decision.total - withheld[decision.recipient]


def test_every_kind_of_pdf_conforms_to_pdf_a_2a_and_pdf_ua_1(folder: Path) -> None:
    """Of letters that are alike but for names and sums, every eighth speaks for the rest, the shortest first."""
    kinds = defaultdict[Path, list[Path]](list)
    for pdf in sorted(folder.rglob("*.pdf"), key=lambda pdf: (pdf.stat().st_size, pdf)):
        kinds[pdf.parent].append(pdf)
    assert sum(map(len, kinds.values())) > 1500
    pdfs = [pdf for alike in kinds.values() for pdf in {*alike[::8], alike[-1]}]
    assert len(pdfs) > 150
    assert {str(pdf.relative_to(folder)): faults for pdf in pdfs if (faults := pdf_faults(pdf.read_bytes()))} == {}


@pytest.mark.shows("adm-13")
def test_every_kind_of_letter_says_on_every_page_that_it_is_made_up(folder: Path) -> None:
    kinds = {pdf.parent if pdf.parent.parent != folder else pdf: pdf for pdf in sorted(folder.rglob("*.pdf"))}
    assert len(kinds) >= 10
    for pdf in kinds.values():
        for page in PdfReader(pdf).pages:
            assert MADE_UP in " ".join(page.extract_text().split()), pdf


@pytest.mark.shows("adm-12")
def test_the_payment_files_are_valid_and_hold_every_payment_once(folder: Path, desk: Desk) -> None:
    files = sorted((folder / "5-payment").glob("pain001-*.xml"))
    assert len(files) == 2
    for file in files:
        content = file.read_bytes()
        assert pain001_errors(content) == []
        assert b"<MsgId>DEMO-" in content
    together = b"".join(file.read_bytes() for file in files)
    for payment in desk.giving.history.payments:
        assert together.count(f"<EndToEndId>{payment.reference}<".encode()) == 1


def test_no_invoice_has_a_finding_by_the_european_and_the_peppol_rules(folder: Path, desk: Desk) -> None:
    invoices = sorted((folder / "8-repayment" / "invoices").glob("*.xml"))
    assert len(invoices) == sum(one.invoice is not None for one in desk.returning.returned.values())
    assert len(invoices) > 50
    for invoice in invoices:
        assert invoice_findings(invoice.read_bytes()) == [], invoice.name
    assert all(orgnr.is_valid(one.organisation_number) for one in desk.stage.recipients.values())


@pytest.mark.shows("anv-36", "sfs-29", "adm-06")
def test_a_decision_says_sum_year_conditions_last_day_who_decided_and_no_appeal(folder: Path) -> None:
    letter = PdfReader(folder / "4-decision" / "letters" / "region-01-grant.pdf")
    text = " ".join(" ".join(page.extract_text() for page in letter.pages).split())
    for demanded in (
        "16 259 682 kr",
        "kalenderåret 2025",
        "3 mars 2026",
        "Beslutsfattare (påhittad)",
        "Föredragande (påhittad)",
        "får inte överklagas",
    ):
        assert demanded in text.replace("\u00a0", " ")


@pytest.mark.shows("adm-25")
def test_the_open_data_has_a_row_for_everyone_and_no_contacts(folder: Path) -> None:
    told = json.loads((folder / "9-account" / "recipients.json").read_text(encoding="utf-8"))
    assert told["note"] == MADE_UP
    assert len(told["recipients"]) == 311
    assert sum(one["paid"] for one in told["recipients"]) + sum(one["withheld"] for one in told["recipients"]) <= 145e6
    assert not any("@" in str(value) for one in told["recipients"] for value in one.values())


def test_the_manifest_has_the_sum_of_every_file(folder: Path) -> None:
    lines = (folder / MANIFEST).read_text(encoding="utf-8").splitlines()
    sums = dict(reversed(line.split("  ", 1)) for line in lines)
    files = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()} - {MANIFEST}
    assert set(sums) == files
    for name in sorted(files)[::40]:
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == sums[name]


def test_a_second_play_with_the_same_seed_gives_the_same_bytes(folder: Path, desk: Desk) -> None:
    made = papers(desk)
    lists = [(path, content) for path, content in made if isinstance(content, bytes)]
    letters = [(path, content) for path, content in made if not isinstance(content, bytes)][::25]
    for path, content in printed(desk, [*lists, *letters]):
        assert (folder / path).read_bytes() == content, path


def test_another_seed_behaves_otherwise_and_balances_all_the_same() -> None:
    one, other = play(Rulebook(), 2025, seed=2), play(Rulebook(), 2025, seed=3)
    assert one.giving.intake.requested != other.giving.intake.requested
    for played in (one, other):
        assert sum(played.returning.ledger.totals().values()) == 145_000_000


@pytest.mark.shows("utl-12", "utl-13")
def test_the_2024_round_plays_with_regions_only_and_no_reallocation() -> None:
    played = play(Rulebook(), 2024, seed=1)
    assert {one.kind for one in played.stage.recipients.values()} == {"region"}
    assert sum(played.returning.ledger.totals().values()) == 82_000_000
    assert not any(played.giving.reallocation.shares.values())
    assert len(papers(played)) > 100
