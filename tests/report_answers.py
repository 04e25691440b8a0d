"""A made-up recipient's answers to the 2025 report, complete and without a remark, that several tests start from."""

from functools import cache
from typing import Any

from hypothesis import strategies as st

from statsbidrag.cycle.form import Field, Form
from statsbidrag.rulebook.forms import read_form
from statsbidrag.rulebook.places import SHIPPED
from statsbidrag.rulebook.tables import read_library

Answers = dict[str, Any]

REGION: Answers = {
    "recipient_name": "Exempelregionen",
    "diary_number": "9.1-12345/2025",
    "recipient_number": "232100-0016",
    "recipient_kind": "region",
    "granted_by_decision": 1_000_000,
    "reallocated_by_decision": 50_000,
    "municipalities_in_county": 12,
}
MUNICIPALITY: Answers = {**REGION, "recipient_name": "Exempelkommunen", "recipient_kind": "municipality"}

SIGNATURE: Answers = {
    "certified": True,
    "signatory_name": "Exempel Exempelsson",
    "signatory_position": "Direktör",
    "signatory_phone": "010-000 00 01",
    "signatory_email": "direktor@region.example",
}
BY_REGION: Answers = {
    "contact_address": "Exempelgatan 1",
    "contact_postcode": "111 11",
    "contact_town": "Exempelstad",
    "contact_name": "Exempel Persson",
    "contact_position": "Utvecklare",
    "contact_email": "kontakt@region.example",
    "contact_phone": "010-000 00 00",
    "invoice_address": "Box 1",
    "invoice_postcode": "111 12",
    "invoice_town": "Exempelstad",
    "invoice_email": "faktura@region.example",
    "invoice_reference": "ZZ1",
    "used": "1 050 000 kr",
    "efforts_financed": ["delivery", "training"],
    "visits_planned": 100,
    "visits_done": "90",
    "families": 30,
    "municipality_collaboration": "yes",
    "municipality_collaboration.yes": 3,
    "clinics": 4,
    "actors": ["nobody_else"],
    "targeted": "wholly",
    "ages": ["age_0", "age_1"],
    "prioritised": "yes",
    "target_groups": ["first_child"],
    "established_model": "yes",
    "model_visits": 6,
    "ensured.regular": "yes",
    "ensured.two_persons": "yes",
    "ensured.adapted": "yes",
    "followed_up": ["visits"],
    "results_seen": ["positive"],
    "purpose_reached": "high",
}
BY_MUNICIPALITY: Answers = {
    **{id: answer for id, answer in BY_REGION.items() if not id.startswith("municipality_collaboration")},
    "region_collaboration": "yes",
}


@cache
def report_form() -> Form:
    """The form of the 2025 report, as it is shipped."""
    library = read_library(SHIPPED / "sources.toml", SHIPPED / "statements.csv")
    return read_form(SHIPPED / "forms" / "report-2025.toml", library)


def answers() -> st.SearchStrategy[Answers]:
    """Any answers to the report: some given, some not, some that cannot stand."""
    fields = report_form().by_id().values()
    return st.fixed_dictionaries({}, optional={field.id: _answer(field) for field in fields if not field.computes})


def _answer(field: Field) -> st.SearchStrategy[Any]:
    options = [option.id for option in field.options]
    if field.kind == "choices":
        return st.lists(st.sampled_from(options), unique=True)
    if options:
        return st.sampled_from(options)
    if field.kind in ("whole_number", "kronor"):
        return st.integers(min_value=-1, max_value=(field.most or 0) + 1)
    return st.text(max_size=30)
