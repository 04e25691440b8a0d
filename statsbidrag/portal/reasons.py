"""Reasons (Because) as they are kept in the database, so that a page shows them as they were when it was decided."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from statsbidrag.terms.because import Because, Figure


def as_stored(because: Because) -> dict[str, Any]:
    """Gives a reason as plain values."""
    kept: dict[str, Any] = {"says": because.says}
    if because.value is not None:
        kept["value"] = _stored(because.value)
    for name in ("unit", "cites", "assumption"):
        if text := getattr(because, name):
            kept[name] = text
    if because.steps:
        kept["steps"] = [as_stored(step) for step in because.steps]
    return kept


def as_said(kept: Mapping[str, Any]) -> Because:
    """Gives back the reason that was stored."""
    return Because(
        kept["says"],
        _said(kept.get("value")),
        kept.get("unit", ""),
        kept.get("cites", ""),
        kept.get("assumption", ""),
        tuple(as_said(step) for step in kept.get("steps", ())),
    )


def _stored(value: Figure) -> object:
    if isinstance(value, date):
        return {"day": value.isoformat()}
    if isinstance(value, Fraction):
        return {"part": [value.numerator, value.denominator]}
    return value


def _said(value: Any) -> Figure:
    if isinstance(value, Mapping):
        return date.fromisoformat(value["day"]) if "day" in value else Fraction(*value["part"])
    return value  # type: ignore[no-any-return]  # what was stored is a Figure
