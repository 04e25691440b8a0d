"""What a page of a form sends: the answers as they were written, and where two people's answers differ."""

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict

from statsbidrag.cycle.form import Field, Page
from statsbidrag.portal.views.questions.asking import ids_of

Written = dict[str, str | list[str]]
_LARGEST_VERSION, _LONGEST_VERSION = 2**31 - 1, 10


def answers_sent(sent: QueryDict, page: Page, kept: Mapping[str, str | list[str]]) -> Written:
    """Gives what stands on a page now: what was sent, and what was answered before a question was hidden."""
    displayed = set(sent.get("shown", "").split())
    answers = dict(kept)
    for one in ids_of(page):
        if one.id in displayed or one.id in sent:
            name = f"theirs.{one.id}" if sent.get(f"choose.{one.id}") == "theirs" else one.id
            given: Any = sent.getlist(name) if one.kind in ("choices", "tick") else sent.get(name, "")
            answers[one.id] = given[0] if one.kind == "tick" and given else given
    return {id: given for id, given in answers.items() if given}


def version_sent(sent: QueryDict) -> int:
    """Gives the version that whoever wrote began with; 0 where none can be read."""
    text = sent.get("version", "")[:_LONGEST_VERSION]
    return min(int(text), _LARGEST_VERSION) if text.isascii() and text.isdigit() else 0


def both_versions(page: Page, mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> dict[str, Any]:
    """Gives what differs between two people's answers to a page, as it is sent again and as a person reads it."""
    differing = [
        (one, mine.get(one.id, ""), theirs.get(one.id, ""))
        for one in ids_of(page)
        if mine.get(one.id, "") != theirs.get(one.id, "")
    ]
    return {
        "differing": [(one, _lines(one, a), _lines(one, b)) for one, a, b in differing],
        "same": {id: _many(answer) for id, answer in mine.items() if answer == theirs.get(id)},
        "shows": " ".join({**mine, **theirs}),
    }


def _lines(one: Field, answer: object) -> tuple[list[str], str]:
    several = _many(answer)
    texts = {option.id: option.text for option in one.options}
    return several, "; ".join(texts.get(each, each) for each in several)


def _many(answer: object) -> list[str]:
    if isinstance(answer, list):
        return [str(each) for each in answer]
    return [str(answer)] if answer else []
