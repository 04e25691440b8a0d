"""Why someone was not let in, in plain Swedish. What the provider or an attacker sent is never shown or kept."""

from statsbidrag.terms.faults import Fault

_AGAIN = "Börja om från inloggningssidan. Kontakta oss om felet kommer tillbaka."


class NotSignedIn(Fault):
    """That a sign-in came to nothing; nothing has been changed.

    reason   one word for the log: it names the check that failed, never a person
    status   the status of the page that says so
    """

    def __init__(self, reason: str, why: str, remedy: str, status: int = 403) -> None:
        super().__init__("inloggningen", why, remedy)
        self.reason = reason
        self.status = status


def cancelled() -> NotSignedIn:
    """The person turned back at the provider."""
    return NotSignedIn("cancelled", "Inloggningen avbröts innan den var klar.", "Logga in igen när ni vill fortsätta.")


def rejected() -> NotSignedIn:
    """The provider could not or would not tell who it is."""
    why = "Legitimeringstjänsten kunde inte legitimera er."
    return NotSignedIn("rejected", why, "Försök igen, eller använd en annan e-legitimation.")


def not_ours() -> NotSignedIn:
    """The answer belongs to no sign-in of this browser: used already, too old, or begun somewhere else."""
    why = "Inloggningen är redan använd, eller påbörjades för länge sedan eller i en annan webbläsare."
    return NotSignedIn("not ours", why, "Börja om från inloggningssidan.", 400)


def too_weak() -> NotSignedIn:
    """The e-legitimation is of a lower level of assurance than we ask for."""
    why = "E-legitimationen har inte den tillitsnivå som e-tjänsten kräver."
    return NotSignedIn("too weak", why, "Logga in med en svensk e-legitimation på tillitsnivå 3.")


def not_fresh() -> NotSignedIn:
    """The person was identified too long ago: at another visit, or by someone who has left the chair."""
    return NotSignedIn("not fresh", "Legitimeringen är för gammal.", "Logga in igen och legitimera er på nytt.")


def clocks_differ() -> NotSignedIn:
    """The provider's clock is ahead of ours."""
    why = "Legitimeringstjänstens klocka och vår går olika."
    return NotSignedIn(
        "clocks differ", why, "Försök igen om några minuter. Kontakta oss om felet kommer tillbaka.", 502
    )


def unreachable() -> NotSignedIn:
    """The provider does not answer, or not as it should."""
    why = "Legitimeringstjänsten svarar inte som den ska just nu."
    return NotSignedIn("unreachable", why, "Försök igen om en stund. Kontakta oss om felet varar länge.", 502)


def untrusted(check: str) -> NotSignedIn:
    """The answer is not one that the provider made for us and for this sign-in."""
    return NotSignedIn(f"untrusted {check}", "Svaret från legitimeringstjänsten gick inte att lita på.", _AGAIN)


def nameless() -> NotSignedIn:
    """The provider left out the name, which decisions and receipts need."""
    return NotSignedIn("nameless", "Legitimeringstjänsten skickade inget namn.", _AGAIN, 502)


def not_set_up() -> NotSignedIn:
    """This installation has not been told which provider it trusts."""
    return NotSignedIn("not set up", "Inloggningen är inte inställd.", "Kontakta oss, så ordnar vi det.", 503)
