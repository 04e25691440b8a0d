"""The pages by which one becomes agent: finds one's organisation, loses nothing, and nobody else sees the proof."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from statsbidrag.portal.access import Visitor
from statsbidrag.portal.actions import bias
from statsbidrag.portal.models import AgentApplication, Document, Mail, Role
from statsbidrag.portal.queries.organisation_search import organisations
from statsbidrag.terms.faults import Fault

from .conftest import OWN, PROOF

Someone = Callable[..., Visitor]
BrowserOf = Callable[[Visitor | None], Client]
FORM = f"{'/ombud/ny-ansokan/'}?mottagare={OWN}"
TOLD = {
    "capacity": "power of attorney",
    "position": "controller",
    "email": "mika@eskilstuna.exempel.se",
    "telephone": "010-123",
}


def a_file(name: str = "fullmakt.pdf", content: bytes = PROOF.content) -> SimpleUploadedFile:
    """A file as a browser sends it, which calls everything a PDF."""
    return SimpleUploadedFile(name, content, "application/pdf")


def test_an_organisation_is_found_by_a_part_of_its_name_or_by_its_number() -> None:
    assert [one.key for one in organisations("eskilst")] == [OWN]
    assert [one.key for one in organisations("212000-0357")] == [OWN]
    assert [one.key for one in organisations(" 2120000357 ")] == [OWN]
    assert organisations("Atlantis") == []
    assert organisations("  ") == ()
    assert organisations("kommun")[0].name.endswith("kommun")


def test_a_wrong_organisation_number_is_told_from_one_that_nobody_has() -> None:
    with pytest.raises(Fault, match="inte ett organisationsnummer"):
        organisations("212000-0358")
    assert organisations("202100-0555") == ()


def test_gotland_is_one_number_and_two_lines_to_choose_between(someone: Someone, browser_of: BrowserOf) -> None:
    number = organisations("Gotland")[0].organisation_number
    shown = browser_of(someone()).get(reverse("new_agent_application"), {"sok": number}).content.decode()
    assert "?mottagare=region-09" in shown
    assert "?mottagare=municipality-0980" in shown
    assert "två rader" in shown


def test_a_wrong_number_is_answered_at_the_field_with_what_was_written(someone: Someone, browser_of: BrowserOf) -> None:
    shown = browser_of(someone()).get(reverse("new_agent_application"), {"sok": "212000-0358"}).content.decode()
    assert 'value="212000-0358"' in shown
    assert "inte ett organisationsnummer" in shown


@pytest.mark.shows("utl-15", "utl-16")
def test_applying_is_choosing_ones_capacity_and_sending_the_proof_once(someone: Someone, browser_of: BrowserOf) -> None:
    browser = browser_of(someone())
    page = browser.get(FORM).content.decode()
    assert "behörig företrädare (firmatecknare)" in page
    assert "fullmakt från behörig företrädare" in page
    assert "ungefär en månad" in page
    for _ in range(2):
        answer = browser.post(FORM, {**TOLD, "proof": a_file(), "deed_key": "k"})
        assert answer.status_code == 302
    application = AgentApplication.objects.get()
    assert answer.headers["Location"] == reverse("agent_application", args=[application.pk])
    assert Document.objects.filter(about="proof").count() == 1
    assert Mail.objects.filter(to=TOLD["email"]).count() == 1


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("fullmakt.pdf", b"MZ not a pdf", "inte PDF, PNG eller JPG"),
        ("fullmakt.pdf", PROOF.content[:150], "skadad"),
        ("fullmakt.pdf", b"%PDF-" + b"0" * (10 * 1024 * 1024), "större än 10 MB"),
    ],
    ids=["wrong kind", "broken", "too large"],
)
def test_a_refused_file_says_why_and_everything_else_stays(
    someone: Someone, browser_of: BrowserOf, name: str, content: bytes, why: str
) -> None:
    shown = browser_of(someone()).post(FORM, {**TOLD, "proof": a_file(name, content)}).content.decode()
    assert why in shown
    for value in (TOLD["position"], TOLD["email"], TOLD["telephone"]):
        assert f'value="{value}"' in shown
    assert 'value="power of attorney" checked' in shown
    assert not AgentApplication.objects.exists()


def test_a_good_file_beside_a_wrong_field_is_asked_for_again_in_words(someone: Someone, browser_of: BrowserOf) -> None:
    shown = browser_of(someone()).post(FORM, {**TOLD, "email": "mika", "proof": a_file()}).content.decode()
    assert "E-postadressen är inte hel" in shown
    assert "Välj filen igen" in shown
    assert 'value="mika"' in shown


def test_the_proof_is_shown_to_the_agency_and_the_applicant_as_what_it_is_and_to_nobody_else(
    someone: Someone, browser_of: BrowserOf, apply: Callable[..., AgentApplication], now: object
) -> None:
    applicant, officer, biased = someone(), someone("officer"), someone("officer")
    application = apply(applicant)
    entry = Document.objects.get(about="proof").pk
    inside = reverse("agent_proof", args=[application.pk, entry])
    outside = reverse("agent_application_document", args=[application.pk, entry])
    for visitor, page in ((officer, inside), (applicant, outside)):
        answer = browser_of(visitor).get(page)
        assert (answer.status_code, answer.content) == (200, PROOF.content)
        assert answer.headers["Content-Type"] == "application/pdf"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "no-store" in answer.headers["Cache-Control"]
    bias.note_bias(biased, OWN, "Släkt.", now)  # type: ignore[arg-type]
    assert browser_of(biased).get(inside).status_code == 403
    assert browser_of(applicant).get(inside).status_code == 403
    stranger = browser_of(someone("agent", OWN))
    assert stranger.get(outside).status_code == 404
    assert stranger.get(reverse("agent_application", args=[application.pk])).status_code == 404


def test_an_officer_reaches_only_the_documents_of_the_application_it_looks_at(
    someone: Someone, browser_of: BrowserOf, apply: Callable[..., AgentApplication]
) -> None:
    one, other = apply(someone()), apply(someone(), "region-01")
    entry = Document.objects.filter(about="proof", entry__case=other.case).get().pk
    assert browser_of(someone("officer")).get(reverse("agent_proof", args=[one.pk, entry])).status_code == 404


def test_judging_by_the_pages_from_the_list_to_the_agents_own_desk(
    someone: Someone, browser_of: BrowserOf, apply: Callable[..., AgentApplication]
) -> None:
    applicant, officer = someone(), browser_of(someone("officer"))
    application = apply(applicant)
    page = reverse("judge_agent_application", args=[application.pk])
    assert page in officer.get(reverse("agent_applications")).content.decode()
    empty = officer.post(page, {"deed": "ask", "asked": ""}).content.decode()
    assert "Skriv vad som saknas" in empty
    officer.post(page, {"deed": "ask", "asked": "Skicka ett bestyrkt utdrag.", "deed_key": "a"})
    mine = browser_of(applicant)
    own_page = reverse("agent_application", args=[application.pk])
    assert "Komplettera ansökan" in mine.get(reverse("my_organisations")).content.decode()
    assert "Skicka ett bestyrkt utdrag." in mine.get(own_page).content.decode()
    nothing = mine.post(own_page, {"text": " ", "deed_key": "b"}).content.decode()
    assert "Det finns inget att skicka" in nothing
    mine.post(own_page, {"text": "Här är det.", "proof": a_file(), "deed_key": "c"})
    for _ in range(2):
        assert officer.post(page, {"deed": "approve", "deed_key": "d"}).status_code == 302
    assert Role.objects.filter(kind="agent", recipient=OWN).count() == 1
    assert "Ni är ombud" in mine.get(reverse("my_organisations")).content.decode()


def test_what_is_only_proposed_is_not_shown_to_the_applicant(
    someone: Someone, browser_of: BrowserOf, apply: Callable[..., AgentApplication]
) -> None:
    applicant, officer = someone(), browser_of(someone("officer"))
    application = apply(applicant)
    page = reverse("judge_agent_application", args=[application.pk])
    officer.post(page, {"deed": "propose", "reason": "Fullmakten är förfalskad.", "deed_key": "a"})
    assert "förfalskad" in officer.get(page).content.decode()
    for own in (reverse("my_organisations"), reverse("agent_application", args=[application.pk])):
        shown = browser_of(applicant).get(own).content.decode()
        assert "förfalskad" not in shown
        assert "Väntar på myndigheten" in shown


def test_the_desk_of_the_officer_and_of_the_decision_maker_says_what_waits(
    someone: Someone, browser_of: BrowserOf, apply: Callable[..., AgentApplication]
) -> None:
    application = apply(someone())
    officer, decision_maker, desk = browser_of(someone("officer")), browser_of(someone("decision_maker")), "agency_desk"
    assert "Pröva 1 ansökan om att bli ombud" in officer.get(reverse(desk)).content.decode()
    page = reverse("judge_agent_application", args=[application.pk])
    officer.post(page, {"deed": "propose", "reason": "Återkallad.", "deed_key": "a"})
    assert "Pröva 1 ansökan om att bli ombud" not in officer.get(reverse(desk)).content.decode()
    assert "Besluta om att avskriva 1 ansökan om att bli ombud" in decision_maker.get(reverse(desk)).content.decode()
