"""A round is the same on every machine: no hash seed, time zone or language of the machine's may reach a paper."""

import os
import subprocess
import sys

_DIGEST = """
import hashlib
from statsbidrag.play.published import papers
from statsbidrag.play.round import play
from statsbidrag.rulebook.book import Rulebook

digest = hashlib.sha256()
for path, paper in papers(play(Rulebook(), 2024, 1)):
    digest.update(f"{path} {paper!r}".encode())
print(digest.hexdigest())
"""
_MACHINES = (
    {"PYTHONHASHSEED": "0", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"},
    {"PYTHONHASHSEED": "1", "TZ": "America/Los_Angeles", "LC_ALL": "C.UTF-8"},
)


def _digest(machine: dict[str, str]) -> str:
    command = [sys.executable, "-c", _DIGEST]
    return subprocess.run(command, env=os.environ | machine, capture_output=True, text=True, check=True).stdout


def test_two_machines_with_different_hash_seeds_and_time_zones_make_the_same_papers() -> None:
    first, second = map(_digest, _MACHINES)
    assert first == second != ""
