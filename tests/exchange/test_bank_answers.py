"""Status reports and notifications written by hand: what is read of them, and which payment it is about."""

from datetime import date

import made_up_money
import pytest
from made_up_money import TWO, history

from statsbidrag.exchange.bank.answers import PaymentAnswer, read_answers
from statsbidrag.exchange.bank.matching import match
from statsbidrag.exchange.bank.pain001 import write_pain001
from statsbidrag.terms.faults import Fault

FIRST, SECOND = (payment.reference for payment in TWO.payments)


def status_report(statuses: str, batch: str = TWO.message_id) -> bytes:
    """A status report written by hand."""
    return (
        '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.03"><CstmrPmtStsRpt>'
        "<GrpHdr><MsgId>S-1</MsgId><CreDtTm>2025-05-26T10:00:00</CreDtTm></GrpHdr>"
        f"<OrgnlGrpInfAndSts><OrgnlMsgId>{batch}</OrgnlMsgId>{statuses}</CstmrPmtStsRpt></Document>"
    ).encode()


def notification(*entries: str) -> bytes:
    """A notification written by hand, in an older version where the status is a text."""
    return (
        '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.054.001.02"><BkToCstmrDbtCdtNtfctn>'
        "<GrpHdr><MsgId>N-1</MsgId><CreDtTm>2025-05-29T06:00:00</CreDtTm></GrpHdr><Ntfctn><Id>N-1</Id>"
        f"{''.join(entries)}</Ntfctn></BkToCstmrDbtCdtNtfctn></Document>"
    ).encode()


def entry(
    details: str, amount: str = "226542.00", *, side: str = "DBIT", status: str = "BOOK", number: str = "E1"
) -> str:
    """An entry on the account, with what the bank says in detail of it."""
    return (
        f'<Ntry><Amt Ccy="SEK">{amount}</Amt><CdtDbtInd>{side}</CdtDbtInd><Sts>{status}</Sts>'
        f"<BookgDt><Dt>2025-05-28</Dt></BookgDt><AcctSvcrRef>{number}</AcctSvcrRef>"
        f"<NtryDtls>{details}</NtryDtls></Ntry>"
    )


def paid(reference: str, kronor: str = "226542.00") -> str:
    """The detail of an entry that is one payment."""
    amount = f'<AmtDtls><TxAmt><Amt Ccy="SEK">{kronor}</Amt></TxAmt></AmtDtls>'
    return f"<TxDtls><Refs><EndToEndId>{reference}</EndToEndId></Refs>{amount}</TxDtls>"


def transaction(reference: str, status: str) -> str:
    """The status of one payment."""
    return f"<TxInfAndSts><OrgnlEndToEndId>{reference}</OrgnlEndToEndId><TxSts>{status}</TxSts></TxInfAndSts>"


def of_one(reference: str, status: str, batch: str = TWO.message_id) -> bytes:
    """A status report of one payment."""
    part = f"<OrgnlPmtInfAndSts>{transaction(reference, status)}</OrgnlPmtInfAndSts>"
    return status_report(f"</OrgnlGrpInfAndSts>{part}", batch)


def outcomes(file: bytes) -> list[tuple[str, str]]:
    """What is matched of a file, by payment."""
    return [(answer.reference, answer.outcome) for answer in match(read_answers(file, "svar"), [TWO]).matched]


def whys(*files: bytes) -> list[str]:
    """Why what is not matched of some files is not."""
    answers = (answer for file in files for answer in read_answers(file, "svar"))
    return [unmatched.why for unmatched in match(answers, [TWO]).unmatched]


@pytest.mark.parametrize(
    ("code", "outcome"),
    [("ACTC", "accepted"), ("ACSC", "accepted"), ("RJCT", "rejected"), ("PDNG", "pending"), ("NYTT", "pending")],
)
def test_only_what_is_booked_counts_as_paid(code: str, outcome: str) -> None:
    assert outcomes(of_one(FIRST, code)) == [(FIRST, outcome)]


def test_a_status_that_we_do_not_know_is_shown_as_the_bank_writes_it() -> None:
    [answer] = read_answers(of_one(FIRST, "NYTT"), "svar")
    assert answer.says == "Banken svarar NYTT."


def test_in_a_partly_accepted_file_only_the_payments_that_are_named_are_answered() -> None:
    part = transaction(SECOND, "RJCT")
    report = f"<GrpSts>PART</GrpSts></OrgnlGrpInfAndSts><OrgnlPmtInfAndSts>{part}</OrgnlPmtInfAndSts>"
    matching = match(read_answers(status_report(report), "svar"), [TWO])
    assert [answer.reference for answer in matching.matched] == [SECOND]
    assert matching.waiting == TWO.payments[:1]


def test_a_rejection_says_the_banks_own_words_after_what_its_code_means() -> None:
    reason = "<StsRsnInf><Rsn><Cd>AC04</Cd></Rsn><AddtlInf>Avslutat\n 2024</AddtlInf></StsRsnInf>"
    answers = read_answers(status_report(f"<GrpSts>RJCT</GrpSts>{reason}</OrgnlGrpInfAndSts>"), "svar")
    assert [answer.says for answer in answers] == ["Mottagarens giro är avslutat. Avslutat 2024"]


def test_several_payments_in_one_entry_are_each_paid_by_their_own_sum() -> None:
    file = notification(entry(paid(FIRST) + paid(SECOND), "453084.00"))
    assert outcomes(file) == [(FIRST, "paid"), (SECOND, "paid")]
    assert [answer.kronor for answer in read_answers(file, "svar")] == [226_542, 226_542]


