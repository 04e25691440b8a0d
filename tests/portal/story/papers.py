"""Papers that the story's people hold: what they send in, and what a bank answers."""

import csv
from collections.abc import Collection
from io import BytesIO, StringIO

from PIL import Image


def a_scanned_page() -> bytes:
    """Gives a small PDF, as a scanner makes it."""
    page = BytesIO()
    Image.new("L", (595, 842), 255).save(page, "PDF")
    return page.getvalue()


def the_answer(basis: bytes, *, refuses: Collection[str] = ()) -> bytes:
    """Gives the finance system's answer to a payment basis: all is paid, but for closed accounts and a strange line."""
    answer = StringIO()
    writer = csv.writer(answer, delimiter=";")
    writer.writerow(["referens", "läge", "dag", "varför"])
    for row in csv.DictReader(basis.decode("utf-8-sig").splitlines()):
        says = ("avvisad", "AC04") if row["name"] in refuses else ("betald", "")
        writer.writerow([row["reference"], says[0], row["day"], says[1]])
    writer.writerow(["HYRA-1", "betald", "2025-05-12", ""])
    return answer.getvalue().encode()


def money_in(*payments: str) -> bytes:
    """Gives the finance system's list of what has been paid in."""
    return "\n".join(("referens;dag;belopp;betalare;källa", *payments)).encode()
