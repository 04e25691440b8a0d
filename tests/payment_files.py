"""Deeds that the tests of the payments share, and files of answers written by hand."""

from datetime import date, datetime

from statsbidrag.portal.access import Visitor
from statsbidrag.portal.actions import payments
from statsbidrag.portal.models import PaymentBatch, Registry
from statsbidrag.terms.dates import SWEDISH_TIME

_DECIDED = datetime(2025, 5, 13, 10, tzinfo=SWEDISH_TIME)
_PAY_DAY = date(2025, 5, 26)


def prepared(finance: Visitor) -> PaymentBatch:
    """A batch of all that is due."""
    return payments.prepare_batch(finance, 2025, _PAY_DAY, _DECIDED)


def handed_over(finance: Visitor, colleague: Visitor, *, without_address: str = "") -> PaymentBatch:
    """A batch of all that is due, attested by both and handed over."""
    Registry.objects.filter(recipient=without_address).update(lines=[])
    batch = prepared(finance)
    for attester in (finance, colleague):
        payments.attest(attester, 2025, batch.number, _DECIDED)
    payments.hand_over(finance, 2025, batch.number, _DECIDED)
    return batch


def status_list(*lines: str) -> bytes:
    """A list of states as the finance system would write it."""
    return "\r\n".join(("referens;läge;dag;varför;belopp", *lines)).encode("utf-8-sig")


def notification(*entries: str) -> bytes:
    """A notification of what the bank has booked (camt.054)."""
    return (
        '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.054.001.08"><BkToCstmrDbtCdtNtfctn>'
        "<GrpHdr><MsgId>N-1</MsgId><CreDtTm>2025-05-27T06:00:00</CreDtTm></GrpHdr><Ntfctn><Id>N-1</Id>"
        f"{''.join(entries)}</Ntfctn></BkToCstmrDbtCdtNtfctn></Document>"
    ).encode()


def booked(reference: str, kronor: int, *, side: str = "DBIT", number: str = "") -> str:
    """An entry on the account that is one payment."""
    return (
        f'<Ntry><Amt Ccy="SEK">{kronor}.00</Amt><CdtDbtInd>{side}</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>'
        f"<BookgDt><Dt>2025-05-26</Dt></BookgDt><AcctSvcrRef>{number or reference}</AcctSvcrRef><NtryDtls><TxDtls>"
        f"<Refs><EndToEndId>{reference}</EndToEndId></Refs></TxDtls></NtryDtls></Ntry>"
    )


def rejected(reference: str, message_id: str = "SB-2025-001", reason: str = "AC04") -> bytes:
    """A status report that rejects one payment (pain.002)."""
    return (
        '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt>'
        "<GrpHdr><MsgId>S-1</MsgId><CreDtTm>2025-05-26T10:00:00</CreDtTm></GrpHdr>"
        f"<OrgnlGrpInfAndSts><OrgnlMsgId>{message_id}</OrgnlMsgId></OrgnlGrpInfAndSts><OrgnlPmtInfAndSts><TxInfAndSts>"
        f"<OrgnlEndToEndId>{reference}</OrgnlEndToEndId><TxSts>RJCT</TxSts>"
        f"<StsRsnInf><Rsn><Cd>{reason}</Cd></Rsn></StsRsnInf></TxInfAndSts></OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>"
    ).encode()