def test_an_entry_for_the_whole_file_pays_every_payment_in_it_where_the_sum_is_right() -> None:
    whole = f"<Btch><MsgId>{TWO.message_id}</MsgId></Btch>"
    assert outcomes(notification(entry(whole, "453084.00"))) == [(FIRST, "paid"), (SECOND, "paid")]
    assert whys(notification(entry(whole, "453083.00"))) == [
        "Filens summa är 453\u00a0084\u00a0kr, inte 453083.00 SEK."
    ]


def test_an_entry_that_is_not_booked_yet_pays_nothing() -> None:
    assert outcomes(notification(entry(paid(FIRST), status="PDNG"))) == [(FIRST, "pending")]


@pytest.mark.shows("adm-24")
def test_a_sum_that_is_not_the_payments_makes_the_payment_unclear() -> None:
    matching = match(read_answers(notification(entry(paid(FIRST, "226541.00"))), "svar"), [TWO])
    assert history(TWO, matching).states()[FIRST] == "unclear"


@pytest.mark.shows("adm-24")
@pytest.mark.parametrize(
    ("file", "why"),
    [
        (notification(entry(paid("UTB-9999"))), "Ingen betalning har referensen UTB-9999."),
        (notification(entry(paid("NOTPROVIDED"))), "Banken anger ingen referens."),
        (notification(entry("", "1.50")), "Banken anger ingen referens."),
        (notification(entry(paid(FIRST, "1" * 5000))), f"Beloppet {'1' * 5000} SEK är inte i hela kronor."),
        (notification(entry(paid(FIRST, "226542.50"))), "Beloppet 226542.50 SEK är inte i hela kronor."),
        (status_report("<GrpSts>ACCP</GrpSts></OrgnlGrpInfAndSts>", "SB-9"), "Ingen betalningsfil har numret SB-9."),
        (
            status_report(
                f"</OrgnlGrpInfAndSts><OrgnlPmtInfAndSts>{transaction(FIRST, 'ACCP')}</OrgnlPmtInfAndSts>", "SB-9"
            ),
            f"Betalningen skickades i filen {TWO.message_id}, inte i SB-9.",
        ),
    ],
    ids=["another's", "no reference", "a fee", "no sum", "öre", "another file", "the wrong file"],
)
def test_what_is_about_no_payment_of_ours_is_kept_and_says_why(file: bytes, why: str) -> None:
    assert whys(file) == [why]


@pytest.mark.shows("adm-12")
def test_a_payment_that_the_bank_books_twice_is_seen_and_the_same_answer_sent_again_is_not_one() -> None:
    once, again = notification(entry(paid(FIRST))), notification(entry(paid(FIRST), number="E2"))
    assert whys(once, once) == []
    assert whys(once, again) == ["Banken har redan bokfört den 2025-05-28 (E1)."]


def test_two_batches_may_share_neither_number_nor_reference() -> None:
    with pytest.raises(Fault, match="Två filer har samma nummer"):
        match([], [TWO, TWO])
    with pytest.raises(Fault, match="finns också i filen"):
        match([], [TWO, made_up_money.batch(TWO.payments, "DEMO-SB-2025-0002")])


ENTITY = '<!DOCTYPE d [<!ENTITY a "{}">]><Document><CstmrPmtStsRpt>&a;</CstmrPmtStsRpt></Document>'
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    ("file", "why"),
    [
        (b"", "går inte att läsa som XML"),
        (b"%PDF-1.7", "går inte att läsa som XML"),
        (b"<Document>", "går inte att läsa som XML"),
        (b"\xff\xfe\x00", "går inte att läsa som XML"),
        (b"<a>" * 300 + b"</a>" * 300, "går inte att läsa som XML"),
        (ENTITY.format("x").encode(), "DOCTYPE"),
        (ENTITY.format("x").encode("utf-16"), "DOCTYPE"),
        (b'<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]><Document>&a;</Document>', "DOCTYPE"),
        (b'<!DOCTYPE d SYSTEM "http://127.0.0.1:9/x.dtd"><Document/>', "DOCTYPE"),
        (f'<!DOCTYPE d [<!ENTITY l0 "ha">{LAUGHS}]><Document a="&l9;"/>'.encode(), "XML|DOCTYPE"),
        (b"<Document>" + b" " * 50_000_000 + b"</Document>", "större än 50 MB"),
        (b'<Document xmlns="urn:x"><BkToCstmrStmt/></Document>', "varken en statusrapport"),
        (write_pain001(TWO, made_up_money.AGENCY.bank_profile), "varken en statusrapport"),
        (status_report("</OrgnlGrpInfAndSts>", ""), "inte vilken fil den gäller"),
        (status_report("<GrpSts>ACCP</GrpSts></OrgnlGrpInfAndSts>").replace(b"2025-05-26T10", b"i dag"), "inget datum"),
        (notification(entry(paid(FIRST))).replace(b"2025-05-28", b"2025-02-30"), "inget datum"),
    ],
    ids=[
        *("empty", "a PDF", "unfinished", "not text", "too deep", "an entity", "an entity in UTF-16"),
        *("a file of ours", "a fetched type", "a billion laughs", "too large", "a statement"),
        *("our own file", "no file", "no day", "a 30th"),
    ],
)
def test_a_file_that_is_hostile_broken_or_another_is_refused(file: bytes, why: str) -> None:
    with pytest.raises(Fault, match=why) as refused:
        read_answers(file, "svar från banken, fil.xml")
    assert refused.value.where == "svar från banken, fil.xml"


def test_an_answer_says_what_it_was_about_when_it_is_listed() -> None:
    [unmatched] = match(read_answers(notification(entry("", "1.50")), "svar"), [TWO]).unmatched
    assert unmatched.answer == PaymentAnswer(
        "", "", "paid", date(2025, 5, 28), True, amount="1.50 SEK", booked=date(2025, 5, 28), bank_reference="E1"
    )
