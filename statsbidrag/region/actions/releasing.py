"""Releases figures out of the region's house: what leaves, to whom and by whom is kept; nothing else leaves."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction

from statsbidrag.portal import access, rules
from statsbidrag.portal.access import Visitor
from statsbidrag.portal.actions import region_figures
from statsbidrag.portal.actions.region_figures import HandedOver
from statsbidrag.portal.papers import Paper
from statsbidrag.region.actions import diary
from statsbidrag.region.actions.settling import refuse_partial
from statsbidrag.region.models import Release
from statsbidrag.region.queries.figures import figures_of
from statsbidrag.region.queries.years import scheme_of
from statsbidrag.region.router import REGION
from statsbidrag.region.writing import writing
from statsbidrag.terms.faults import Fault


def release(visitor: Visitor | None, region: str, year: int, now: datetime) -> Release:
    """Lets the year's figures out to the region's own report and its municipalities'; small numbers stay.

    Where the agency's service is under the same roof it has them at once; else each goes as a file to its recipient.
    Raises Fault where nothing has changed since the last release.
    """
    planner = access.require(visitor, "plan region", region)
    scheme = scheme_of(region, year)
    if scheme is None:
        raise Fault("siffrorna", "Regionen har ingen ordning för året.", "Lägg till en ordningsfil.")
    refuse_partial(region, year, "siffrorna")
    figures = {key: as_stored(told) for key, told in figures_of(scheme).items()}
    with writing():
        last = Release.objects.filter(region=region, year=year).last()
        if last and last.figures == figures:
            raise Fault("siffrorna", "Inget har ändrats sedan de släpptes senast.", "Släpp dem när något är nytt.")
        number = last.number + 1 if last else 1
        made = Release.objects.create(region=region, year=year, number=number, figures=figures, at=now, by=planner.name)
        content = json.dumps(figures, ensure_ascii=False, indent=2).encode()
        paper = Paper(
            "out",
            "released figures",
            ", ".join(rules.recipients()[key].name for key in figures)[:200],
            f"Siffror ur besöksregistret {year}, nummer {number}",
            f"siffror-{year}-{number}.json",
            content,
            "application/json",
        )
        diary.enter(diary.year_case(region, year, now), paper, now, by=planner.name)
        if settings.ENVIRONMENT.house == "both":
            transaction.on_commit(partial(_hand_over, made.pk, now), using=REGION)
        return made


def hand_over_waiting(now: datetime) -> int:
    """Hands over what a killed process left between the houses, where both are under one roof; gives how much."""
    if settings.ENVIRONMENT.house != "both":
        return 0
    waiting = list(Release.objects.filter(taken_in=None).values_list("pk", flat=True))
    for each in waiting:
        _hand_over(each, now)
    return len(waiting)


def handed_over(made: Release) -> Iterator[HandedOver]:
    """Gives what a release has for each recipient."""
    for key, figures in made.figures.items():
        yield HandedOver(made.region, made.year, made.number, key, figures, made.at, made.by)


def as_stored(figures: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Gives figures as they are kept and sent."""
    return {name: figure._asdict() for name, figure in figures.items()}


def _hand_over(release_id: int, now: datetime) -> None:
    made = Release.objects.get(pk=release_id)
    for each in handed_over(made):
        if each.figures:
            region_figures.take_in(each, now)
    Release.objects.filter(pk=release_id).update(taken_in=now)
