"""The public pages."""

from statsbidrag.portal.guards import ANYONE, page
from statsbidrag.portal.views.public import accessibility, allocation, data, diary, reading, rounds, start

PAGES = [
    page("", start.front, "front", ANYONE),
    page("omgangar/", rounds.all_rounds, "rounds", ANYONE),
    page("omgangar/<int:year>/", rounds.round_page, "round_page", ANYONE),
    page("omgangar/<int:year>/anvisningar.pdf", rounds.instructions, "round_instructions", ANYONE),
    page("omgangar/<int:year>/fordelningslista/", allocation.allocation_list, "allocation_list", ANYONE),
    page("omgangar/<int:year>/fordelningslista.<str:ending>", allocation.allocation_file, "allocation_file", ANYONE),
    page("omgangar/<int:year>/fordelningslista/<slug:recipient>/", allocation.allocation_why, "allocation_why", ANYONE),
    page("data/", data.open_data, "open_data", ANYONE),
    page("data/<int:year>/fordelning.<str:ending>", data.open_file, "open_file", ANYONE),
    page("data/<int:year>/mottagare.<str:ending>", data.yearly_file, "yearly_file", ANYONE),
    page("om/", reading.about, "about", ANYONE),
    page("om/antaganden/", reading.assumptions, "assumptions", ANYONE),
    page("om/personuppgifter/", reading.personal_data, "personal_data", ANYONE),
    page("om/kakor/", reading.cookies, "cookies", ANYONE),
    page("om/tillganglighet/", accessibility.accessibility, "accessibility", ANYONE),
    page("om/tillganglighet/tack/", accessibility.flaw_reported, "flaw_reported", ANYONE),
    page("diarium/", diary.public_diary, "public_diary", ANYONE),
]
