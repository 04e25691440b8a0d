import shutil
from pathlib import Path

import pytest

from statsbidrag.play.published import publish
from statsbidrag.play.verifying import deviations, played_again
from statsbidrag.rulebook.book import Rulebook
from statsbidrag.rulebook.places import SHIPPED
from statsbidrag.terms.faults import Fault


@pytest.fixture
def copy(folder: Path, tmp_path: Path) -> Path:
    """A copy of the played round without most of its letters, which are set again only to be compared."""
    target = tmp_path / "copy"
    shutil.copytree(folder, target)
    return target


def _found(folder: Path) -> dict[str, str]:
    desk, made = played_again(folder, Rulebook())
    lists = [(path, content) for path, content in made if isinstance(content, bytes)]
    return {one.path: one.why for one in deviations(folder, desk, lists) if one and not one.path.endswith(".pdf")}


def test_an_untouched_round_is_what_its_rules_give(copy: Path) -> None:
    assert _found(copy) == {}


def test_a_krona_moved_in_the_ledger_a_missing_file_and_a_strange_one_are_all_found(copy: Path) -> None:
    ledger = copy / "ledger.csv"
    ledger.write_bytes(ledger.read_bytes().replace(b",16259682,", b",16259683,", 1))
    (copy / "3-reallocation" / "reallocation.csv").unlink()
    (copy / "extra.txt").write_text("x")
    found = _found(copy)
    assert set(found) == {"ledger.csv", "3-reallocation/reallocation.csv", "extra.txt"}
    assert "inte det som reglerna ger" in found["ledger.csv"]


def test_a_changed_manifest_is_found(copy: Path) -> None:
    manifest = copy / "MANIFEST.sha256"
    manifest.write_text(manifest.read_text().replace("  ledger.csv", "  ledgr.csv"))
    assert "Kontrollsumman" in _found(copy)["ledger.csv"]


def test_other_rules_than_those_it_was_played_by_are_refused(copy: Path, tmp_path: Path) -> None:
    other = tmp_path / "rules"
    shutil.copytree(SHIPPED, other)
    round_ = other / "rounds" / "2025.toml"
    round_.write_text(round_.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")
    with pytest.raises(Fault, match="andra regler"):
        played_again(copy, Rulebook(other))


def test_a_folder_without_a_play_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Fault, match="ingen spelad omgång"):
        played_again(tmp_path, Rulebook())


def test_a_folder_with_somebodys_own_files_is_never_written_over(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "letter.txt").write_text("mine")
    with pytest.raises(Fault, match="annat än ett spel"):
        publish([("a", b"b")], tmp_path / "own")
    assert (tmp_path / "own" / "letter.txt").read_text() == "mine"


def test_a_play_that_breaks_off_leaves_nothing_behind(tmp_path: Path) -> None:
    def broken() -> object:
        yield "a.txt", b"a"
        raise RuntimeError("killed")

    with pytest.raises(RuntimeError):
        publish(broken(), tmp_path / "out")  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []
