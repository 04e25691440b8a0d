"""Pages about oneself: acting for an organisation, invitations and roles; the sign-in has a table of its own."""

from statsbidrag.portal.guards import DEMONSTRATION, SIGNED_IN, having, page
from statsbidrag.portal.views.account import (
    agent_application,
    colleagues,
    demonstration_mail,
    invitation,
    organisations,
)

PAGES = [
    page("mina-uppdrag/", organisations.my_organisations, "my_organisations", SIGNED_IN),
    page("mina-uppdrag/ta-bort-konto/", organisations.delete_account, "delete_account", SIGNED_IN),
    page("ombud/ny-ansokan/", agent_application.new, "new_agent_application", SIGNED_IN),
    page("ombud/ansokan/<int:application>/", agent_application.application, "agent_application", SIGNED_IN),
    page(
        "ombud/ansokan/<int:application>/handling/<int:entry>/",
        agent_application.document,
        "agent_application_document",
        SIGNED_IN,
    ),
    page("kolleger/<slug:recipient>/", colleagues.colleagues, "colleagues", having("see colleagues")),
    page(
        "kolleger/<slug:recipient>/ta-bort/",
        colleagues.remove_organisation,
        "remove_organisation",
        having("remove organisation"),
    ),
    page("inbjudan/<str:token>/", invitation.invitation, "invitation", SIGNED_IN),
    page("demonstration/e-post/", demonstration_mail.demonstration_mail, "demonstration_mail", DEMONSTRATION),
]
