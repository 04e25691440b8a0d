from pathlib import Path

import pytest

from statsbidrag.cli import main
from statsbidrag.rulebook.book import Rulebook
from statsbidrag.terms.made_up import MADE_UP


def _run(*arguments: str) -> int:
    """The exit status of a call, as a shell would see it."""
    try:
        main(list(arguments))
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("cli") / "2024"
    assert _run("play", "2024", "--out", str(out)) == 0
    return out


def test_play_ends_with_the_balance_sheet_and_says_that_all_is_made_up(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run("play", "2024", "--out", str(tmp_path / "out")) == 0
    told = capsys.readouterr().out.replace("\u00a0", " ")
    assert told.startswith(MADE_UP)
    assert "Summa, lika med potten" in told
    assert "82 000 000 kr" in told
    assert str(tmp_path / "out") in told


def test_verify_agrees_with_what_play_wrote(played: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run("verify", str(played)) == 0
    assert "de som reglerna ger" in capsys.readouterr().out


def test_verify_names_a_letter_that_was_changed(played: Path, capsys: pytest.CaptureFixture[str]) -> None:
    letter = played / "4-decision" / "letters" / "region-01-grant.pdf"
    content = letter.read_bytes()
    try:
        letter.write_bytes(content[:-1] + b" ")
        assert _run("verify", str(played)) == 2
        assert "region-01-grant.pdf: Innehållet är inte det som reglerna ger" in capsys.readouterr().err
    finally:
        letter.write_bytes(content)


def test_playing_again_in_the_same_folder_replaces_the_play(tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert _run("play", "2024", "--out", str(out)) == 0
    before = (out / "MANIFEST.sha256").read_bytes()
    assert _run("play", "2024", "--out", str(out)) == 0
    assert (out / "MANIFEST.sha256").read_bytes() == before
    assert _run("play", "2024", "--out", str(out), "--seed", "2") == 0
    assert (out / "MANIFEST.sha256").read_bytes() != before


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("play", "2031"), "Det finns ingen omgång ”2031”"),
        (("play", "tjugo"), "YEAR: värdet går inte att använda"),
        (("play",), "Uppgiften YEAR saknas"),
        (("verify", "/finns/inte"), "filen eller mappen finns inte"),
        (("plya", "2025"), "Menade du ”play”"),
        (("play", "2024", "--sed", "1"), "Alternativet --sed finns inte"),
        (("check", "extra"), "för många uppgifter"),
        (("check", "--rules", "/finns/inte"), "Mappen med regler finns inte"),
    ],
)
def test_a_call_that_cannot_be_taken_says_what_to_do_in_swedish(
    arguments: tuple[str, ...], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(*arguments) == 2
    assert says in capsys.readouterr().err


def test_a_play_into_a_file_says_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("x")
    assert _run("play", "2024", "--out", str(tmp_path / "file" / "out")) == 2
    assert "Mappen går inte att skriva" in capsys.readouterr().err


def test_a_disk_that_fails_unforeseen_ends_with_status_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(_book: Rulebook) -> None:
        raise OSError(5, "Input/output error", "skivan")

    monkeypatch.setattr("statsbidrag.cli.check.check_rules", broken)
    assert _run("check") == 2
    assert "skivan: Det gick inte att läsa eller skriva." in capsys.readouterr().err


def test_check_prints_the_coverage_of_the_law(capsys: pytest.CaptureFixture[str]) -> None:
    assert _run("check", "--coverage", "--tests", str(Path(__file__).parents[1])) == 0
    told = capsys.readouterr().out
    assert "anv-34  anvisningarna 2025" in told
    assert "346 satser" in told
