"""What a page says to a reader, without its markup."""

import html
import re

from django.test import Client

_MARKUP = re.compile(r"<[^>]*>")


def said(browser: Client, address: str) -> str:
    """What a page says, as one line of plain text with ordinary spaces."""
    answer = browser.get(address)
    assert answer.status_code == 200, address
    return plain(answer.content.decode())


def plain(page: str) -> str:
    """A page's words without markup, as one line with ordinary spaces."""
    text = html.unescape(_MARKUP.sub(" ", page[page.index("<main") :])).replace("\u00a0", " ")
    return re.sub(r"\s+([.,:;?!])", r"\1", re.sub(r"\s+", " ", text))
