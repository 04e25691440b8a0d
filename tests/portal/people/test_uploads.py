"""A proof is told by its content, opened, and refused with a reason where it cannot be read or could do something."""

import zlib
from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

from statsbidrag.portal.actions.uploads import MOST_BYTES, read_upload
from statsbidrag.terms.faults import Fault


def pdf(writer: PdfWriter | None = None) -> bytes:
    """A PDF of one empty page, or the one that a writer holds."""
    if writer is None:
        writer = PdfWriter()
        writer.add_blank_page(200, 200)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def picture(kind: str, size: tuple[int, int] = (40, 30)) -> bytes:
    """A picture of one colour."""
    out = BytesIO()
    Image.new("RGB", size, "white").save(out, kind)
    return out.getvalue()


def one_page() -> PdfWriter:
    """A PDF on its way, of one page."""
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    return writer


def doing_when_opened(**action: str) -> bytes:
    """A PDF that does something when it is opened."""
    writer = one_page()
    names = {NameObject(f"/{key}"): TextStringObject(value) for key, value in action.items() if key != "S"}
    names[NameObject("/S")] = NameObject(action["S"])
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(names)
    return pdf(writer)


def with_a_file_within() -> bytes:
    writer = one_page()
    writer.add_attachment("hemlig.exe", b"MZ")
    return pdf(writer)


def with_a_program_behind_a_link() -> bytes:
    writer = one_page()
    launch = DictionaryObject({NameObject("/S"): NameObject("/Launch")})
    link = DictionaryObject({NameObject("/Subtype"): NameObject("/Link"), NameObject("/A"): launch})
    writer.pages[0][NameObject("/Annots")] = ArrayObject([link])
    writer.compress_identical_objects()
    return pdf(writer)


def packed(padding: int = 0) -> bytes:
    """A PDF whose script lies in a packed object, where a search of its bytes finds nothing; ``padding`` swells it."""
    inside = zlib.compress(b"5 0 <</S/JavaScript/JS(app)>>" + b" " * padding, 9)
    parts = [
        b"<</Type/Catalog/Pages 2 0 R/OpenAction 5 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
        b"<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n%b\nendstream" % (len(inside), inside),
    ]
    out, places = b"%PDF-1.7\n", []
    for number, part in enumerate(parts, start=1):
        places.append((1, len(out), 0))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, part)
    rows = [(0, 0, 65535), *places, (2, 4, 0), (1, len(out), 0)]
    table = b"".join(kind.to_bytes(1) + place.to_bytes(4) + other.to_bytes(2) for kind, place, other in rows)
    index = b"<</Type/XRef/Size 7/W[1 4 2]/Root 1 0 R/Length %d>>" % len(table)
    return out + b"6 0 obj\n%b stream\n%b\nendstream\nendobj\nstartxref\n%d\n%%%%EOF" % (index, table, len(out))


def of_too_many_objects() -> bytes:
    """A small file with more objects than any scanned page has."""
    writer = one_page()
    for _ in range(20_001):
        writer._add_object(DictionaryObject())
    return pdf(writer)


def locked() -> bytes:
    writer = one_page()
    writer.encrypt("hemligt")
    return pdf(writer)


@pytest.mark.parametrize(
    ("name", "content", "mime", "kept_as"),
    [
        ("Fullmakt från nämnden.PDF", pdf(), "application/pdf", "fullmakt-fran-namnden.pdf"),
        ("skannad.png", picture("PNG"), "image/png", "skannad.png"),
        ("skannad.jpeg", picture("JPEG"), "image/jpeg", "skannad.jpg"),
        ("../../etc/passwd.pdf", picture("PNG"), "image/png", "passwd.png"),
        ("C:\\Users\\jag\\delegation.pdf", pdf(), "application/pdf", "delegation.pdf"),
        ("", pdf(), "application/pdf", "handling.pdf"),
    ],
)
def test_a_file_is_told_by_its_content_and_gets_a_plain_name(
    name: str, content: bytes, mime: str, kept_as: str
) -> None:
    upload = read_upload(name, content)
    assert (upload.mime, upload.name, upload.content) == (mime, kept_as, content)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "tom"),
        (b"MZ\x90\x00", "inte PDF, PNG eller JPG"),
        (b"<html><script>alert(1)</script>", "inte PDF, PNG eller JPG"),
        (b"GIF89a" + b"\x00" * 40, "inte PDF, PNG eller JPG"),
        (pdf()[:200], "skadad"),
        (b"%PDF-1.7\n" + b"\x00" * 300, "skadad"),
        (picture("PNG")[:60], "skadad"),
        (picture("JPEG", (400, 400))[:700], "skadad"),
        (locked(), "lösenord"),
        (packed(), "skript"),
        (packed(90_000_000), "skadad"),
        (of_too_many_objects(), "skadad"),
        (doing_when_opened(S="/JavaScript", JS="app.alert(1)"), "skript"),
        (doing_when_opened(S="/Launch", F="cmd.exe"), "skript"),
        (doing_when_opened(S="/SubmitForm", F="http://exempel.se"), "skript"),
        (with_a_file_within(), "skript"),
        (with_a_program_behind_a_link(), "skript"),
        (pdf() + b"\x00" * MOST_BYTES, "större än 10 MB"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_that_cannot_be_trusted_is_refused_with_the_reason(content: bytes, why: str) -> None:
    with pytest.raises(Fault, match=why) as refused:
        read_upload("fullmakt.pdf", content)
    assert refused.value.remedy


def flat_png(side: int) -> bytes:
    """A PNG of a few bytes that says it is a square of that side."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    header = chunk(b"IHDR", side.to_bytes(4, "big") * 2 + b"\x08\x02\x00\x00\x00")
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"\x00" * 9)) + chunk(b"IEND", b"")


@pytest.mark.parametrize(("side", "why"), [(60_000, "skadad"), (8_000, "40 miljoner")])
def test_a_small_file_that_unpacks_to_a_huge_picture_is_refused_before_it_is_unpacked(side: int, why: str) -> None:
    with pytest.raises(Fault, match=why):
        read_upload("bild.png", flat_png(side))
