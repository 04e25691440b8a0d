"""The rows, by step. Money and the diary only grow: the database itself refuses to alter or delete them."""

from statsbidrag.portal.models.accounts import JointAccount, JointAccountEvent
from statsbidrag.portal.models.decisions import Approval, Bias, Decision, Mandate
from statsbidrag.portal.models.diary import Case, DiaryEntry, Document, DocumentContent
from statsbidrag.portal.models.ledger import LedgerEntry
from statsbidrag.portal.models.payments import (
    AnswerFile,
    Attestation,
    BankAnswer,
    GiroChange,
    GiroCheck,
    Payment,
    PaymentBatch,
    VoucherFile,
)
from statsbidrag.portal.models.people import AgentApplication, AgentApplicationEvent, Invitation, Person, Role
from statsbidrag.portal.models.post import Mail, ReminderRun
from statsbidrag.portal.models.released import ReleasedFigures
from statsbidrag.portal.models.repayments import (
    Communication,
    IncomingFile,
    IncomingPayment,
    Invoice,
    InvoiceEvent,
    Repayment,
)
from statsbidrag.portal.models.reports import (
    AcceptedReport,
    CompletionRequest,
    DraftEvent,
    DraftPage,
    ReceivedReport,
    ReportDraft,
)
from statsbidrag.portal.models.requisitions import ReceivedRequisition, RequisitionDraft
from statsbidrag.portal.models.rounds import ReallocatedShare, Registry, Round
from statsbidrag.portal.models.service import CaseNote, Deed, DemonstrationClock, Interrupted

__all__ = [
    "AcceptedReport",
    "AgentApplication",
    "AgentApplicationEvent",
    "AnswerFile",
    "Approval",
    "Attestation",
    "BankAnswer",
    "Bias",
    "Case",
    "CaseNote",
    "Communication",
    "CompletionRequest",
    "Decision",
    "Deed",
    "DemonstrationClock",
    "DiaryEntry",
    "Document",
    "DocumentContent",
    "DraftEvent",
    "DraftPage",
    "GiroChange",
    "GiroCheck",
    "IncomingFile",
    "IncomingPayment",
    "Interrupted",
    "Invitation",
    "Invoice",
    "InvoiceEvent",
    "JointAccount",
    "JointAccountEvent",
    "LedgerEntry",
    "Mail",
    "Mandate",
    "Payment",
    "PaymentBatch",
    "Person",
    "ReallocatedShare",
    "ReceivedReport",
    "ReceivedRequisition",
    "Registry",
    "ReleasedFigures",
    "ReminderRun",
    "Repayment",
    "ReportDraft",
    "RequisitionDraft",
    "Role",
    "Round",
    "VoucherFile",
]
