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
    found = _found(copy)
    assert "Kontrollsumman" in found["ledger.csv"]
    assert "hör inte till omgången" in found["ledgr.csv"]


def test_a_manifest_in_another_encoding_is_a_deviation_and_no_crash(copy: Path) -> None:
    (copy / "MANIFEST.sha256").write_bytes(b"\xff\xfe\x00")
    assert "Kontrollsumman" in _found(copy)["ledger.csv"]


@pytest.mark.parametrize("facts", ["[]", "{", '{"year": 1e400, "seed": 1, "rules": ""}', '{"year": 2025.5, "seed": 1}'])
def test_a_play_that_does_not_say_what_it_is_is_refused(tmp_path: Path, facts: str) -> None:
    (tmp_path / "play.json").write_text(facts, encoding="utf-8")
    with pytest.raises(Fault, match=r"play\.json"):
        played_again(tmp_path, Rulebook())


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


def test_a_file_of_somebodys_own_beside_a_play_is_never_lost(tmp_path: Path) -> None:
    publish([("a.txt", b"a")], tmp_path / "out")
    (tmp_path / "out" / "mine.txt").write_text("mine")
    with pytest.raises(Fault, match=r"annat än ett spel: mine\.txt"):
        publish([("a.txt", b"b")], tmp_path / "out")
    assert (tmp_path / "out" / "a.txt").read_bytes() == b"a"


def test_a_play_is_replaced_also_through_a_link_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "out")
    for content in (b"a", b"b"):
        publish([("a.txt", content)], tmp_path / "link")
    assert (tmp_path / "out" / "a.txt").read_bytes() == b"b"
    assert {path.name for path in tmp_path.iterdir()} == {"link", "out"}


def test_a_folder_that_cannot_be_made_is_a_fault_and_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(Fault, match="Mappen går inte att skriva"):
        publish([("a.txt", b"a")], tmp_path / "file" / "out")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_the_earlier_play_stands_again_when_the_new_one_cannot_take_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, rename = tmp_path / "out", Path.rename
    publish([("a.txt", b"a")], out)

    def full(path: Path, target: Path) -> Path:
        if target == out and not path.name.endswith(".earlier"):
            raise OSError("full")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", full)
    with pytest.raises(Fault, match="Mappen går inte att skriva"):
        publish([("a.txt", b"b")], out)
    assert (out / "a.txt").read_bytes() == b"a"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_play_that_breaks_off_leaves_nothing_behind(tmp_path: Path) -> None:
    def broken() -> object:
        yield "a.txt", b"a"
        raise RuntimeError("killed")

    with pytest.raises(RuntimeError):
        publish(broken(), tmp_path / "out")  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []
