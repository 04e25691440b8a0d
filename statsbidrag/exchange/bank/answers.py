"""The bank's answers: status reports (pain.002) and notifications of what was booked (camt.054), read as they stand.

Only what is booked counts as paid: that the bank has accepted a payment, or even calls it settled, is not yet an entry
on the account. What a file says of other things than our payments is read all the same, so that it can be listed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from statsbidrag.exchange.bank.reasons import meaning
from statsbidrag.exchange.characters import one_line
from statsbidrag.exchange.markup import Element, all_at, read_foreign, text_at
from statsbidrag.terms.faults import Fault

Outcome = Literal["paid", "accepted", "rejected", "pending", "returned"]

_STATUS: dict[str, Outcome] = {
    **dict.fromkeys(("ACTC", "ACCP", "ACSP", "ACWC", "ACWP", "ACFC", "ACSC", "ACCC"), "accepted"),
    **dict.fromkeys(("RJCT", "CANC", "BLCK"), "rejected"),
}
# Some payments were accepted and some not, or nothing is said: only the payments themselves can tell.
_UNSAID = frozenset({"PART", "PATC", ""})
_NO_REFERENCE = "NOTPROVIDED"
_WHOLE = re.compile(r"(\d{1,15})(?:\.0*)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class PaymentAnswer:
    """What the bank says of one payment, or of a whole file of ours.

    reference        the payment's own; empty where the bank states none, or answers for the whole file
    batch            the number of our file that it is about, where the bank states it
    outcome          ``paid`` is booked; ``returned`` is money that came in; ``pending`` is not decided yet
    day              the day of the answer; ``booked`` is the day of the entry on the account
    reason           the bank's code; ``says`` is what it means, with the bank's own words
    amount           as the bank writes it, ``226542.00 SEK``; ``kronor`` where that is whole kronor
    bank_reference   the bank's number of the entry, which tells an answer sent again from a payment made again
    """

    reference: str
    batch: str
    outcome: Outcome
    day: date
    whole_file: bool = False
    reason: str = ""
    says: str = ""
    amount: str = ""
    kronor: int | None = None
    booked: date | None = None
    bank_reference: str = ""


def read_answers(content: bytes, where: str) -> tuple[PaymentAnswer, ...]:
    """Gives everything that a pain.002 or camt.054 file says of payments, in the order of the file.

    Raises Fault where the file cannot be read, is hostile, or is another message.
    """
    root = read_foreign(content, where)
    for report in all_at(root, "CstmrPmtStsRpt"):
        return tuple(_status_report(report, where))
    for notification in all_at(root, "BkToCstmrDbtCdtNtfctn"):
        return tuple(_booked(notification, where))
    why = "Filen är varken en statusrapport (pain.002) eller en avisering (camt.054)."
    raise Fault(where, why, "Välj en av de filer som banken svarar med på våra betalningsfiler.")


def _status_report(report: Element, where: str) -> Iterator[PaymentAnswer]:
    """Reads a pain.002: the status of the file, of its parts, and of each payment."""
    batch = text_at(report, "OrgnlGrpInfAndSts/OrgnlMsgId")
    if not batch:
        raise Fault(where, "Rapporten säger inte vilken fil den gäller.", "Be banken om en ny.")
    day = _day(report, ("GrpHdr/CreDtTm",), where)
    for path, status in (("OrgnlGrpInfAndSts", "GrpSts"), ("OrgnlPmtInfAndSts", "PmtInfSts")):
        for part in all_at(report, path):
            if text_at(part, status) not in _UNSAID:
                yield replace(_status(part, text_at(part, status), batch, day), whole_file=True)
    for payment in all_at(report, "OrgnlPmtInfAndSts/TxInfAndSts"):
        if text_at(payment, "TxSts"):
            yield _status(payment, text_at(payment, "TxSts"), batch, day)


def _status(part: Element, code: str, batch: str, day: date) -> PaymentAnswer:
    reason = text_at(part, "StsRsnInf/Rsn/Cd") or text_at(part, "StsRsnInf/Rsn/Prtry")
    words = [text.text or "" for text in all_at(part, "StsRsnInf/AddtlInf")]
    unknown = "" if code in _STATUS or code == "PDNG" else f"Banken svarar {code}."
    return PaymentAnswer(
        reference=_reference(part, "OrgnlEndToEndId"),
        batch=batch,
        outcome=_STATUS.get(code, "pending"),
        day=day,
        reason=reason,
        says=_sentence(unknown, meaning(reason), *words),
    )


def _booked(notification: Element, where: str) -> Iterator[PaymentAnswer]:
    """Reads a camt.054: every entry on the account, each payment of a collected entry by itself."""
    created = _day(notification, ("GrpHdr/CreDtTm",), where)
    for entry in all_at(notification, "Ntfctn/Ntry"):
        details = list(all_at(entry, "NtryDtls/TxDtls"))
        for detail in details or [entry]:
            yield _entry(entry, detail, alone=len(details) < 2, created=created, where=where)


def _entry(entry: Element, detail: Element, *, alone: bool, created: date, where: str) -> PaymentAnswer:
    """Reads one payment of an entry; ``detail`` is the entry itself where the bank gives no details."""
    status = text_at(entry, "Sts/Cd") or text_at(entry, "Sts")
    booked = _day(entry, ("BookgDt/Dt", "BookgDt/DtTm"), where, missing=created)
    amount, kronor = _amount(detail)
    if not amount and alone:
        amount, kronor = _amount(entry)
    incoming = (text_at(detail, "CdtDbtInd") or text_at(entry, "CdtDbtInd")) == "CRDT"
    reason = text_at(detail, "RtrInf/Rsn/Cd") or text_at(detail, "RtrInf/Rsn/Prtry")
    words = [text.text or "" for text in all_at(detail, "RtrInf/AddtlInf")]
    is_booked = status == "BOOK"
    return PaymentAnswer(
        reference=_reference(detail, "Refs/EndToEndId"),
        batch=text_at(detail, "Refs/MsgId") or text_at(entry, "NtryDtls/Btch/MsgId"),
        outcome=("returned" if incoming else "paid") if is_booked else "pending",
        day=booked if is_booked else created,
        whole_file=detail is entry,
        reason=reason,
        says=_sentence(meaning(reason), *words),
        amount=amount,
        kronor=kronor,
        booked=booked if is_booked else None,
        bank_reference=text_at(detail, "Refs/AcctSvcrRef") or text_at(entry, "AcctSvcrRef"),
    )


def _reference(element: Element, path: str) -> str:
    reference = text_at(element, path)
    return "" if reference == _NO_REFERENCE else reference


def _amount(element: Element) -> tuple[str, int | None]:
    """Gives an amount as the bank writes it, and in kronor where it is whole kronor."""
    for path in ("Amt", "AmtDtls/TxAmt/Amt", "AmtDtls/InstdAmt/Amt"):
        for amount in all_at(element, path):
            number, currency = (amount.text or "").strip(), str(amount.get("Ccy", ""))
            whole = _WHOLE.fullmatch(number) if currency == "SEK" else None
            return f"{number} {currency}", int(whole[1]) if whole else None
    return "", None


def _day(element: Element, paths: tuple[str, ...], where: str, *, missing: date | None = None) -> date:
    """Gives the first day that is stated; the bank's clock is taken as it is."""
    text = next(filter(None, (text_at(element, path) for path in paths)), "")
    if not text and missing:
        return missing
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        raise Fault(where, f"”{text}” är inget datum.", "Be banken om en ny fil.") from None


def _sentence(*parts: str) -> str:
    return " ".join(filter(None, map(one_line, parts)))
