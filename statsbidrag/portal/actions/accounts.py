"""One's own account: leaving the service altogether, as far as no case needs what it says."""

from datetime import datetime

from statsbidrag.portal import access
from statsbidrag.portal.access import Visitor
from statsbidrag.portal.actions import agents, roles
from statsbidrag.portal.models import AgentApplication, Invitation, Person, Role
from statsbidrag.portal.queries.people import state_of, still_in_cases
from statsbidrag.portal.writing import writing
from statsbidrag.terms.faults import Fault

NAMELESS = "Borttaget konto"


def delete_account(visitor: Visitor | None, now: datetime) -> None:
    """Deletes one's account: every role ends, applications that wait are withdrawn, what leads to the person goes.

    The name stays only where a case needs it. Raises Fault for someone at the agency.
    """
    if visitor is None:
        raise access.Refused("kontot", "Ni är inte inloggad.", "Logga in och försök igen.")
    if visitor.at_agency:
        why = "Du har en roll hos myndigheten."
        raise Fault("kontot", why, "Be systemförvaltaren avsluta rollen först.")
    with writing():
        for application in AgentApplication.objects.filter(person_id=visitor.id):
            state = state_of(application)
            if not state.ended and state.kind != "withdrawn":
                agents.withdraw(visitor, application.pk, now)
        roles.finish(Role.objects.filter(person_id=visitor.id, ended=None), now, by=visitor.id)
        Invitation.objects.filter(accepted_by_id=visitor.id).delete()
        person = Person.objects.get(pk=visitor.id)
        person.subject, person.email, person.telephone, person.title = None, "", "", ""
        if not still_in_cases(visitor.id):
            person.name = NAMELESS
        person.save()
