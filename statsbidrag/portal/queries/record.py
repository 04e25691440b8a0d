"""Does the record hold? The chain of the diary, link by link, and the ledger, posting by posting.

The chain cannot see that its own last links are gone; whoever keeps the hash of the last link from an earlier check
can ask for it again.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from statsbidrag.portal.chain import BEGINNING, link, salted_hash
from statsbidrag.portal.models import DiaryEntry, Document, DocumentContent
from statsbidrag.portal.papers import ERASURE
from statsbidrag.portal.queries.record_of_money import money_breaks, postings
from statsbidrag.portal.queries.record_types import Break
from statsbidrag.terms.dates import day_in_words, day_of_arrival

_CHUNK = 200


@dataclass(frozen=True, slots=True)
class Check:
    """What a check of the whole record came to; ``last_link`` is the hash to keep for the next time."""

    documents: int
    erased: int
    postings: int
    last_link: str
    breaks: tuple[Break, ...]


def check_record(known_link: str = "") -> Check:
    """Checks the diary and the ledger from the first row to the last; the first break of each is found first.

    ``known_link`` is the hash of a link from an earlier check, which must still be there.
    """
    entries = DiaryEntry.objects.order_by("-id").values_list("hash", flat=True)
    breaks = [*diary_breaks(), *money_breaks()]
    if known_link and not DiaryEntry.objects.filter(hash=known_link).exists():
        why = f"Länken {known_link} finns inte längre; handlingar har tagits bort i slutet av kedjan."
        breaks.insert(0, Break("diariet", why))
    return Check(
        documents=len(entries),
        erased=Document.objects.exclude(erased_by="").count(),
        postings=postings(),
        last_link=entries.first() or BEGINNING,
        breaks=tuple(breaks),
    )


def diary_breaks() -> Iterator[Break]:
    """Goes along the chain and tells what does not hold: links, hashes, numbers and the documents' own bytes."""
    before, place, numbers = BEGINNING, 0, dict[int, int]()
    erasures = _erasures()
    rows = DiaryEntry.objects.order_by("id").select_related("case", "document__content")
    for entry in rows.iterator(_CHUNK):
        place += 1
        where = f"diariet, länk {entry.pk}, handling {entry.number} i ärende {entry.case.number}"
        numbers[entry.case_id] = numbers.get(entry.case_id, 0) + 1
        if entry.pk != place:
            yield Break(where, f"Länk {place} saknas.")
            place = entry.pk
        if entry.previous != before:
            yield Break(where, "Den bygger inte på länken före.")
        if link(entry) != entry.hash:
            day = day_in_words(day_of_arrival(entry.at))
            yield Break(where, f"Länken är ändrad efter att den skrevs in; nu säger den {day}.")
        if entry.number != numbers[entry.case_id]:
            yield Break(where, f"Handling {numbers[entry.case_id]} i ärendet saknas.")
            numbers[entry.case_id] = entry.number
        yield from _document_breaks(where, entry, erasures)
        before = entry.hash


def _document_breaks(where: str, entry: DiaryEntry, erasures: set[tuple[int, str]]) -> Iterator[Break]:
    document: Document | None = getattr(entry, "document", None)
    if document is None:
        yield Break(where, "Handlingen är borttagen utan gallringsbeslut.")
        return
    content: DocumentContent | None = getattr(document, "content", None)
    if document.erased_by:
        if (
            entry.case_id,
            f"Gallring av handling {entry.number}, gallringsbeslut {document.erased_by}",
        ) not in erasures:
            yield Break(where, f"Den sägs vara gallrad enligt beslut {document.erased_by}, som inte är diariefört.")
        if content is not None:
            yield Break(where, f"Den är gallrad enligt beslut {document.erased_by}, men innehållet finns kvar.")
        return
    if content is None:
        yield Break(where, "Innehållet är borttaget utan gallringsbeslut.")
    elif hashlib.sha256(content.content).hexdigest() != document.sha256:
        yield Break(where, "Innehållet är ändrat efter att det skrevs in.")
    facts = (document.direction, document.party, document.matter, document.sha256)
    if salted_hash(document.salt, facts) != entry.salted_hash:
        yield Break(where, "Uppgifterna om handlingen (riktning, part, ärendemening eller kontrollsumma) är ändrade.")


def _erasures() -> set[tuple[int, str]]:
    """What has been entered about erasures, by case."""
    return set(Document.objects.filter(about=ERASURE).values_list("entry__case_id", "matter"))
