"""Folder 6-distribution."""

from collections.abc import Iterator

from statsbidrag.play.papers.desk import Desk, Paper


def papers(desk: Desk) -> Iterator[Paper]:
    yield "note.txt", desk.stage.fingerprint.encode()
