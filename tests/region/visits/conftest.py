"""What the tests of visits share: files of visits, made up and never of anyone, and the jobs done at once."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings
from made_up_visits import EXTRA, as_row, write_csv

from statsbidrag.cycle.visits import Visit
from statsbidrag.portal.access import Visitor
from statsbidrag.region.actions.visit_checking import check_file
from statsbidrag.region.actions.visit_desk import VisitDesk
from statsbidrag.region.actions.visit_files import hand_in, keep
from statsbidrag.region.actions.visit_storing import keep_file
from statsbidrag.region.models import VisitFile

FIRST = replace(EXTRA, child="barn-a", date=date(2025, 10, 2))


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path) -> Iterable[Path]:
    """A folder of its own for the files that are handed in."""
    with override_settings(ENVIRONMENT=replace(settings.ENVIRONMENT, data=tmp_path)):
        yield tmp_path


def written(rows: Iterable[Visit | Mapping[str, str]], tmp_path: Path) -> bytes:
    """Visits as a CSV in the dictionary's form."""
    listed = [as_row(row) if isinstance(row, Visit) else row for row in rows]
    return write_csv(tmp_path / "made-up.csv", listed).read_bytes()


@pytest.fixture
def desk(orebro: str) -> VisitDesk:
    """The region's own desk."""
    return VisitDesk(orebro, 2025)


@pytest.fixture
def handed(planner: Visitor, desk: VisitDesk, now: object, own_folder: Path) -> Callable[..., VisitFile]:
    """Hands in visits, or bytes, and has the file looked through."""

    def do(
        content: bytes | Iterable[Visit | Mapping[str, str]],
        *,
        name: str = "besok.csv",
        at: VisitDesk | None = None,
        by: Visitor | None = None,
    ) -> VisitFile:
        sent = content if isinstance(content, bytes) else written(content, own_folder)
        file = hand_in(by or planner, at or desk, SimpleUploadedFile(name, sent), now)  # type: ignore[arg-type]
        check_file.call(file.pk)
        file.refresh_from_db()
        return file

    return do


@pytest.fixture
def kept(handed: Callable[..., VisitFile], planner: Visitor, desk: VisitDesk) -> Callable[..., VisitFile]:
    """Hands in visits and keeps the good rows."""

    def do(content: bytes | Iterable[Visit | Mapping[str, str]], **options: object) -> VisitFile:
        file = handed(content, **options)
        assert file.state == "waiting", file.says
        keep(options.get("by", planner), options.get("at", desk), file)  # type: ignore[arg-type]
        keep_file.call(file.pk)
        file.refresh_from_db()
        return file

    return do
