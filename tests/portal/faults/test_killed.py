"""Whatever is killed, and whenever: what was promised is kept, what is done once is done once, nothing is half done."""

import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import count
from pathlib import Path

import pytest
import requests
from portal.faults.conftest import Made
from portal.faults.sender import Sender
from servers.served import Served, served

AGENTS = {"agent_of_municipality": "municipality-0484", "deputy": "municipality-0484", "agent_of_region": "region-01"}
ENOUGH = 12


@pytest.mark.shows("adm-10")
def test_the_same_form_sent_from_many_connections_at_one_moment_makes_one_requisition(demonstrations: Made) -> None:
    installation = demonstrations("open")
    with served(installation.data, **installation.environment) as service:
        sender = Sender(service.url, "agent_of_municipality", "municipality-0484")
        sender.fill_in(300_000)
        tabs = [sender.checked() for _ in range(2)]
        assert tabs[0]["deed_key"] != tabs[1]["deed_key"]
        with ThreadPoolExecutor(8) as at_once:
            ends = list(at_once.map(sender.send, [tabs[number % 2] for number in range(16)]))
    assert set(ends) == {"/organisation/municipality-0484/2025/rekvisition/mottagen/"}
    assert [row[:2] for row in installation.tell()["requisitions"]] == [["municipality-0484", 300_000]]


@pytest.mark.shows("adm-10")
def test_a_killed_server_loses_no_requisition_that_it_has_acknowledged(demonstrations: Made) -> None:
    installation = demonstrations("open")
    acknowledged: list[tuple[str, int]] = []
    with served(installation.data, **installation.environment) as service:
        enough = threading.Event()

        def go_on_sending(role: str, first: int) -> None:
            with suppress(requests.RequestException):
                sender = Sender(service.url, role, AGENTS[role])
                for amount in count(first):
                    sender.fill_in(amount)
                    sender.send(sender.checked())
                    acknowledged.append((AGENTS[role], amount))
                    if len(acknowledged) >= ENOUGH:
                        enough.set()

        senders = [
            threading.Thread(target=go_on_sending, args=(role, first))
            for role, first in (("agent_of_municipality", 100_000), ("agent_of_region", 200_000))
        ]
        for sender in senders:
            sender.start()
        assert enough.wait(60)
        service.kill()
        for sender in senders:
            sender.join()
    kept = installation.tell()
    assert not kept["breaks"]
    with served(installation.data, **installation.environment):
        told = installation.wait_until(lambda told: not told["without receipt"] and not told["unfinished jobs"])
    stored = [tuple(row[:2]) for row in told["requisitions"]]
    assert set(acknowledged) <= set(stored)
    assert len(stored) == len(set(stored)) <= len(acknowledged) + len(senders)
    assert len({row[2] for row in told["requisitions"]}) == len(stored)
    assert told["receipts"] == told["requisitions in all"]
    assert not told["put in the outbox twice"]
    assert not told["unsent"]
    assert not told["breaks"]


@pytest.mark.parametrize("demonstrations", ["sqlite"], indirect=True)  # what it tries is the same on both engines
@pytest.mark.shows("adm-12")
@pytest.mark.shows("adm-24")
def test_a_worker_killed_among_letters_and_notices_leaves_whole_ones_and_the_next_makes_the_rest_once(
    demonstrations: Made,
) -> None:
    installation = demonstrations("decided")
    told = installation.tell()
    assert told["letters"] < told["decided"]
    while told["letters"] < told["decided"]:
        with installation.at_work():
            installation.wait_until(lambda now, before=told["letters"]: now["letters"] > before)
        told = installation.tell()
        assert told["letters"] == told["letters in the diary"]
        assert not told["breaks"]
    installation.do("move", "paid")
    with installation.at_work():
        installation.wait_until(lambda told: told["notices"] >= 20)
    told = installation.tell()
    assert told["notices"] + told["without notice"] == told["paid"]
    with installation.at_work():
        told = installation.wait_until(lambda told: not told["unfinished jobs"] and not told["without receipt"])
    assert told["letters"] == told["letters in the diary"] == told["decided"] > 290
    assert told["notices"] == told["paid"] > 280
    assert told["receipts"] == told["requisitions in all"]
    assert not told["put in the outbox twice"]
    assert not told["unsent"]
    assert not told["breaks"]


def test_the_service_goes_on_when_its_worker_or_one_that_answers_dies(demonstrations: Made) -> None:
    installation = demonstrations("open")
    with served(installation.data, **installation.environment) as service:
        for process in _processes(service):
            os.kill(process, signal.SIGKILL)
        sender = _as_soon_as_it_answers(service)
        sender.fill_in(300_000)
        sender.send(sender.checked())
        installation.wait_until(lambda told: not told["without receipt"])


def _processes(service: Served) -> Iterator[int]:
    """Every process of the service but the first, which keeps the others."""
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            session = int(status.read_text(encoding="utf-8").rpartition(")")[2].split()[3])
            if session == service.process.pid != int(status.parent.name):
                yield int(status.parent.name)


def _as_soon_as_it_answers(service: Served) -> Sender:
    for _ in range(60):
        with suppress(requests.RequestException):
            return Sender(service.url, "agent_of_municipality", "municipality-0484")
        threading.Event().wait(0.5)
    raise AssertionError(service.log.read_text(encoding="utf-8"))
