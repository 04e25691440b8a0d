"""The agency's desk: applications to be agent, the agency's own staff, and erasing what is personal."""

from statsbidrag.portal.guards import having, page
from statsbidrag.portal.views.officer.people import applications, forgetting, staff

_AGENCY = having("see agency")

PAGES = [
    page("myndighet/ombud/", applications.agent_applications, "agent_applications", _AGENCY),
    page("myndighet/ombud/<int:application>/", applications.judge, "judge_agent_application", _AGENCY),
    page("myndighet/ombud/<int:application>/handling/<int:entry>/", applications.proof, "agent_proof", _AGENCY),
    page("myndighet/medarbetare/", staff.staff, "staff", having("administer")),
    page("myndighet/gallring/personuppgifter/", forgetting.forget_page, "forget_people", having("erase")),
]
