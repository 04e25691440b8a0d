"""Two at once, and a process that is killed: what is to be done once is done once, wholly or not at all."""

import fcntl
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.on_one_engine  # that of its own
SCRIPT = Path(__file__).with_name("deeds_apart.py")


class Office:
    """A round in a database of its own, and people who each work in a process of their own."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.told = {**os.environ, "STATSBIDRAG_DEMO": "1", "STATSBIDRAG_DATA": str(data)}
        self.told.pop("DATABASE_URL", None)
        (data / "start").touch()
        assert self.do("fill") == ""

    def do(self, *deed: str) -> str:
        """Has one deed done and gives what was said."""
        return self.at_once(deed)[0]

    def at_once(self, *deeds: tuple[str, ...]) -> list[str]:
        """Has several deeds done at the same moment and gives what each said, in order of the words."""
        with (self.data / "start").open() as start:
            fcntl.flock(start, fcntl.LOCK_EX)
            running = [self._started(deed) for deed in deeds]
        return sorted(process.communicate(timeout=60)[0].strip() for process in running)

    def counted(self) -> list[int]:
        """How many batches, payments, files of payments, files of answers and paid postings there are."""
        return [int(number) for number in self.do("count").split()]

    def _started(self, deed: tuple[str, ...]) -> "subprocess.Popen[str]":
        return subprocess.Popen([sys.executable, SCRIPT, *deed], env=self.told, stdout=subprocess.PIPE, text=True)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


@pytest.mark.shows("adm-12")
def test_two_at_once_prepare_hand_over_and_read_in_once_and_a_killed_process_leaves_nothing_half_done(
    office: Office,
) -> None:
    assert office.at_once(("prepare", "0"), ("prepare", "1")) == ["", "Det finns inget att betala ut."]
    office.at_once(("attest", "0"), ("attest", "1"))
    office.do("hand_over_and_die", "0")
    assert office.counted() == [1, 3, 0, 0, 0]
    assert office.at_once(("hand_over", "0"), ("hand_over", "1")) == ["", "Den är redan överlämnad."]
    assert office.counted() == [1, 3, 3, 0, 0]
    office.do("read_in_and_die", "0")
    assert office.counted() == [1, 3, 3, 0, 0]
    assert office.at_once(("read_in", "0"), ("read_in", "1")) == ["", ""]
    assert office.counted() == [1, 3, 3, 1, 3]
