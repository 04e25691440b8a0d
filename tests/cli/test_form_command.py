"""``statsbidrag form``: the rule writer reads a form, or tries it on a set of answers."""

import json
from pathlib import Path
from typing import Any

import pytest
from report_answers import BY_REGION, REGION, SIGNATURE

from statsbidrag.cli import main
from statsbidrag.rulebook.places import SHIPPED

REPORT = str(SHIPPED / "forms" / "report-2025.toml")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Any:
    """Runs the command and gives its exit status, what it printed, and what it said was wrong."""

    def _run(*arguments: str) -> tuple[int, str, str]:
        status = 0
        try:
            main(["form", *arguments])
        except SystemExit as ended:
            status = int(ended.code or 0)
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return _run


@pytest.fixture
def answers_file(tmp_path: Path) -> Any:
    def _write(answers: object = None, background: object = None) -> str:
        path = tmp_path / "answers.json"
        path.write_text(json.dumps({"background": background or {}, "answers": answers or {}}), encoding="utf-8")
        return str(path)

    return _write


def test_the_form_as_json_has_57_fields_with_page_text_kind_and_options(run: Any) -> None:
    _, printed, _ = run(REPORT, "--format", "json")
    form = json.loads(printed)
    assert set(form) == {"id", "background", "fields"}
    assert form["id"] == "report-2025"
    assert len(form["fields"]) == 57
    assert all(set(field) == {"id", "page", "text", "kind", "options"} for field in form["fields"])
    fields = {field["id"]: field for field in form["fields"]}
    assert fields["ensured.regular"]["text"] == "… genomförs regelbundet"
    assert sum(field["kind"] == "computed" for field in form["fields"]) == 5
    assert fields["municipality_collaboration"]["options"] == [
        {
            "id": "yes",
            "text": "Ja, med så här många (svara i heltal):",
            "input": {"id": "municipality_collaboration.yes", "kind": "whole_number"},
        },
        {"id": "no", "text": "Nej"},
    ]


def test_the_background_as_json_says_what_can_be_chosen(run: Any) -> None:
    _, printed, _ = run(REPORT, "--format", "json")
    background = {value["id"]: value for value in json.loads(printed)["background"]}
    assert background["granted_by_decision"]["kind"] == "kronor"
    assert [option["id"] for option in background["recipient_kind"]["options"]] == ["region", "municipality"]


def test_the_form_as_text_tells_conditions_and_limits_in_swedish(run: Any) -> None:
    status, printed, _ = run(REPORT)
    lines = [" ".join(line.split()) for line in printed.splitlines()]
    assert status == 0
    assert "6. Ekonomisk sammanställning [economy]" in lines
    assert "Visas när ”Oanvänt statsbidrag” är större än 0." in lines
    assert "[economy_comment] – lång text, högst 1 000 tecken" in " ".join(lines)
    assert "I alla fritexter: Skriv inga personuppgifter." in lines
    assert sum(line.startswith("Visas när") for line in lines) == 10


def test_complete_answers_lead_to_values_and_nothing_more(run: Any, answers_file: Any) -> None:
    path = answers_file({**BY_REGION, **SIGNATURE, "used": "1 000 000 kr", "why_unused": []}, REGION)
    _, printed, _ = run(REPORT, "--answers", path, "--format", "json")
    told = json.loads(printed)
    assert set(told) == {"shows", "values", "missing", "checks"}
    assert told["values"]["unused"] == 50_000
    assert told["values"]["unused_percent"] == 4.8
    assert told["values"]["ages"] == ["age_0", "age_1"]
    assert told["values"]["municipality_collaboration.yes"] == 3
    assert told["missing"] == ["why_unused"]
    assert told["checks"] == [{"id": "unused_to_repay", "level": "flag"}]


def test_an_answer_outside_its_limits_is_listed_and_stops_nothing(run: Any, answers_file: Any) -> None:
    path = answers_file({**BY_REGION, "contact_postcode": "1"}, REGION)
    status, printed, _ = run(REPORT, "--answers", path, "--format", "json")
    assert status == 0
    assert [error["id"] for error in json.loads(printed)["errors"]] == ["contact_postcode"]
    _, printed, _ = run(REPORT, "--answers", path)
    assert "Går inte att lämna in\n    Postnummer [contact_postcode] ”1” är inget postnummer." in printed


def test_answers_as_text_say_what_shows_what_is_missing_and_why(run: Any, answers_file: Any) -> None:
    path = answers_file({**BY_REGION, "prioritised": "no", "used": 1_000_000, "visits_done": 45}, REGION)
    _, printed, _ = run(REPORT, "--answers", path)
    text = " ".join(printed.split())
    assert "Oanvänt statsbidrag [unused] = 50 000 kr" in text
    assert "Visas inte Har ni samverkat med regionen" in text
    assert "Frågan visas när svaret på ”Typ av bidragsmottagare” är ”Kommun” ”Typ av" in text
    assert "varning [under_half_of_planned]" in text
    assert "flagga [nobody_prioritised]" in text


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ('{"answers": {"usd": 1}}', "”usd”: Formuläret har inget sådant. Menade du ”used”?"),
        ('{"background": {"recipient_knd": "region"}}', "Menade du ”recipient_kind”?"),
        ('{"background": {"recipient_kind": "landsting"}}', "”landsting” är inget av svarsalternativen."),
        ('{"answers": {"used": "mycket"}}', "”used”: ”mycket” är inte ett belopp"),
        ('{"answers": {"used": 12.5}}', "”used”: ”12.5” är inget heltal."),
        ('{"answers": {"used": NaN}}', "answers.json: ”NaN” är inget tal."),
        ('{"answers": {"unused": 5}}', "”unused”: Värdet räknas ut och kan inte anges."),
        ('{"answers": {"targeted": "maybe"}}', "”targeted”: ”maybe” är inget av svarsalternativen."),
        ('{"answers": {"ages": "age_0"}}', "”ages”: Svaret är ingen lista"),
        ('{"answers": {"ages": {"age_0": true}}}', "”ages”: Svaret är ingen lista"),
        ('{"answers": {"used": 1, "used": 2}}', "Namnet ”used” står två gånger"),
        ('{"answrs": {}}', "Okänd del ”answrs”. Menade du ”answers”?"),
        ('{"answers": []}', "Filen har inte rätt form."),
        ("[]", "Filen har inte rätt form."),
        ("{", "answers.json, rad 1, tecken 2: Här går filen inte att läsa som JSON"),
        ("[" * 100_000, "Filen går inte att läsa som JSON"),
        ('{"answers": {"used": ' + "9" * 5000 + "}}", "Filen går inte att läsa som JSON"),
    ],
)
def test_answers_that_cannot_be_read_end_with_status_2_and_say_where(
    run: Any, tmp_path: Path, content: str, says: str
) -> None:
    path = tmp_path / "answers.json"
    path.write_text(content, encoding="utf-8")
    status, printed, wrong = run(REPORT, "--answers", str(path), "--format", "json")
    assert status == 2
    assert not printed
    assert says in wrong
    assert "answers.json" in wrong


def test_answers_in_another_encoding_are_refused(run: Any, tmp_path: Path) -> None:
    path = tmp_path / "answers.json"
    path.write_bytes('{"answers": {"contact_town": "Åmål"}}'.encode("latin-1"))
    status, _, wrong = run(REPORT, "--answers", str(path))
    assert status == 2
    assert "Filen är inte skriven i teckenkodningen UTF-8" in wrong


def test_every_unreadable_answer_is_told_at_once(run: Any, answers_file: Any) -> None:
    status, _, wrong = run(REPORT, "--answers", answers_file({"used": "mycket", "families": "många"}))
    assert status == 2
    assert len(wrong.splitlines()) == 2


@pytest.mark.parametrize("missing", ["form", "answers"])
def test_a_file_that_is_not_there_is_named(run: Any, missing: str) -> None:
    arguments = ("ingen.toml",) if missing == "form" else (REPORT, "--answers", "ingen.json")
    status, _, wrong = run(*arguments)
    assert status == 2
    assert wrong.startswith("ingen.")


def test_a_faulty_form_is_refused_with_its_question(run: Any, tmp_path: Path) -> None:
    faulty = tmp_path / "report-2025.toml"
    faulty.write_text(Path(REPORT).read_text(encoding="utf-8").replace("unused > 0", "unusd > 0"), encoding="utf-8")
    status, _, wrong = run(str(faulty))
    assert status == 2
    assert "report-2025.toml, frågan ”why_unused”: den beror på ”unusd”, som inte är någon fråga. Menade du" in wrong


def test_the_plan_for_fixed_support_is_a_form_like_any_other(run: Any) -> None:
    status, printed, _ = run(str(SHIPPED / "forms" / "fixed-support-orebro.toml"))
    assert status == 0
    assert "Bara för handläggaren" not in printed
    assert "dag (ÅÅÅÅ-MM-DD)" in printed
