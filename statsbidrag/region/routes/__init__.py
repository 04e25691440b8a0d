"""Every page of the region's house: its address, its view, its name and who may open it."""

from statsbidrag.region.routes import clinics, desk, settlement, visits

PAGES = [*desk.PAGES, *clinics.PAGES, *visits.PAGES, *settlement.PAGES]
