"""Drafts a region's board paper: the phrases of its scheme, with the figures of its distribution filled in."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from statsbidrag.cycle.board_paper import Each, PaperSection, Phrase
from statsbidrag.cycle.scheme import Effort, Reporting, Scheme, Transfer
from statsbidrag.cycle.step_6_distribution import Distribution
from statsbidrag.exchange.letters.board_paper import BoardPaper, Section, annex_of
from statsbidrag.exchange.letters.letterhead import Letterhead
from statsbidrag.rulebook.board_papers import BLANK
from statsbidrag.terms.dates import day_in_words
from statsbidrag.terms.faults import Fault
from statsbidrag.terms.kronor import NO_BREAK_SPACE, decimal_comma, in_words

Filled = Mapping[str, str]

UNKNOWN = "okänt belopp"


def draft_board_paper(distribution: Distribution, head: Letterhead, report_by: date) -> BoardPaper:
    """Gives a board paper to read through and better: every heading of the scheme with its text, and the annex.

    head        the region as sender, its diary number and the day; the board needs no address
    report_by   the last day to report to the agency, from the agency's decision
    Raises Fault where the scheme does not say how the region's board papers look.
    """
    rules = distribution.scheme.board_paper
    if rules is None:
        title = distribution.scheme.title
        raise Fault(title, "Ordningen säger inte hur tjänsteutlåtandet ser ut.", "Lägg till [board_paper] i dess fil.")
    whole = _of_the_paper(distribution, head, report_by, rules.board.value)
    return BoardPaper(
        head=head,
        kind=rules.kind.value,
        title=fill(rules.title.value, whole),
        board=rules.board.value,
        unit=rules.unit.value,
        sections=tuple(_section(section, distribution, whole) for section in rules.sections),
        signatories=rules.signatories.value,
        annex=annex_of(distribution, fill(rules.annex.value, whole)),
    )


def approved_by(title: str, day: date) -> str:
    """Says who approved the paper and when, as the region's papers end."""
    return f"Godkänd av {title}, {day:%Y-%m-%d}"


def fill(text: str, values: Filled) -> str:
    """Fills in the blanks of a phrase; what stands in the values is never read as a phrase itself."""
    return BLANK.sub(lambda blank: values[blank[1]], text)


def _section(section: PaperSection, distribution: Distribution, whole: Filled) -> Section:
    points = _filled(section.points, distribution, whole)
    paragraphs = [
        *_filled(section.paragraphs, distribution, whole),
        *(f"{number}. {point}" for number, point in enumerate(points, 1)),
    ]
    return Section(section.id, section.heading, section.level, "\n\n".join(paragraphs))


def _filled(phrases: Iterable[Phrase], distribution: Distribution, whole: Filled) -> Iterator[str]:
    for phrase in phrases:
        for values in _each(phrase.each, distribution):
            yield fill(phrase.text, {**whole, **values})


def _of_the_paper(distribution: Distribution, head: Letterhead, report_by: date, board: str) -> Filled:
    return {
        "board": board,
        "region": head.sender.name,
        "year": str(distribution.scheme.year),
        "received": in_words(distribution.received),
        "left": _said(distribution.left),
        "report_by": day_in_words(report_by),
    }


def _each(each: Each, distribution: Distribution) -> Iterable[Filled]:
    """What a phrase is written once for, with what is known of each."""
    scheme: Scheme = distribution.scheme
    match each:
        case "paper":
            return ({},)
        case "transfer":
            return (_transfer(transfer, distribution) for transfer in scheme.transfers)
        case "effort":
            return (_effort(effort, distribution) for effort in scheme.efforts)
        case "report":
            return map(_report, scheme.reports)
        case "mandate":
            return ({"holder": scheme.mandate.holder.value},) if scheme.mandate else ()


def _transfer(transfer: Transfer, distribution: Distribution) -> Filled:
    return {
        "share": f"{decimal_comma(100 * transfer.share.value)}{NO_BREAK_SPACE}procent",
        "kronor": _said(distribution.line(transfer.id).kronor),
        "receiver": transfer.receiver.value,
        "purpose": transfer.purpose.value,
    }


def _effort(effort: Effort, distribution: Distribution) -> Filled:
    return {
        "name": effort.name.value,
        "owner": effort.owner.value,
        "kronor": _said(distribution.line(effort.id).kronor),
    }


def _report(report: Reporting) -> Filled:
    return {
        "who": report.who.value,
        "contents": report.contents.value,
        "receiver": report.receiver.value,
        "last_day": day_in_words(report.last_day.value),
    }


def _said(kronor: int | None) -> str:
    return UNKNOWN if kronor is None else in_words(kronor)
