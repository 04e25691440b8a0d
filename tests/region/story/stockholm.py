"""Region Stockholm: money received, planned, decided by the board, moved within the mandate, paid and reported."""

import csv
from collections.abc import Callable, Mapping, Sequence
from io import BytesIO

from docx import Document
from portal.story.actor import Actor, Cast, plain
from region.story.papers import amount, text_of

_PLANNER, _HOLDER = "Regionplanerare", "Beslutsfattare i en region"
_RECEIVED, _TRANSFER, _OVERDRAWN = 16_259_682, 439_000, 3_000_000
_BUDGETS: Mapping[str, int] = {
    "Projekt som startade 2024": 6_000_000,
    "Nya projekt 2025": 3_000_000,
    "Metodstöd för lokal anpassning": 1_500_000,
    "Insatser hos leverantörer och BVC": 4_000_000,
    "Sagostunder hemma": 800_000,
}
_LEFT = _RECEIVED - _TRANSFER - sum(_BUDGETS.values())
_MOVED, _ASSIGNED, _USED_OF_BOOKS = 250_000, 100_000, 700_000
_METHOD, _BOOKS = "Metodstöd för lokal anpassning", "Sagostunder hemma"
_REASON = "Rekryteringen är försenad, och böckerna behövs redan i höst (påhittat)."
_CHANGED_WORDS = "Utan egna pengar till böcker stannar projektet av (påhittat)."


def the_planner_begins_the_year_before_the_money_comes(cast: Cast) -> None:
    planner = cast(_PLANNER)
    planner.press("Börja året 2025")
    planner.see("Region Stockholm 2025", "Inget är mottaget än", "Att göra nu")


def the_money_is_received(cast: Cast) -> None:
    planner = cast(_PLANNER)
    planner.follow("För in vad myndigheten har betalat ut")
    planner.see("Myndigheten har betalat ut 16 259 682 kr som inte är infört")
    planner.press("För in i boken")
    planner.see("Mottaget 16 259 682 kr", "Inte fördelat 16 259 682 kr")


def a_project_of_their_own_is_added(cast: Cast) -> None:
    planner = cast(_PLANNER)
    planner.follow("Plan")
    planner.see("Kommunalförbundet Sjukvård och Omsorg i Norrtälje", "439 000", "okänt")
    planner.follow("Lägg till en egen satsning")
    planner.fill("Vad heter satsningen?", _BOOKS)
    planner.fill("Vem ansvarar?", "Barnhälsovårdsenheten (BHV)")
    planner.press("Lägg till satsningen")
    planner.see("Kontrollera uppgifterna")  # the grant may only go to what ends
    planner.fill("Sista dag", "2025-12-31")
    planner.press("Lägg till satsningen")
    planner.see(_BOOKS, "31 december 2025")


def every_effort_gets_a_budget(cast: Cast) -> None:
    planner = cast(_PLANNER)
    planner.follow("Plan")
    for name, kronor in _BUDGETS.items():
        planner.fill(name, amount(kronor))
    planner.fill("Nya projekt 2025", amount(_BUDGETS["Nya projekt 2025"] + _OVERDRAWN))
    planner.press("Spara planen")
    planner.see(f"Fördelat är {amount(_RECEIVED - _LEFT + _OVERDRAWN)} kr, mottaget 16 259 682 kr. Minska något.")
    planner.fill("Nya projekt 2025", "3 miljoner")
    planner.press("Spara planen")
    planner.see("Kontrollera uppgifterna")
    planner.fill("Nya projekt 2025", amount(_BUDGETS["Nya projekt 2025"]))
    planner.press("Spara planen")
    planner.see(f"Inte fördelat {amount(_LEFT)} kr")


def the_board_paper_is_written(cast: Cast) -> None:
    planner = cast(_PLANNER)
    planner.follow("Tjänsteutlåtande")
    planner.see("Förslag, följer planen", "Primärvårdsnämnden")
    planner.fill("Konsekvenser för patientsäkerhet", _CHANGED_WORDS)
    planner.press("Spara")
    planner.see("Ändrad av er")
    paper = Document(BytesIO(planner.fetch("Word (DOCX)")))
    written = "\n".join(each.text for each in paper.paragraphs)
    for heading in ("Ärendebeskrivning", "Förslag till beslut", "Ekonomiska konsekvenser", "Bilaga 1"):
        assert heading in written, heading
    assert _CHANGED_WORDS in written
    annex = [[plain(cell.text) for cell in row.cells] for table in paper.tables for row in table.rows]
    for name, kronor in {"Kommunalförbundet": _TRANSFER, **_BUDGETS}.items():
        assert any(row[0].startswith(name) and amount(kronor) in " ".join(row) for row in annex), (name, annex)
    assert "439 000 kr" in text_of(planner.fetch("Förhandsgranska som PDF"))
    planner.follow("Klart: för in i diariet")
    planner.press("För in i diariet")
    planner.see("Regionens diarium 2025", "Tjänsteutlåtande")


def the_board_decides(cast: Cast) -> None:
    planner = cast(_PLANNER)
    planner.follow("För in nämndens beslut om planen")
    planner.fill("Nämndens beslutsdag", "2025-05-20")
    planner.fill("Beslutets nummer", "§ 41 (påhittat)")
    planner.press("För in beslutet")
    planner.see("Nämnden beslutade planen den 20 maj 2025")


