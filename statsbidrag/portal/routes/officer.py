"""The agency's desk."""

from statsbidrag.portal.routes.officer_account import PAGES as ACCOUNT
from statsbidrag.portal.routes.officer_cases import PAGES as CASES
from statsbidrag.portal.routes.officer_invoices import PAGES as INVOICES
from statsbidrag.portal.routes.officer_payments import PAGES as PAYMENTS
from statsbidrag.portal.routes.officer_people import PAGES as PEOPLE
from statsbidrag.portal.routes.officer_repayments import PAGES as REPAYMENTS
from statsbidrag.portal.routes.officer_reports import PAGES as REPORTS
from statsbidrag.portal.routes.officer_round import PAGES as ROUND

PAGES = [*ROUND, *CASES, *PAYMENTS, *REPORTS, *REPAYMENTS, *INVOICES, *ACCOUNT, *PEOPLE]
