"""A round (omgång): one year's rules, one section for each step, in the order of the steps."""

from dataclasses import dataclass
from datetime import date

from statsbidrag.cycle.step_1_allocation import AllocationRules
from statsbidrag.cycle.step_2_requisition import RequisitionRules
from statsbidrag.cycle.step_3_reallocation import ReallocationRules
from statsbidrag.cycle.step_4_decision import DecisionRules
from statsbidrag.cycle.step_5_payment import PaymentRules
from statsbidrag.cycle.step_7_report import ReportRules
from statsbidrag.cycle.step_8_repayment import RepaymentRules
from statsbidrag.cycle.step_9_account import AccountRules
from statsbidrag.terms.sources import Stated


@dataclass(frozen=True, slots=True)
class Round:
    """One year's round of the grant. Step 6 has no section: a region's own rules are a scheme.

    law           the file of the words that its letters use
    legal_basis   the ordinance, or the Government's commission, that the round rests on
    in_force      the day the ordinance took effect; None where the round rests on a commission
    task          what the agency is to do
    regulations   whether the agency may issue regulations of its own, and whether it has
    """

    year: int
    law: str
    title: Stated[str]
    legal_basis: Stated[str]
    task: Stated[str]
    allocation: AllocationRules
    requisition: RequisitionRules
    reallocation: ReallocationRules
    decision: DecisionRules
    payment: PaymentRules
    report: ReportRules
    repayment: RepaymentRules
    account: AccountRules
    in_force: Stated[date] | None = None
    regulations: Stated[str] | None = None
