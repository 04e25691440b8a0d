"""No personal number survives anywhere: planted in every field and kind of file, and searched for in everything kept.

The numbers are one of Skatteverket's numbers for tests, in the ways people write it; it belongs to nobody.
"""

import io
import logging
import re
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import Client
from django.urls import get_resolver, reverse
from made_up_visits import as_row
from region.visits.conftest import FIRST, written

from statsbidrag.portal.access import AGENCY, Visitor
from statsbidrag.portal.guards import GUARDS
from statsbidrag.region.actions.visit_checking import check_file
from statsbidrag.region.actions.visit_storing import keep_file
from statsbidrag.region.models import Clinic, Visit, VisitFile

DIGITS = "2501022384"
WAYS = ("202501022384", "20250102-2384", "250102-2384", "250102+2384", "2025-01-02-2384", "２０２５０１０２2384")
COLUMNS = (*as_row(FIRST), "anm")


def everything(alias: str) -> Iterator[str]:
    """Every value of every row of a database, as text; what is packed is unpacked."""
    connection = connections[alias]
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # our own tables
            for row in cursor.fetchall():
                for value in row:
                    if isinstance(value, bytes | memoryview):
                        with suppress(zlib.error):
                            yield zlib.decompress(bytes(value)).decode("utf-8", "replace")
                        yield bytes(value).decode("latin-1")
                    else:
                        yield str(value)


def files_in(folder: Path) -> Iterator[str]:
    """The name and content of every file that is left."""
    for path in folder.rglob("*"):
        yield path.name
        if path.is_file():
            yield path.read_bytes().decode("utf-8", "replace")


def holds(text: str) -> bool:
    """Tells whether the planted number stands somewhere in a text, however it is written."""
    plain = re.sub(r"[-+\s]", "", text.translate({ord("０") + at: str(at) for at in range(10)}))
    return DIGITS in plain or DIGITS in plain.replace("2025", "25")


@pytest.fixture
def said(caplog: pytest.LogCaptureFixture) -> list[str]:
    """What pages have answered."""
    caplog.set_level(logging.DEBUG)
    return []


@pytest.fixture
def send(
    planner: Visitor, orebro: str, browser_of: Callable[[Visitor | None], Client], said: list[str]
) -> Callable[..., None]:
    """Hands in a file on the region's page, has it looked through, reads every page of it, keeps it and reads again."""
    browser = browser_of(planner)

    def do(content: bytes, name: str = "besok.csv") -> None:
        address = f"/region/{orebro}/2025/besok/"
        answer = browser.post(address, {"file": SimpleUploadedFile(name, content)}, follow=True)
        said.append(answer.content.decode())
        file = VisitFile.objects.order_by("id").last()
        if file is None:
            return
        check_file.call(file.pk)
        pages = (f"{address}fil/{file.pk}/", f"{address}fil/{file.pk}/fel.csv", address)
        said.extend(browser.get(page).content.decode() for page in pages)
        said.append(browser.post(pages[0], {"what": "keep"}, follow=True).content.decode())
        keep_file.call(file.pk)
        said.extend(browser.get(page).content.decode() for page in pages)

    return do


