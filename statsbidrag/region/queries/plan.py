"""A region's plan as it stands: the scheme's lines with the region's own sums, and once decided what the book says."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from statsbidrag.cycle.regional_book import RegionalBook, RegionalPosting
from statsbidrag.cycle.scheme import Effort, Scheme
from statsbidrag.cycle.step_6_distribution import DelegationDecision, Distribution, Line, Plan, outlined
from statsbidrag.region.models import MandateMove, PlannedSum, Project, RegionYear
from statsbidrag.region.queries.book import book_of
from statsbidrag.region.queries.years import known_clinics, scheme_named
from statsbidrag.terms.because import Because
from statsbidrag.terms.dates import day_in_words
from statsbidrag.terms.kronor import in_words
from statsbidrag.terms.sources import Stated

FIXED_SUPPORT, VISIT_PAY = "fixed_support", "visit_pay"
# What the board's decision is booked as; whatever comes after it in the book has changed the plan.
ADOPTED = "nämndens beslut "
_OWN = "Regionens eget beslut. Ordningens fil säger inget om den."


@dataclass(frozen=True, slots=True)
class RegionPlan:
    """A region's plan: what it divides, into which lines, and how far that is decided and booked.

    sums   what the planner has given to efforts, to fixed support and to pay per visit; None where that is unknown
    """

    begun: RegionYear
    distribution: Distribution
    book: RegionalBook
    sums: Mapping[str, int | None]
    projects: tuple[Project, ...]

    @property
    def scheme(self) -> Scheme:
        """The scheme with the region's own efforts among its efforts."""
        return self.distribution.scheme

    @property
    def adopted(self) -> date | None:
        """When the board decided the plan, or None."""
        return self.begun.adopted

    @property
    def left(self) -> int | None:
        """What is not distributed: by the draft, or by the book once the plan is decided; None where it is unknown."""
        return self.book.of("left") if self.adopted else self.distribution.left

    @property
    def unknown(self) -> list[Line]:
        """The lines whose sums are unknown."""
        return [line for line in self.distribution.lines if line.kronor is None]

    def name_of(self, line: str) -> str:
        """Gives the name of a line by its id; the id itself where the plan has no such line any more."""
        return next((each.name for each in self.distribution.lines if each.id == line), line)

    def unpaid(self, line: str) -> int:
        """What is planned for a line and not paid yet."""
        return self.book.of("planned", line)


def plan_of(begun: RegionYear) -> RegionPlan:
    """Gives a region's plan: before the board's decision by the draft, after it by the book."""
    region, year = begun.region, begun.year
    projects = tuple(Project.objects.filter(region=region, year=year))
    scheme, book, sums = with_own(scheme_named(begun.scheme), projects), book_of(region, year), planned_sums(begun)
    clinics = known_clinics(region, year).values() if scheme.fixed_support else ()
    received = _before_the_decision(book) if begun.adopted else book.received
    distribution = outlined(scheme, received, clinics, as_plan(scheme, sums))
    if not received:
        distribution = replace(distribution, lines=tuple(map(_of_nothing_received, distribution.lines)))
    if begun.adopted:
        moves = tuple(decision_of(move) for move in MandateMove.objects.filter(region=region, year=year))
        distribution = _as_booked(distribution, book, begun.adopted, moves)
    return RegionPlan(begun, distribution, book, sums, projects)


def planned_sums(begun: RegionYear) -> dict[str, int | None]:
    """Gives the sum that the planner last gave to each line."""
    rows = PlannedSum.objects.filter(region=begun.region, year=begun.year).values_list("line", "kronor")
    return dict(rows)


def as_plan(scheme: Scheme, sums: Mapping[str, int | None]) -> Plan:
    """Gives the planner's sums as the step knows them; what nobody has given a sum is unknown, never 0."""
    efforts = {effort.id for effort in scheme.efforts}
    known = {line: kronor for line, kronor in sums.items() if line in efforts and kronor is not None}
    return Plan(known, sums.get(FIXED_SUPPORT), sums.get(VISIT_PAY))


def with_own(scheme: Scheme, projects: Iterable[Project]) -> Scheme:
    """Gives a scheme with the region's own efforts after those that its file names."""
    own = tuple(_effort(project) for project in projects)
    return replace(scheme, efforts=(*scheme.efforts, *own)) if own else scheme


def decision_of(move: MandateMove) -> DelegationDecision:
    """Gives a use of the mandate as the step knows it."""
    return DelegationDecision(move.number, move.day, move.moved_from, move.moved_to, move.kronor, move.reason)


def _effort(project: Project) -> Effort:
    return Effort(
        project.slug,
        Stated(project.name, assumption=_OWN),
        Stated(project.owner, assumption=_OWN),
        Stated(project.since, assumption=_OWN),
        Stated(None, assumption=_OWN),
        Stated(project.ends, assumption=_OWN) if project.ends else None,
    )


def _of_nothing_received(line: Line) -> Line:
    """A share of what nobody knows is unknown, never 0."""
    if line.kind != "transfer":
        return line
    says = f"{line.name}: okänt tills det mottagna är infört"
    return replace(line, kronor=None, because=replace(line.because, says=says, value=None, steps=()))


def _before_the_decision(book: RegionalBook) -> int:
    """What had been received when the board decided; its shares were taken of that."""
    received = 0
    for posting in book.postings:
        if posting.reference.startswith(ADOPTED):
            break
        received += posting.kronor if posting.cause == "received" else 0
    return received


def _as_booked(
    draft: Distribution, book: RegionalBook, adopted: date, moves: tuple[DelegationDecision, ...]
) -> Distribution:
    """The lines with what the book has for each; a line that the book does not know has been given nothing."""
    changes: dict[str, list[RegionalPosting]] = {}
    for posting in book.postings:
        if posting.cause in ("planned", "unplanned"):
            changes.setdefault(posting.line, []).append(posting)
    totals: dict[str, int] = {}
    for (account, line), kronor in book.balances.items():
        if account in ("planned", "paid", "reported"):
            totals[line] = totals.get(line, 0) + kronor
    lines = tuple(_decided(line, totals.get(line.id, 0), changes.get(line.id, []), adopted) for line in draft.lines)
    kept = book.received - book.of("given back")
    return replace(draft, received=kept, lines=lines, decisions=moves)


def _decided(line: Line, kronor: int, changes: list[RegionalPosting], adopted: date) -> Line:
    if not changes:
        says = f"{line.name}: inget är planerat i nämndens beslut den {day_in_words(adopted)}"
        return replace(line, kronor=0, because=Because(says, 0, "kr"))
    later = tuple(_change(posting) for posting in changes if not posting.reference.startswith(ADOPTED))
    steps = (line.because, *later) if line.kronor is not None else later
    says = f"{line.name}: {in_words(kronor)} enligt nämndens beslut den {day_in_words(adopted)}"
    says += " och senare beslut" if later else ""
    return replace(line, kronor=kronor, because=Because(says, kronor, "kr", steps=steps))


def _change(posting: RegionalPosting) -> Because:
    kronor = posting.kronor if posting.cause == "planned" else -posting.kronor
    return Because(f"{posting.says}, den {day_in_words(posting.day)}", kronor, "kr")
