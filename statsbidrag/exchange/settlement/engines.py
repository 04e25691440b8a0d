"""The engines there are, by name; one that is not asked for is not loaded."""

import importlib
from typing import Literal, get_args

from statsbidrag.exchange.settlement.engine import Engine, Progress
from statsbidrag.terms.faults import Fault

EngineName = Literal["embedded", "database", "spark"]
ENGINES: tuple[EngineName, ...] = get_args(EngineName)

_PLACES = {
    "embedded": ("embedded", "Embedded"),
    "database": ("postgresql", "PostgreSQL"),
    "spark": ("spark", "Spark"),
}


def engine_named(name: EngineName, progress: Progress) -> Engine:
    """Starts an engine; raises Fault where what it needs is not there."""
    place, engine = _PLACES[name]
    try:
        module = importlib.import_module(f"statsbidrag.exchange.settlement.{place}")
    except ModuleNotFoundError as missing:
        if missing.name != "pyspark":
            raise
        raise Fault(
            "--engine spark",
            "Spark är inte installerat.",
            "Installera det med ”make setup-spark”; det behöver Java 17. Annars räknar den inbyggda motorn lika.",
        ) from None
    started: Engine = getattr(module, engine)(progress)
    return started
