"""Makes the end of every stream in a PDF file unmistakable, which PDF/A asks of a stream's stated length.

Typst ends a stream with a line feed. Where the stream's own last byte happens to be a carriage return, the two read
as one line end, and the stream then looks a byte shorter than it says: in one file of fifty.
"""

import re

_UNCLEAR = re.compile(rb"\r(?=\nendstream)")
_XREF = re.compile(rb"xref\n0 (\d+)\n")
_ENTRY = 20


def with_clear_stream_ends(pdf: bytes) -> bytes:
    """Gives the file with a whole line end of its own after each stream that needs it, and every offset set right."""
    moved = [found.end() for found in _UNCLEAR.finditer(pdf)]
    if not moved:
        return pdf
    [(start, count)] = [(found.end(), int(found[1])) for found in _XREF.finditer(pdf, pdf.rindex(b"\nxref\n"))]
    end = start + count * _ENTRY
    entries = (pdf[at : at + _ENTRY] for at in range(start, end, _ENTRY))
    table = b"".join(_shifted(entry, moved) for entry in entries)
    trailer, _, last = pdf[end:].partition(b"startxref\n")
    offset, _, rest = last.partition(b"\n")
    body = _UNCLEAR.sub(b"\r\r", pdf[:start])
    return b"".join((body, table, trailer, b"startxref\n%d\n" % (int(offset) + len(moved)), rest))


def _shifted(entry: bytes, moved: list[int]) -> bytes:
    """An entry of the cross-reference table: an offset of ten digits, then what is left as it was."""
    offset = int(entry[:10])
    return b"%010d%b" % (offset + sum(place < offset for place in moved), entry[10:])