def refuse_to_find(said: list[str], own_folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Searches both databases, the log, the files that are left and every answer."""
    places = {
        "the region's database": everything("region"),
        "the service's database": everything("default"),
        "the files": files_in(own_folder),
        "the log": iter([caplog.text]),
        "the answers": iter(said),
    }
    found = {place: [text[:300] for text in texts if holds(text)] for place, texts in places.items()}
    assert not {place: texts for place, texts in found.items() if texts}


def planted(column: str, way: str, *, deep: bool) -> list[dict[str, str]]:
    """A good row, many of them where the number is to stand deep in the file, and one with the number in a column."""
    row = {**as_row(FIRST), "anm": ""}
    before = [{**row, "child": f"barn-{number}"} for number in range(2_000 if deep else 1)]
    return [*before, {**row, "child": "barn-sist", column: way}]


@pytest.mark.shows("adm-16", "adm-17")
@pytest.mark.parametrize("column", COLUMNS)
def test_none_of_a_file_in_any_column(
    send: Callable[..., None], said: list[str], own_folder: Path, caplog: pytest.LogCaptureFixture, column: str
) -> None:
    for way in WAYS:
        content = written(planted(column, way, deep=way == WAYS[1]), own_folder)
        (own_folder / "made-up.csv").unlink()
        send(content)
    assert not Visit.objects.filter(child__contains=DIGITS).exists()
    refuse_to_find(said, own_folder, caplog)


@pytest.mark.parametrize("column", ["child", "family", "clinic", "kva_codes"])
def test_none_of_a_file_of_another_kind(
    send: Callable[..., None], said: list[str], own_folder: Path, caplog: pytest.LogCaptureFixture, column: str
) -> None:
    rows = planted(column, WAYS[1], deep=False)
    for row in rows:
        del row["anm"]
    buffer = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), buffer)
    send(buffer.getvalue(), "besok.parquet")
    text = written(rows, own_folder).decode()
    (own_folder / "made-up.csv").unlink()
    for encoding in ("cp1252", "utf-16", "utf-8-sig"):
        send(text.replace(",", ";").encode(encoding))
    send(text.replace(",", "\t").encode())
    refuse_to_find(said, own_folder, caplog)


def test_none_of_a_files_name_its_headings_or_its_broken_rows(
    send: Callable[..., None], said: list[str], own_folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    good = written([FIRST], own_folder).decode()
    (own_folder / "made-up.csv").unlink()
    head, row = good.splitlines()
    send(f"{good}\n".encode(), f"{WAYS[1]}.csv")
    send(f"{WAYS[0]},b\n1,2\n".encode())
    send(f"{head}\n{row},{WAYS[1]}\n{row}\n".encode())
    send(f"{head}\n{row}\n{WAYS[2]}\n{row}\n".encode())
    send(f'{head}\n{row}\n"{WAYS[2]}'.encode())
    send(f"barn;{'x' * 70_000}\n".encode() + f"{WAYS[0]};y\n".encode())
    send(("a;b\n" + "c;d\n" * 20_000 + f"{WAYS[0]};y\n").encode())
    refuse_to_find(said, own_folder, caplog)


def test_none_of_what_is_written_by_hand(
    someone: Callable[..., Visitor],
    clinic_of: Callable[[str], tuple[Clinic, str]],
    browser_of: Callable[[Visitor | None], Client],
    said: list[str],
    own_folder: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    _, key = clinic_of("Karla")
    own = f"/enhet/{key}/2025/besok/"
    sent: dict[str, Any] = {
        "date": "2025-10-02", "child": "77", "child_months": "2", "place": "extra", "professions": ["nurse"],
        "municipality": "", "family": "",
    }  # fmt: skip
    for browser in (browser_of(someone("clinic", key)), browser_of(None)):
        for way in WAYS:
            for field in (*sent, "efter", "deed_key", "okänt"):
                said.append(browser.post(f"{own}nytt/", {**sent, field: way}, follow=True).content.decode())
            said.append(browser.post(f"{own}nytt/", {**sent, "child": way, "what": "suggest"}).content.decode())
            said.append(browser.post(f"{own}erbjudanden/", {"family": way, "outcome": "offered"}).content.decode())
            said.append(browser.post(f"{own}erbjudanden/", {"family": "1", "outcome": way}).content.decode())
    refuse_to_find(said, own_folder, caplog)


def test_none_of_a_file_of_new_pseudonyms(
    planner: Visitor,
    orebro: str,
    browser_of: Callable[[Visitor | None], Client],
    said: list[str],
    own_folder: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    for content in (
        f"old,new\n{WAYS[0]},a\n",
        f"{WAYS[0]},new\n1,a\n",
        f"old,new\n1,2,{WAYS[0]}\n",
        f'old,new\n"{WAYS[0]}',
    ):
        upload = SimpleUploadedFile("nya.csv", content.encode())
        page = browser_of(planner).post(f"/region/{orebro}/2025/besok/nya-pseudonymer/", {"file": upload})
        said.append(page.content.decode())
    refuse_to_find(said, own_folder, caplog)


def test_the_search_itself_finds_a_number_where_there_is_one(
    own_folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    for way in WAYS:
        (own_folder / "left.txt").write_text(f"x {way} y", encoding="utf-8")
        with pytest.raises(AssertionError):
            refuse_to_find([], own_folder, caplog)


@pytest.mark.on_one_engine
@pytest.mark.shows("adm-01")
def test_the_agencys_house_holds_no_visit_and_shows_none_to_any_role(
    kept: Callable[..., VisitFile], someone: Callable[..., Visitor], browser_of: Callable[[Visitor | None], Client]
) -> None:
    kept([FIRST])
    [visit] = Visit.objects.all()
    traces = (visit.child[:6], "barn-a")
    assert any(visit.child in text for text in everything("region"))
    assert not [text for text in everything("default") if any(trace in text for trace in traces)]
    with connections["default"].cursor() as cursor:
        assert not [name for name in connections["default"].introspection.table_names(cursor) if "visit" in name]
    get_resolver().reverse_dict  # noqa: B018  # reads the table of routes, and with it every guard
    for kind in sorted(AGENCY):
        browser = browser_of(someone(kind))
        for name in GUARDS:
            [(_, parameters)], *_ = get_resolver().reverse_dict[name]
            places = {"year": 2025, "recipient": "region-18", "number": visit.pk, "page": "amounts", "token": "x"}
            answer = browser.get(reverse(name, kwargs={each: places.get(each, 1) for each in parameters}))
            content = b"".join(answer.streaming_content) if answer.streaming else answer.content
            assert not any(trace.encode() in content for trace in traces), name
