"""The agency's desk."""

from statsbidrag.portal.routes.officer_cases import PAGES as CASES
from statsbidrag.portal.routes.officer_payments import PAGES as PAYMENTS
from statsbidrag.portal.routes.officer_people import PAGES as PEOPLE
from statsbidrag.portal.routes.officer_round import PAGES as ROUND

PAGES = [*ROUND, *CASES, *PAYMENTS, *PEOPLE]