def kson_gets_its_share(cast: Cast) -> None:
    planner = cast(_PLANNER)
    planner.follow("Överför 439 000 kr till Kommunalförbundet")
    planner.fill("Dag", "2025-05-20")
    planner.fill("Referens", "Utbetalningsorder 1 (påhittad)")
    planner.press("För in i boken")
    planner.see("Norrtälje (KSON), Utbetalningsorder 1 (påhittad) Utbetalt eller överfört 20 maj 2025 439 000 kr")


def the_mandate_holder_moves_money_within_the_mandate(cast: Cast) -> None:
    holder = cast(_HOLDER)
    holder.follow("Delegationsbeslut")
    _move(holder, _METHOD, _BOOKS, kronor="9 000 000")
    holder.see("Kontrollera uppgifterna", f"Där finns {amount(_BUDGETS[_METHOD])} kr")
    holder.fill("Belopp", amount(_MOVED))
    holder.press("Besluta")
    holder.see(_REASON, f"{amount(_MOVED)} kr", "Dag Delegat")
    _move(holder, "Det som inte är fördelat", _BOOKS, kronor=amount(_ASSIGNED))
    rows = list(csv.DictReader(holder.fetch("CSV").decode("utf-8-sig").splitlines()))
    assert [(row["number"], row["kronor"], row["reason"]) for row in rows] == [
        ("1", str(_MOVED), _REASON),
        ("2", str(_ASSIGNED), _REASON),
    ]
    planner = cast(_PLANNER)
    planner.follow("Diarium")
    planner.see("Delegationsbeslut 1", "Delegationsbeslut 2", "Nämndens beslut § 41")
    planner.follow("Kontrollera att inget är ändrat")
    planner.see("Inget är ändrat")


def the_efforts_are_paid(cast: Cast) -> None:
    for name, kronor in _budgets_after_the_moves().items():
        planner = cast(_PLANNER)
        planner.follow("Plan")
        planner.follow(f"Betala ut till {name}")
        planner.fill("Belopp", amount(kronor))
        planner.fill("Dag", "2025-05-20")
        planner.fill("Referens", "Utbetalningsorder 2 (påhittad)")
        planner.press("För in i boken")
        planner.see(f"{amount(kronor)} kr")


def those_who_have_not_reported_are_pointed_out(cast: Cast) -> None:
    planner = cast(_PLANNER)
    planner.see("Se till att verksamheterna som tilldelats medel redovisar Senast 28 februari 2026 (25 dagar kvar)")
    planner.follow("Redovisningar")
    planner.see("senast den 28 februari 2026", "0 av 6 har redovisat", "Inte redovisad", "påminner ni själva")


def the_receivers_report_what_they_used(cast: Cast) -> None:
    planner = cast(_PLANNER)
    for name, kronor in {"Kommunalförbundet": _TRANSFER, **_budgets_after_the_moves()}.items():
        used = _USED_OF_BOOKS if name == _BOOKS else kronor
        planner.follow("Redovisningar")
        planner.follow(name)
        planner.fill("Använt av statsbidraget", amount(used))
        _tell(planner)
        planner.press("För in redovisningen")
        planner.see("Kom in i tid", f"Använt {amount(used)} kr")


def the_roll_up_and_the_book_add_up(cast: Cast) -> None:
    paid = {"Kommunalförbundet": _TRANSFER, **_budgets_after_the_moves()}
    unused = paid[_BOOKS] - _USED_OF_BOOKS
    planner = cast(_PLANNER)
    planner.follow("Redovisningar")
    used = sum(paid.values()) - unused
    planner.see("6 av 6 har redovisat", f"Använt: {amount(used)} kr av {amount(sum(paid.values()))} kr")
    assert planner.fetch("Excel").startswith(b"PK")
    planner.follow("Översikt")
    planner.see(
        f"Redovisat som använt Varför {amount(used)} kr?",
        f"Utbetalt eller överfört, inte redovisat Varför {amount(unused)} kr?",
        f"Inte fördelat Varför {amount(_LEFT - _ASSIGNED)} kr?",
    )
    assert used + unused + _LEFT - _ASSIGNED == _RECEIVED


def _budgets_after_the_moves() -> dict[str, int]:
    moved = {_METHOD: -_MOVED, _BOOKS: _MOVED + _ASSIGNED}
    return {name: kronor + moved.get(name, 0) for name, kronor in _BUDGETS.items()}


def _move(holder: Actor, source: str, to: str, *, kronor: str) -> None:
    holder.pick("Från", source)
    holder.pick("Till", to)
    holder.fill("Belopp", kronor)
    holder.fill("Skäl", _REASON)
    holder.press("Besluta")


def _tell(planner: Actor) -> None:
    planner.fill("Redovisa vad tilldelade medel har använts till", "Lön, böcker och utbildning (påhittat).")


BEFORE_THE_PAYMENT: Sequence[Callable[[Cast], None]] = (the_planner_begins_the_year_before_the_money_comes,)
DURING_THE_YEAR: Sequence[Callable[[Cast], None]] = (
    the_money_is_received,
    a_project_of_their_own_is_added,
    every_effort_gets_a_budget,
    the_board_paper_is_written,
    the_board_decides,
    kson_gets_its_share,
    the_mandate_holder_moves_money_within_the_mandate,
    the_efforts_are_paid,
)
IN_FEBRUARY: Sequence[Callable[[Cast], None]] = (
    those_who_have_not_reported_are_pointed_out,
    the_receivers_report_what_they_used,
    the_roll_up_and_the_book_add_up,
)
