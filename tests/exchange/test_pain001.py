from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import made_up_money
import pytest
import validators
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from statsbidrag.exchange.bank.batch import Payment, PaymentBatch
from statsbidrag.exchange.bank.pain001 import write_pain001
from statsbidrag.rulebook.agency import BankProfile
from statsbidrag.terms.faults import Fault
from statsbidrag.terms.giro import read_giro

PROFILES = {name: stated.value for name, stated in made_up_money.AGENCY.banks.items()}
DANSKE, SWEDBANK = PROFILES["danske"], PROFILES["swedbank"]
ALE = made_up_money.payment(1, made_up_money.ALE)


def texts(file: bytes, path: str) -> list[str]:
    """What stands at a path of a payment file, below the root."""
    found = etree.fromstring(file).iterfind("/".join(f"{{*}}{tag}" for tag in path.split("/")))
    return [element.text or "" for element in found]


def the_payment(payment: Payment, path: str, profile: BankProfile = DANSKE) -> list[str]:
    """What stands at a path of the only payment of a file."""
    file = write_pain001(made_up_money.batch((payment,)), profile)
    return texts(file, f"CstmrCdtTrfInitn/PmtInf/CdtTrfTxInf/{path}")


@pytest.mark.shows("sfs-26", "adm-12")
@pytest.mark.parametrize("profile", PROFILES.values(), ids=PROFILES)
def test_a_file_that_pays_every_recipient_is_valid_by_the_schema_of_iso(profile: BankProfile) -> None:
    file = write_pain001(made_up_money.every_recipient(), profile)
    assert validators.pain001_errors(file) == []
    assert len(texts(file, "CstmrCdtTrfInitn/PmtInf/CdtTrfTxInf/PmtId/EndToEndId")) == 311


@pytest.mark.shows("adm-12")
def test_the_same_batch_written_again_gives_the_same_bytes() -> None:
    batch = made_up_money.every_recipient()
    assert write_pain001(batch, DANSKE) == write_pain001(replace(batch), DANSKE)


def test_the_file_says_how_many_payments_and_how_much_on_both_levels() -> None:
    batch = made_up_money.every_recipient()
    file = write_pain001(batch, DANSKE)
    for level in ("GrpHdr", "PmtInf"):
        assert texts(file, f"CstmrCdtTrfInitn/{level}/NbOfTxs") == ["311"]
        assert texts(file, f"CstmrCdtTrfInitn/{level}/CtrlSum") == [f"{batch.total}.00"]


def test_when_the_file_was_made_comes_from_the_batch_by_swedish_time() -> None:
    file = write_pain001(made_up_money.batch((ALE,)), DANSKE)
    assert texts(file, "CstmrCdtTrfInitn/GrpHdr/CreDtTm") == ["2025-05-26T09:00:00"]


@pytest.mark.parametrize(
    ("profile", "giro", "scheme", "number", "clearing"),
    [
        (DANSKE, "5050-1055", "SchmeNm/Prtry", ["BGNR", "50501055"], "9900"),
        (DANSKE, "90 20 03-3", "SchmeNm/Cd", ["BBAN", "9020033"], "9960"),
        (SWEDBANK, "5050-1055", "SchmeNm/Prtry", ["BGNR", "50501055"], "9900"),
        (SWEDBANK, "90 20 03-3", "SchmeNm/Prtry", ["PGNR", "9020033"], "9960"),
    ],
)
def test_a_giro_is_named_the_way_the_bank_wants_it(
    profile: BankProfile, giro: str, scheme: str, number: list[str], clearing: str
) -> None:
    payment = replace(ALE, giro=read_giro(giro, ""))
    named = the_payment(payment, f"CdtrAcct/Id/Othr/{scheme}", profile)
    assert named + the_payment(payment, "CdtrAcct/Id/Othr/Id", profile) == number
    assert the_payment(payment, "CdtrAgt/FinInstnId/ClrSysMmbId/MmbId", profile) == [clearing]


def test_version_and_service_level_are_settings_of_the_bank() -> None:
    written = {name: write_pain001(made_up_money.batch((ALE,)), profile) for name, profile in PROFILES.items()}
    assert texts(written["danske"], "CstmrCdtTrfInitn/PmtInf/ReqdExctnDt/Dt") == ["2025-05-28"]
    assert texts(written["swedbank"], "CstmrCdtTrfInitn/PmtInf/ReqdExctnDt") == ["2025-05-28"]
    assert texts(written["danske"], "CstmrCdtTrfInitn/PmtInf/PmtTpInf/SvcLvl/Cd") == ["NURG"]
    assert texts(written["swedbank"], "CstmrCdtTrfInitn/PmtInf/PmtTpInf/SvcLvl/Cd") == []


def test_the_recipients_town_and_country_stand_apart() -> None:
    assert the_payment(ALE, "Cdtr/PstlAdr/TwnNm") == ["Exempelstad (påhittad)"]
    assert the_payment(ALE, "Cdtr/PstlAdr/Ctry") == ["SE"]
    assert the_payment(ALE, "Cdtr/PstlAdr/AdrLine") == []


