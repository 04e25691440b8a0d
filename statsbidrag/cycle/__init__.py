"""The nine steps of a grant round, pure: values in, values out. This page is their table of contents.

1  allocation (fördelning)           divide the pot into a ceiling per recipient
2  requisition (rekvisition)         a recipient asks for an amount up to its ceiling
3  reallocation (omfördelning)       what nobody asked for goes to those who wanted more
4  decision (beslut)                 sum, calendar year, conditions, last day to report, no appeal
5  payment (utbetalning)             one lump sum each, exactly once, or withheld with a reason
6  distribution (vidarefördelning)   a region passes it on: transfers, efforts, fixed support, visits
7  report (återrapportering)         the form; at most five submissions, the last counts
8  repayment (återbetalning)         grounds, communication, claim or waiver, invoice, settled
9  account (samlad redovisning)      who got what, used it how, with what result

Only this page knows the numbers of the steps; everyone else asks it for what they do. Beside them stand what several
steps share: the round, the ledger, the form, the scheme, clinics and visits.
"""

from statsbidrag.cycle.step_1_allocation import (
    Allocation,
    AllocationRules,
    ChildrenTable,
    Count,
    Published,
    Share,
    allocate,
)
from statsbidrag.cycle.step_2_intake import Intake, gather
from statsbidrag.cycle.step_2_requisition import REQUISITION_STATES, Requisition, Review
from statsbidrag.cycle.step_3_reallocation import Reallocation, reallocate
from statsbidrag.cycle.step_4_authority import DECISION_KINDS, Approval, Bias, DecisionKind, Mandate, Register
from statsbidrag.cycle.step_4_decision import Basis, Decision, Proposal, decide, standing
from statsbidrag.cycle.step_5_payment import BankAnswer, Batch, GiroAccount, History, Payable, Payment, Withholding, pay
from statsbidrag.cycle.step_6_distribution import LINE_KINDS, Distribution, Plan, distribute
from statsbidrag.cycle.step_6_visit_pay import Judge, SettledMonth, Verdict, settle
from statsbidrag.cycle.step_7_reasons import why, why_fired
from statsbidrag.cycle.step_7_report import Outcome, work_through
from statsbidrag.cycle.step_7_submission import begin, certify, lock, reopen, submit, write
from statsbidrag.cycle.step_7_versions import Certificate, Report, Version
from statsbidrag.cycle.step_8_claim import Claim, Communication, ObviouslyUnnecessary, claim
from statsbidrag.cycle.step_8_invoice import Invoice, Repaid, Respite, invoice
from statsbidrag.cycle.step_8_repayment import Holdings, Liability, Owed, owed, unreported, unused_in_batch
from statsbidrag.cycle.step_8_settlement import SETTLEMENT_STATES, Settlement, settle_invoice
from statsbidrag.cycle.step_9_account import Account, Line, Reported, Visits, account

__all__ = [
    "DECISION_KINDS",
    "LINE_KINDS",
    "REQUISITION_STATES",
    "SETTLEMENT_STATES",
    "Account",
    "Allocation",
    "AllocationRules",
    "Approval",
    "BankAnswer",
    "Basis",
    "Batch",
    "Bias",
    "Certificate",
    "ChildrenTable",
    "Claim",
    "Communication",
    "Count",
    "Decision",
    "DecisionKind",
    "Distribution",
    "GiroAccount",
    "History",
    "Holdings",
    "Intake",
    "Invoice",
    "Judge",
    "Liability",
    "Line",
    "Mandate",
    "ObviouslyUnnecessary",
    "Outcome",
    "Owed",
    "Payable",
    "Payment",
    "Plan",
    "Proposal",
    "Published",
    "Reallocation",
    "Register",
    "Repaid",
    "Report",
    "Reported",
    "Requisition",
    "Respite",
    "Review",
    "SettledMonth",
    "Settlement",
    "Share",
    "Verdict",
    "Version",
    "Visits",
    "Withholding",
    "account",
    "allocate",
    "begin",
    "certify",
    "claim",
    "decide",
    "distribute",
    "gather",
    "invoice",
    "lock",
    "owed",
    "pay",
    "reallocate",
    "reopen",
    "settle",
    "settle_invoice",
    "standing",
    "submit",
    "unreported",
    "unused_in_batch",
    "why",
    "why_fired",
    "work_through",
    "write",
]
