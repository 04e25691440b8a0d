"""A region's letters and papers with made-up contents, for the tests that need them."""

from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction

from made_up_decisions import HEAD
from made_up_visits import THIRD, scheme_named

from statsbidrag.cycle.clinics import IndexValue
from statsbidrag.cycle.step_6_distribution import LEFT, DelegationDecision, Distribution, Plan, distribute
from statsbidrag.cycle.step_6_visit_pay import SettledMonth
from statsbidrag.exchange.board_paper import approved_by, draft_board_paper
from statsbidrag.exchange.letters.fixed_support import SupportDecision, SupportReceipt, duties_of, rules_quoted
from statsbidrag.exchange.letters.letterhead import Addressee, Letter, Letterhead, Reference, Sender
from statsbidrag.exchange.letters.receipts import Answer, AnsweredPage
from statsbidrag.exchange.letters.statement import ClinicStatement, UnpaidVisit, line_of, rates_of

RECEIVED = 16_259_682
BUDGETS = {"bhv_projects": 6_000_000, "new_projects": 3_000_000, "ces_method": 1_500_000, "suppliers": 4_000_000}
REPORT_BY = date(2026, 3, 1)
DIARY_NUMBER = "PVN 2025-0112"
ADDRESS = ("Exempelgatan 1, 100 00 Exempelstad",)


def head_of(region: str, recipient: Addressee | None = None) -> Letterhead:
    """The head of a region's own letter."""
    sender = Sender(region, ADDRESS, "registrator@example.org")
    paper = replace(HEAD, sender=sender, recipient=recipient, our_number=DIARY_NUMBER, document_number=3)
    return replace(paper, your_number="", copies=())


def planned() -> Distribution:
    """Region Stockholm's distribution with made-up budgets, before any delegation decision."""
    return distribute(scheme_named("stockholm-2025")[0], RECEIVED, plan=Plan(BUDGETS))


def moved() -> Distribution:
    """The same after two delegation decisions."""
    first = DelegationDecision(1, date(2025, 9, 2), "ces_method", "suppliers", 500_000, "Fler BVC vill vara med.")
    second = DelegationDecision(2, date(2025, 10, 6), LEFT, "new_projects", 1_000_000, "Medel återstod i oktober.")
    return planned().decide(first).decide(second)


PAPER = replace(
    draft_board_paper(moved(), head_of("Region Stockholm"), REPORT_BY),
    approved=approved_by("Hälso- och sjukvårdsdirektör", date(2025, 5, 27)),
)
UNKNOWN_PAPER = draft_board_paper(
    distribute(scheme_named("stockholm-2025")[0], RECEIVED), head_of("Region Stockholm"), REPORT_BY
)
THIRD_PAPER = draft_board_paper(
    distribute(scheme_named(THIRD)[0], 2_000_000, scheme_named(THIRD)[1].values()), head_of("Region Exempel"), REPORT_BY
)

