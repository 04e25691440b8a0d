"""How soon Spark settles the same fifty million visits; on request only, since it takes a minute and much memory.

``python -m bench settlement_on_spark`` runs the whole command once on this machine's own processors. There is no
promise to hold it to: the limit is what the embedded engine is promised to take, ten times over.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.measuring import Measurement, process
from bench.settlement import WITHIN, command, made_up


def measurements() -> Iterator[Measurement]:
    """The whole command from the cold on either engine, once each."""
    with tempfile.TemporaryDirectory(prefix="statsbidrag-bench-") as folder:
        visits = made_up(Path(folder))
        embedded = process(*command(visits))
        spark = process(*command(visits), "--engine", "spark")
    yield Measurement("50 million visits settled, on Spark", spark[0], 10 * WITHIN, "s")
    yield Measurement("50 million visits settled, Spark over the embedded engine", spark[0] / embedded[0], 10, "x")
