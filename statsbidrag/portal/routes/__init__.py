"""Every page there is: its address, its view, its name and who may open it; one table for each audience."""

from statsbidrag.portal.routes import (
    account,
    demonstration,
    officer,
    public,
    recipient,
    report,
    report_sending,
    signing,
)

urlpatterns = [
    *public.PAGES,
    *signing.PAGES,
    *account.PAGES,
    *recipient.PAGES,
    *report.PAGES,
    *report_sending.PAGES,
    *officer.PAGES,
    *demonstration.PAGES,
]

handler400 = "statsbidrag.portal.views.refusals.bad"
handler404 = "statsbidrag.portal.views.refusals.missing"
handler500 = "statsbidrag.portal.views.refusals.broken"
