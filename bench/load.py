"""Many clients at once, each asking again as soon as it is answered."""

import asyncio
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import repeat


@dataclass
class Load:
    """What a time under load came to."""

    answered: int = 0
    failed: int = 0
    seconds: float = 0.0

    @property
    def milliseconds(self) -> float:
        """How long the server took for each answer, all clients together."""
        return 1000 * self.seconds / max(self.answered, 1)


def load(port: int, request: bytes, clients: int, seconds: float) -> Load:
    """Lets clients ask for the same page for some seconds; anything but an answer with status 200 has failed."""
    return load_of(port, [repeat(request)] * clients, seconds)


def load_of(port: int, clients: Sequence[Iterator[bytes]], seconds: float, *, expected: int = 200) -> Load:
    """Lets clients send what each of them has to send for some seconds; an answer with another status has failed."""
    return asyncio.run(_all(port, clients, seconds, b"HTTP/1.1 %d" % expected))


async def _all(port: int, clients: Sequence[Iterator[bytes]], seconds: float, expected: bytes) -> Load:
    done = Load()
    started = time.perf_counter()
    await asyncio.gather(*(_client(port, sends, done, until=started + seconds, expected=expected) for sends in clients))
    done.seconds = time.perf_counter() - started
    return done


async def _client(port: int, sends: Iterator[bytes], done: Load, *, until: float, expected: bytes) -> None:
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        while time.perf_counter() < until:
            writer.write(next(sends))
            head = await reader.readuntil(b"\r\n\r\n")
            length = next(int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
            await reader.readexactly(length)
            if head.startswith(expected):
                done.answered += 1
            else:
                done.failed += 1
        writer.close()
    except (OSError, asyncio.IncompleteReadError):
        done.failed += 1
