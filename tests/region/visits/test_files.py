"""A file of visits: read by its columns, good rows told from bad, kept once, and nothing left of what is refused."""

import csv
import io
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from region.visits.conftest import FIRST, written
from statsbidrag.portal.access import Refused, Visitor
from statsbidrag.region import handed_in
from statsbidrag.region.actions import visit_storing
from statsbidrag.region.actions.visit_checking import check_file
from statsbidrag.region.actions.visit_desk import VisitDesk
from statsbidrag.region.actions.visit_files import explain, hand_in, keep, throw_away
from statsbidrag.region.actions.visit_storing import keep_file
from statsbidrag.region.models import Clinic, Visit, VisitFile
from statsbidrag.region.queries.visit_files import remembered_mapping
from statsbidrag.terms.faults import Fault

Handed = Callable[..., VisitFile]
BAD = {"date": "2025-13-01", "clinic": "Karla vardcentral", "kva_codes": "fel"}


def row(**altered: str) -> dict[str, str]:
    """The first visit as a row, with something altered."""
    from made_up_visits import as_row

    return {**as_row(FIRST), **altered}


def test_a_good_file_waits_with_what_was_understood_until_someone_keeps_it(handed: Handed) -> None:
    file = handed([FIRST, replace(FIRST, child="barn-b", date=date(2025, 10, 9))])
    assert (file.state, file.rows, file.refused) == ("waiting", 2, 0)
    assert file.says["written"] == "UTF-8, komma mellan värdena"
    assert file.says["days"] == ["2025-10-02", "2025-10-09"]
    assert ["clinic", "Karla vårdcentral", "Karla vårdcentral", "", 2] in file.says["words"]
    assert not Visit.objects.exists()
