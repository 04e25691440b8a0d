"""Vouchers for the finance system: what the ledger has moved since last time, each voucher handed over once."""

from datetime import datetime

from statsbidrag.portal import access, handover
from statsbidrag.portal.access import Visitor
from statsbidrag.portal.actions.cases import round_case
from statsbidrag.portal.actions.diary import enter
from statsbidrag.portal.models import Case, VoucherFile
from statsbidrag.portal.queries import vouchers as reading
from statsbidrag.portal.writing import writing
from statsbidrag.terms.faults import Fault


def hand_over_vouchers(visitor: Visitor | None, year: int, now: datetime) -> VoucherFile:
    """Makes a file of the vouchers that have not been handed over, and enters it in the round's case (adm-12).

    Raises Fault where there are none.
    """
    finance = access.require(visitor, "prepare payment")
    with writing():
        made = enter_new(finance, year, round_case(year, now), now)
        if made is None:
            why = "Alla verifikationer är redan överlämnade."
            raise Fault(f"verifikationer {year}", why, "Hämta dem i listan på sidan.")
        return made


def enter_new(finance: Visitor, year: int, case: Case, now: datetime) -> VoucherFile | None:
    """The same within a deed that has asked for the right; None where there is nothing new to book."""
    first, postings = reading.not_handed_over(year)
    if not postings:
        return None
    last = first + len(postings) - 1
    document = enter(case, handover.voucher_paper(year, postings, first, now.date()), now, by=finance.id)
    return VoucherFile.objects.create(year=year, first=first, last=last, at=now, by_id=finance.id, document=document)
