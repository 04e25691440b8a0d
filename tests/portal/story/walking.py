"""Finds every page that someone can come to: by the links on the pages, and by the addresses that one can know."""

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urldefrag, urljoin, urlsplit

import requests
from django.urls import Resolver404, get_resolver, resolve, reverse
from lxml import html

from statsbidrag.portal.guards import GUARDS

_YEAR = 2025
# Kumla vårdcentral has only begun to apply.
_RECIPIENTS = ("municipality-0484", "municipality-0486", "region-01", "region-18", "region-18-clinic-15")
_SECONDS = 30
# They sign in or out, and have nothing to show.
_LEADING_ELSEWHERE = frozenset({"step_in", "sign_in_start", "sign_in_answer"})


@dataclass(frozen=True)
class Way:
    """How a page is come to.

    name      the page's name in the table of guards
    role      who finds it
    address   where it is
    """

    name: str
    role: str
    address: str


@dataclass
class Walker:
    """Someone who goes everywhere, and remembers one way to each page.

    files   the names of what turned out to be something to download, which walkers tell each other
    """

    url: str
    role: str
    files: set[str]
    session: requests.Session = field(default_factory=requests.Session)

    def ways(self, known: Container[str] = ()) -> dict[str, Way]:
        """Gives a way to every page that opens for this role, its first page first, but to none that is known."""
        first = self._enter()
        to_go, tried, found = [first, *self._known_addresses()], set[str](), dict[str, Way]()
        while to_go:
            address = to_go.pop(0)
            name = _name_of(address)
            if name is None or name in found or address in tried or name in self.files:
                continue
            if found and name in known and GUARDS[name].anyone:
                continue
            tried.add(address)
            answer = self.session.get(address, timeout=_SECONDS)
            if not answer.ok:
                continue
            if not answer.headers["Content-Type"].startswith("text/html"):
                self.files.add(name)
                continue
            arrived = _name_of(answer.url)
            if arrived is None or arrived in found:
                continue
            found[arrived] = Way(arrived, self.role, answer.url)
            to_go += list(self._links(answer))
        return found

    def _enter(self) -> str:
        start = html.fromstring(self.session.get(self.url, timeout=_SECONDS).text)
        form = next(form for form in start.forms if form.xpath(f'.//button[@value="{self.role}"]'))
        values = [*form.form_values(), ("role", self.role)]
        return self.session.post(urljoin(self.url, form.action), data=values, timeout=_SECONDS).url

    def _known_addresses(self) -> Iterator[str]:
        routes = get_resolver().reverse_dict  # asking for it reads the tables of routes, which fill that of guards
        for name in (each for each in GUARDS if each not in _LEADING_ELSEWHERE):
            [(_, parameters)], *_ = routes.getlist(name)[0]
            if set(parameters) <= {"year", "recipient"}:
                for recipient in _RECIPIENTS if "recipient" in parameters else ("",):
                    known: Mapping[str, object] = {"year": _YEAR, "recipient": recipient}
                    address = reverse(name, kwargs={each: known[each] for each in parameters})
                    yield urljoin(self.url, address)

    def _links(self, page: requests.Response) -> Iterator[str]:
        for link in html.fromstring(page.content).xpath("//main//a/@href"):
            address = urldefrag(urljoin(page.url, link)).url
            if urlsplit(address).netloc == urlsplit(self.url).netloc:
                yield address


def _name_of(address: str) -> str | None:
    try:
        return resolve(urlsplit(address).path).url_name
    except Resolver404:
        return None
