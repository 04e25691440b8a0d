"""Every page there is, met as those meet it who see badly, use no mouse, or have a narrow screen.

The walk goes through a round that is lived without JavaScript, by the same story that a browser lives it by.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser
from portal.story.actor import Cast
from portal.story.looking import NARROW, WIDE, Looker, Seen, Sent
from portal.story.story import FIRST_HALF, SECOND_HALF, tell
from portal.story.third_part import THIRD_PART
from portal.story.walking import Walker, Way
from portal.story.with_plain_http import PlainCast
from region.story import claims, orebro, whole
from servers.served import served

from statsbidrag.portal.demonstration.people import CHARACTERS
from statsbidrag.portal.guards import GUARDS

# Whom the pages are looked for with; the newcomer, who has an application and an invitation, before the public.
ROLES = ("newcomer", "public", *(character.key for character in CHARACTERS if character.key != "newcomer"))
# Those who have other pages while the round is open than afterwards.
BUSY_WHILE_OPEN = ("newcomer", "public", "agent_of_municipality", "deputy", "registrar")
NO_PAGES_OF_THEIR_OWN = {
    "sign_in_start": "leads on to the identity provider",
    "sign_in_answer": "leads on from the identity provider",
    "step_in": "leads on from the start page",
    "sign_in_keys": "answers the identity provider",
    "report_received": "is the page of the version, with what has just happened above it",
    "report_decline": "is a form of the page where the signatory certifies",
    "report_unlock": "is a button of the page where the signatory certifies",
    "report_send": "is a button of the page where the signatory certifies",
    "report_new_version": "is a button of the version's page, and leads on to the report",
    "report_to_own_address": "is a button of the version's page",
    "send_communication": "is a button of the matter's page",
    "register_answer": "is a form of the matter's page",
    "close_repayment": "is a form of the matter's page",
    "letters_progress": "is a part of the page of letters",
    "decision_preview": "is a letter, to be read while a decision waits",
    "region_desk": "leads on to the newest year that has begun",
    "clinic_desk": "leads on to the newest year that has begun",
}


class FormPage(NamedTuple):
    """A form that is sent with nothing filled in: who sends it, where it is, and by which button."""

    role: str
    path: str
    button: str


_ROUND = "myndighet/omgangar/2025"
_CASE = f"{_ROUND}/arenden/municipality-0486"
WHILE_OPEN = (
    FormPage("public", "om/tillganglighet/", "Skicka"),
    FormPage("newcomer", "ombud/ny-ansokan/?mottagare=municipality-0488", "Skicka ansökan"),
    FormPage("agent_of_municipality", "organisation/municipality-0484/2025/rekvisition/", "Fortsätt och kontrollera"),
    FormPage("agent_of_municipality", "kolleger/municipality-0484/", "Skicka inbjudan"),
    FormPage("registrar", f"{_ROUND}/registrera/", "Registrera"),
)
AFTER_THE_PAYMENT = (
    FormPage("newcomer", "organisation/municipality-0486/2025/gironummer/", "Skicka in numret"),
    FormPage("officer", f"{_CASE}/", "Lägg till anteckningen"),
    FormPage("officer", f"{_CASE}/jav/", "Anmäl jäv"),
    FormPage("registrar", f"{_ROUND}/utbetalningar/giro/municipality-0486/registrera/", "Registrera"),
    FormPage("presenter", f"{_CASE}/bered/?slag=innehall", "Bered beslutet"),
    FormPage("presenter", f"{_CASE}/bered/?slag=ratta", "Bered beslutet"),
    FormPage("finance", f"{_ROUND}/utbetalningar/svar/", "Läs in"),
    FormPage("finance", f"{_ROUND}/utbetalningar/giro/municipality-0486/", "Numret är kontrollerat"),
    FormPage("officer", f"{_ROUND}/aterrapporter/municipality-2418/komplettering/", "Skicka begäran"),
    FormPage("presenter", f"{_ROUND}/aterbetalning/municipality-2418/oppna/", "Öppna ärendet"),
    FormPage("finance", f"{_ROUND}/fakturor/inbetalningar/", "Läs in"),
    FormPage("administrator", "myndighet/medarbetare/", "Skicka inbjudan"),
    FormPage("administrator", "myndighet/delegationsordning/", "Lägg till raden"),
    FormPage("region_planner", "region/region-01/2025/mottaget/", "För in i boken"),
    FormPage("region_planner", "region/region-01/2025/medarbetare/", "Skicka inbjudan"),
    FormPage("mandate_holder", "region/region-01/2025/delegationsbeslut/", "Besluta"),
    FormPage("region_planner", "region/region-01/2025/utbetalningar/", "För in i boken"),
    FormPage("planner_orebro", "region/region-18/2025/enheter/ny/", "Spara"),
    FormPage("planner_orebro", "region/region-18/2025/enheter/9/uppgifter/", "Lägg till indexvärdet"),
    FormPage("planner_orebro", "region/region-18/2025/fast-ersattning/9/moten/", "Anteckna mötet"),
    FormPage("planner_orebro", "region/region-18/2025/besok/", "Lämna in filen"),
    FormPage("clinic", "enhet/region-18-clinic-10/2025/besok/nytt/", "Spara besöket"),
    FormPage("clinic", "enhet/region-18-clinic-10/2025/besok/erbjudanden/", "Erbjuden"),
    FormPage("clinic_head", "enhet/region-18-clinic-15/2025/ansokan/plan/", "Nästa"),
)
# What the regions do between the payment and the reports, and in February; some of it is left undone, to be seen.
DURING_THE_YEAR = (*whole.DURING_THE_YEAR, orebro.another_centre_has_only_begun_to_apply)
IN_FEBRUARY = (*whole.IN_FEBRUARY, claims.two_centres_have_one_visit, orebro.the_year_is_settled_but_not_handed_over)


class Walk(NamedTuple):
    """What was seen on every page, of every form that was sent empty, what was only files, and whether it all held."""

    seen: Sequence[Seen]
    sent: Sequence[Sent]
    files: frozenset[str]
    verified: str


@pytest.fixture(scope="module")
def walk(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Walk:
    """A walk through the whole service while the round is open, and once more when all has been paid."""
    with served(tmp_path_factory.mktemp("walk")) as running:
        cast = PlainCast(running.url)
        tell(cast, (*FIRST_HALF, _a_colleague_is_invited))
        early, early_files, early_sessions = _ways(running.url, BUSY_WHILE_OPEN)
        looker = Looker(browser, running.url, early_sessions)
        own = [way for way in early if "/organisation/" in way.address]
        seen, sent = looker.look(own), looker.send(WHILE_OPEN)
        begins, *goes_on = THIRD_PART
        tell(cast, (*SECOND_HALF, *DURING_THE_YEAR, begins, *IN_FEBRUARY, *goes_on))
        late, late_files, late_sessions = _ways(running.url, ROLES)
        looker = Looker(browser, running.url, late_sessions)
        known = {way.name for way in (*own, *late)}
        seen += looker.look([*late, *(way for way in early if way.name not in known)])
        sent += looker.send(AFTER_THE_PAYMENT)
        return Walk(seen, sent, early_files | late_files, running.verified())


@pytest.mark.shows("adm-06", "adm-08", "adm-10", "adm-12", "adm-21")
def test_a_round_and_two_regions_years_are_lived_to_the_account_without_javascript(walk: Walk) -> None:
    assert "Huvudboken går jämnt ut" in walk.verified


def test_no_page_is_missed(walk: Walk) -> None:
    found = {each.way.name for each in walk.seen}
    assert set(GUARDS) - found - walk.files - set(NO_PAGES_OF_THEIR_OWN) == set()


def test_axe_finds_no_fault_with_any_page(walk: Walk) -> None:
    assert not [f"{each}: {fault}" for each in walk.seen for fault in each.violations]


def test_no_page_scrolls_sideways_on_a_narrow_screen(walk: Walk) -> None:
    assert {each.width for each in walk.seen} == {WIDE, NARROW}
    assert not [f"{each} needs {each.needs} px" for each in walk.seen if each.needs > each.width]


def test_every_page_is_in_swedish_and_has_one_heading_of_the_first_order(walk: Walk) -> None:
    assert not [f"{each}: {each.headings}" for each in walk.seen if len(each.headings) != 1 or not each.headings[0]]
    assert {each.language for each in walk.seen} == {"sv"}


def test_no_two_pages_have_the_same_title(walk: Walk) -> None:
    called = defaultdict(set)
    for each in walk.seen:
        called[each.title].add(each.way.name)
    assert not {title: names for title, names in called.items() if len(names) > 1}


def test_everything_on_a_form_is_reached_by_the_tab_key_and_shows_that_it_has_focus(walk: Walk) -> None:
    assert not [f"{each.form}: {each.unreached}" for each in walk.sent if each.unreached]
    assert not [f"{each.form}: {each.unmarked}" for each in walk.sent if each.unmarked]


def test_the_first_tab_leads_past_the_head_of_the_page(walk: Walk) -> None:
    assert not [f"{each.form}: {each.skipped_to}" for each in walk.sent if each.skipped_to != "main"]


def test_a_form_sent_empty_says_what_is_wrong_and_takes_the_reader_there(walk: Walk) -> None:
    assert not [f"{each.form}: {each.title}" for each in walk.sent if not each.title.startswith("Fel: ")]
    assert not [f"{each.form}: {each.focus}" for each in walk.sent if each.focus != "error-list"]
    assert not [f"{each.form}: {each.astray}" for each in walk.sent if each.astray]


def test_axe_finds_no_fault_with_a_form_that_was_sent_empty(walk: Walk) -> None:
    assert not [f"{each.form}: {fault}" for each in walk.sent for fault in each.violations]


def _a_colleague_is_invited(cast: Cast) -> None:
    agent = cast("Ombud för en kommun")
    agent.follow("Se vilka som har en roll")
    agent.fill("E-post", "newcomer@exempel.se")
    agent.choose("Roll", "Läsbehörig")
    agent.press("Skicka inbjudan")


def _ways(url: str, roles: Sequence[str]) -> tuple[list[Way], frozenset[str], dict[str, dict[str, str]]]:
    """Gives a way to every page and to everyone's first, the names of the files, and the cookies of everyone."""
    files: set[str] = set()
    walkers = {role: Walker(url, role, files) for role in roles}
    found: dict[str, Way] = {}
    firsts: list[Way] = []
    for walker in walkers.values():
        own = walker.ways(found)
        firsts.append(next(iter(own.values())))
        found = {name: way for name, way in own.items() if name not in NO_PAGES_OF_THEIR_OWN} | found
    sessions = {role: walker.session.cookies.get_dict() for role, walker in walkers.items()}
    return list(dict.fromkeys([*found.values(), *firsts])), frozenset(files), sessions
