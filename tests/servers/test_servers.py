"""The tests' own servers: each is a real one, and leaves nothing behind."""

import socket
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
import requests
from playwright.sync_api import Browser
from servers.postgres import postgres
from servers.served import Served, served


def test_the_throw_away_postgresql_writes_as_carefully_as_a_real_one(postgres_url: str) -> None:
    with psycopg.connect(postgres_url) as connection:
        told = [connection.execute(f"SHOW {name}").fetchone() for name in ("fsync", "synchronous_commit")]
    assert told == [("on",), ("on",)]


def test_nothing_is_left_of_a_throw_away_postgresql() -> None:
    with postgres() as url, psycopg.connect(url) as connection:
        row = connection.execute("SHOW data_directory").fetchone()
        assert row
        assert _is_listened_at(url)
    assert not Path(row[0]).parent.exists()
    assert not _is_listened_at(url)


def test_a_browser_opens_the_served_front_page_and_finds_no_fault_with_it(browser: Browser, portal: Served) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda fault: said.append(fault.message))
        response = page.goto(portal.url)
        assert response
        assert response.ok
        assert page.locator("h1").count() == 1
        assert said == []


@pytest.mark.parametrize("how", ["asked to stop", "killed"])
def test_nothing_answers_after_a_served_service_has_ended(tmp_path: Path, how: str) -> None:
    with served(tmp_path) as running:
        assert requests.get(running.url, timeout=10).ok
        if how == "killed":
            running.kill()
            assert not _is_listened_at(running.url)
    assert not _is_listened_at(running.url)


def _is_listened_at(url: str) -> bool:
    parts = urlsplit(url)
    with socket.socket() as probe:
        return probe.connect_ex((str(parts.hostname), int(parts.port or 0))) == 0
