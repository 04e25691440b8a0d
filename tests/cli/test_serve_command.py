"""``statsbidrag serve`` as a shell sees it: it does not start where another program answers already."""

import socket
from collections.abc import Iterator

import pytest

from statsbidrag.cli import main
from statsbidrag.portal import serving
from statsbidrag.terms.faults import Fault

HOST = "127.0.0.1"


@pytest.fixture(params=[False, True], ids=["alone", "sharing"])
def taken(request: pytest.FixtureRequest) -> Iterator[int]:
    """A port that another program listens on, alone or willing to share it as our own server is."""
    with socket.socket() as other:
        if request.param:
            other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind((HOST, 0))
        other.listen()
        yield other.getsockname()[1]


def test_a_port_that_is_taken_is_refused_before_anything_starts(
    taken: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    started: list[str] = []
    monkeypatch.setattr(serving, "make_ready", lambda: started.append("made ready"))
    monkeypatch.setattr(serving, "serve", lambda *_: started.append("served"))
    with pytest.raises(SystemExit) as ended:
        main(["serve", "--port", str(taken)])
    assert ended.value.code
    said = capsys.readouterr().err
    assert "Porten är upptagen." in said
    assert f"{HOST}:{taken}" in said
    assert "--port" in said
    assert not started


def test_a_port_is_free_again_as_soon_as_the_other_has_closed_it() -> None:
    with socket.create_server((HOST, 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(Fault, match="upptagen"):
            serving.require_free(HOST, port)
        with socket.create_connection((HOST, port)), other.accept()[0]:
            pass
    serving.require_free(HOST, port)
    serving.require_free("localhost", port)


def test_an_address_that_is_not_ours_is_refused_kindly() -> None:
    with pytest.raises(Fault, match="går inte att svara"):
        serving.require_free("192.0.2.1", 8000)
