import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn

from statsbidrag.terms.faults import Fault
from statsbidrag.terms.giro import Giro, GiroKind, ocr_reference, read_giro, read_ocr

WRITTEN: list[tuple[str, GiroKind, str]] = [
    ("5050-1055", "bankgiro", "5050-1055"),
    ("991-2346", "bankgiro", "991-2346"),
    (" 5050 – 1055 ", "bankgiro", "5050-1055"),
    ("Bg 50501055", "bankgiro", "5050-1055"),
    ("bankgiro: 5050 1055", "bankgiro", "5050-1055"),
    ("Bankgironummer 991-2346", "bankgiro", "991-2346"),
    ("BG nr. 991-2346", "bankgiro", "991-2346"),
    ("90 20 03-3", "plusgiro", "90 20 03-3"),
    ("902003-3", "plusgiro", "90 20 03-3"),
    ("PG 9020033", "plusgiro", "90 20 03-3"),
    ("Plusgirot 90 20 03 - 3", "plusgiro", "90 20 03-3"),
    ("4-2", "plusgiro", "4-2"),
    ("42", "plusgiro", "4-2"),
    ("1 23 45-5", "plusgiro", "1 23 45-5"),
]


@pytest.mark.parametrize(("text", "kind", "written"), WRITTEN)
def test_a_giro_number_is_read_as_people_write_it(text: str, kind: GiroKind, written: str) -> None:
    giro = read_giro(text, "rekvisitionen")
    assert (giro.kind, str(giro)) == (kind, written)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("50501055", "kan vara både bankgiro och plusgiro"),
        ("5050 1055", "kan vara både bankgiro och plusgiro"),
        ("5050-1056", "Kontrollsiffran i bankgiro 5050-1056 stämmer inte"),
        ("90 20 03-4", "Kontrollsiffran i plusgiro 90 20 03-4 stämmer inte"),
        ("bg 90 20 03-3", "inte skrivet som ett gironummer"),
        ("5050-105", "inte skrivet som ett gironummer"),
        ("bg 42", "har 7–8 siffror"),
        ("pg 123456789", "har 2–8 siffror"),
        ("pg 7", "har 2–8 siffror"),
        ("", "inte ett gironummer"),
        ("-", "inte ett gironummer"),
        ("vårt bankgiro", "inte ett gironummer"),
        ("٥٠٥٠-١٠٥٥", "inte ett gironummer"),
        ("SE45 5000 0000 0583 9825 7466", "inte ett gironummer"),
    ],
)
def test_what_is_no_giro_number_is_refused_and_says_how_to_write_it(text: str, why: str) -> None:
    with pytest.raises(Fault) as refused:
        read_giro(text, "rekvisitionen, betalning")
    assert refused.value.where == "rekvisitionen, betalning"
    assert why in refused.value.why
    assert refused.value.remedy


@st.composite
def giros(draw: st.DrawFn) -> Giro:
    kind: GiroKind = draw(st.sampled_from(("bankgiro", "plusgiro")))
    digits = draw(st.text("0123456789", min_size=6 if kind == "bankgiro" else 1, max_size=7))
    return Giro(kind, f"{digits}{luhn.calc_check_digit(digits)}")


@given(giros())
def test_what_is_written_is_read_back_as_the_same_number(giro: Giro) -> None:
    assert read_giro(str(giro), "") == giro


@given(giros(), st.data())
def test_one_wrong_digit_is_always_found(giro: Giro, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(giro.digits) - 1))
    wrong = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != giro.digits[place]]))
    with pytest.raises(ValueError, match="Kontrollsiffran"):
        Giro(giro.kind, f"{giro.digits[:place]}{wrong}{giro.digits[place + 1 :]}")


def test_a_payment_reference_gets_a_length_digit_and_a_check_digit() -> None:
    assert ocr_reference("202500042") == "20250004213"


@given(st.text("0123456789", min_size=1, max_size=23))
def test_a_payment_reference_is_read_back_with_the_spaces_of_a_person(number: str) -> None:
    reference = ocr_reference(number)
    assert read_ocr(f" {reference[:4]} {reference[4:]} ", "betalningen") == reference


@pytest.mark.parametrize("number", ["", "12a", "1" * 24, "٣"])
def test_only_our_own_digits_become_a_payment_reference(number: str) -> None:
    with pytest.raises(ValueError, match="1-23 digits"):
        ocr_reference(number)


@pytest.mark.parametrize("text", ["20250004214", "2025004213", "21", "2025-0004213", "1" * 26, ""])
def test_a_payment_reference_that_is_misread_is_refused(text: str) -> None:
    with pytest.raises(Fault, match="OCR"):
        read_ocr(text, "betalningen")