OREBRO, CLINICS = scheme_named("orebro-2025")
KARLA = Addressee("Karla vårdcentral", "232100-0164", ("Verksamhetschefen", "Exempelgatan 2", "100 00 Exempelstad"))
PRIVATE = Addressee("Exempelvårdens BVC (påhittad)", "232100-0024", ("Verksamhetschefen", "100 00 Exempelstad"))
SEPTEMBER = SettledMonth("Karla vårdcentral", 9, 6, 5, 4, 12_500, 9_000, 2_800, 1, 2)
SEPTEMBER_AGAIN = SettledMonth("Karla vårdcentral", 9, 6, 6, 5, 15_000, 10_800, 3_500, 0, 2)
OCTOBER = SettledMonth("Karla vårdcentral", 10, 9, 7, 6, 17_500, 12_600, 4_200, 1, 0, 1)
UNPAID = (
    UnpaidVisit(date(2025, 10, 3), "utökat", "31", "Att koda: socialtjänsten medverkade, men ZV509 saknas"),
    UnpaidVisit(date(2025, 10, 9), "ordinarie", "34", "Ingen av ordningens ersättningar gäller ett sådant besök"),
)
STATEMENT = ClinicStatement(
    head=head_of("Region Örebro län", KARLA),
    number="2025-3-7",
    form="own",
    cost_centre="2210",
    lines=(line_of(2025, SEPTEMBER_AGAIN, SEPTEMBER), line_of(2025, OCTOBER)),
    unpaid=UNPAID,
    rates=rates_of(OREBRO, fixed_support=False),
    assumptions=("Besök före den 18 september 2025 följer rutinen, som inte säger något om dem.",),
)
PRIVATE_STATEMENT = replace(
    STATEMENT,
    head=head_of("Region Örebro län", PRIVATE),
    number="2025-3-8",
    form="private",
    cost_centre="",
    lines=(line_of(2025, replace(SEPTEMBER, kronor=2_500), SEPTEMBER),),
    unpaid=(),
)
APPLICATION = Reference(DIARY_NUMBER, 2, date(2025, 9, 22))
PLAN = AnsweredPage(
    "Er plan",
    (
        Answer("Hur många utökade hembesök planeras att genomföras?", "120 besök"),
        Answer("När planerar ni att starta?", "2025-10-01"),
    ),
)
SUPPORT_RECEIPT = SupportReceipt(
    head=head_of("Region Örebro län", KARLA),
    receiver="Centrala barnhälsovårdsenheten",
    document=APPLICATION,
    arrived=datetime(2025, 9, 22, 12, 5, tzinfo=UTC),
    sent_by="Verksamhetschef (påhittad)",
    pages=(PLAN,),
)
assert OREBRO.fixed_support
ELIGIBLE = OREBRO.fixed_support.eligible
KARLA_IN_REGISTER = replace(
    CLINICS["Karla vårdcentral"], index=IndexValue("nationellt barn-CNI", 2025, Fraction("2.31"), "riket")
)
SUPPORT = SupportDecision(
    head=head_of("Region Örebro län", KARLA),
    application=APPLICATION,
    granted=True,
    kronor=600_000,
    first_day=date(2025, 10, 1),
    last_day=date(2025, 12, 31),
    reasons=("Ert nationella barn-CNI är över 2, och planen visar att ni kan börja i oktober.",),
    because=ELIGIBLE.because(KARLA_IN_REGISTER, OREBRO.rules),
    rules=rules_quoted(OREBRO.fixed_support),
    rates=rates_of(OREBRO, fixed_support=True),
    reports=duties_of(OREBRO),
    support="Centrala barnhälsovårdsenheten erbjuder avstämningsmöten och stöd under uppstarten",
    decision_maker="Enhetschef (påhittad)",
)
TWO = replace(KARLA_IN_REGISTER, index=IndexValue("nationellt barn-CNI", 2025, Fraction(2), "riket"))
REFUSAL = replace(
    SUPPORT,
    granted=False,
    kronor=None,
    first_day=None,
    last_day=None,
    reasons=("Ert nationella barn-CNI är 2,00. Det ska vara över 2.",),
    because=ELIGIBLE.because(TWO, OREBRO.rules),
    rates=rates_of(OREBRO, fixed_support=False),
    reports=(),
    support="",
)
REGION_LETTERS: dict[str, Letter] = {
    "board paper": PAPER,
    "board paper with unknown sums": UNKNOWN_PAPER,
    "board paper of a third region": THIRD_PAPER,
    "statement": STATEMENT,
    "statement to a private clinic": PRIVATE_STATEMENT,
    "statement to a clinic of unknown form": replace(STATEMENT, form=None),
    "receipt for an application": SUPPORT_RECEIPT,
    "fixed support": SUPPORT,
    "fixed support of an unknown sum": replace(SUPPORT, kronor=None),
    "refusal of fixed support": REFUSAL,
}