def test_numbers_are_written_plainly_however_people_wrote_them() -> None:
    payment = replace(ALE, organisation_number="212000 1439", postcode="SE-123 45")
    assert the_payment(payment, "Cdtr/Id/OrgId/Othr/Id") == ["2120001439"]
    assert the_payment(payment, "Cdtr/PstlAdr/PstCd") == ["12345"]


def test_swedish_letters_are_kept_and_others_are_spelled_so_that_the_bank_can_read_them() -> None:
    payment = replace(ALE, text="Åmål, Älmhult & Örebro – ”Lidén” § 14 10 000 kr Ærø 中")
    assert the_payment(payment, "RmtInf/Ustrd") == [
        f"{ALE.reference} Åmål, Älmhult + Örebro - 'Liden' par. 14 10 000 kr Ärö ."
    ]


@settings(max_examples=60)
@given(st.text(max_size=80))
def test_whatever_the_message_is_the_file_is_valid_and_keeps_the_reference(text: str) -> None:
    file = write_pain001(made_up_money.batch((replace(ALE, text=text),)), DANSKE)
    [message] = texts(file, "CstmrCdtTrfInitn/PmtInf/CdtTrfTxInf/RmtInf/Ustrd")
    assert message.startswith(ALE.reference)
    assert set(message) <= set(DANSKE.letters)
    assert validators.pain001_errors(file) == []


@pytest.mark.parametrize(
    ("payment", "why"),
    [
        (replace(ALE, text="a" * 141), "banken tar 1–140"),
        (replace(ALE, name="a" * 71), "banken tar 1–70"),
        (replace(ALE, town="a" * 36), "banken tar 1–35"),
        (replace(ALE, name="\u200b"), "har 0 tecken"),
    ],
    ids=["message", "name", "town", "no visible name"],
)
def test_nothing_is_ever_cut_off(payment: Payment, why: str) -> None:
    with pytest.raises(Fault) as refused:
        write_pain001(made_up_money.batch((payment,)), DANSKE)
    assert payment.reference in refused.value.where
    assert why in refused.value.why


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"reference": "x" * 36}, "kommer inte oförändrad tillbaka"),
        ({"reference": "UTB/2025//1"}, "kommer inte oförändrad tillbaka"),
        ({"reference": "/UTB-1"}, "kommer inte oförändrad tillbaka"),
        ({"reference": "UTB-Ö"}, "kommer inte oförändrad tillbaka"),
        ({"reference": " UTB"}, "kommer inte oförändrad tillbaka"),
        ({"reference": ""}, "kommer inte oförändrad tillbaka"),
        ({"organisation_number": "212000-1440"}, "inte ett organisationsnummer"),
        ({"postcode": "1234"}, "inte ett postnummer"),
        ({"town": ""}, "Postort saknas"),
        ({"kronor": 0}, "går inte att betala ut"),
        ({"kronor": -5}, "går inte att betala ut"),
        ({"kronor": 10**12}, "går inte att betala ut"),
    ],
)
def test_a_payment_that_the_bank_would_refuse_is_never_made(changed: dict[str, object], why: str) -> None:
    with pytest.raises(Fault, match=why):
        replace(ALE, **changed)  # type: ignore[arg-type]


BATCH = made_up_money.batch((ALE,))


@pytest.mark.shows("adm-12")
@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda: made_up_money.batch((ALE, ALE)), "står på två betalningar"),
        (lambda: made_up_money.batch(()), "har inga betalningar"),
        (lambda: made_up_money.batch((ALE,), "x" * 36), "kommer inte oförändrad tillbaka"),
        (lambda: replace(BATCH, execution_date=date(2025, 5, 29)), "ingen bankdag.*30 maj 2025"),
        (lambda: replace(BATCH, execution_date=date(2025, 5, 23)), "före den dag"),
    ],
)
def test_a_batch_that_cannot_be_right_is_never_made(make: Callable[[], PaymentBatch], why: str) -> None:
    with pytest.raises(Fault, match=why):
        make()


def test_a_batch_must_know_the_time_zone_of_its_moment() -> None:
    with pytest.raises(ValueError, match="time zone"):
        replace(BATCH, created=datetime(2025, 5, 26, 9, 0))  # noqa: DTZ001  # the fault that is planted
    assert replace(BATCH, created=datetime(2025, 5, 26, 22, 30, tzinfo=UTC)).created_in_sweden == "2025-05-27T00:30:00"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"<EndToEndId>DEMO-UTB-2025-0001<", b"<EndToEndId>" + b"x" * 36 + b"<"),
        (b"<NbOfTxs>1</NbOfTxs>", b""),
        (b"<BICFI>DABASESX<", b"<BICFI>DABA<"),
        (b'Ccy="SEK"', b'Ccy="kr"'),
    ],
)
def test_the_schema_finds_what_is_planted_in_a_file(old: bytes, new: bytes) -> None:
    file = write_pain001(BATCH, DANSKE)
    assert old in file
    assert validators.pain001_errors(file.replace(old, new)) != []
