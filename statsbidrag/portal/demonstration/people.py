"""The people of the demonstration: made up, one for each role that one can step in as."""

from dataclasses import dataclass

from statsbidrag.portal.access import RoleKind, clinic_key


@dataclass(frozen=True, slots=True)
class Character:
    """Someone to step in as.

    key      what the start page's button sends
    offers   what stands on the button
    roles    pairs of a role and the key of the recipient it is held for
    does     what this role does, in a sentence
    """

    key: str
    offers: str
    name: str
    title: str
    roles: tuple[tuple[RoleKind, str], ...]
    does: str

    @property
    def email(self) -> str:
        """An address that leads nowhere."""
        return f"{self.key.replace('_', '.')}@exempel.se"


# Varberga vårdcentral, by its place in the register of Region Örebro län.
VARBERGA = clinic_key("region-18", 10)

CHARACTERS: tuple[Character, ...] = (
    Character(
        "agent_of_municipality",
        "Ombud för en kommun",
        "Kim Kommunombud (påhittad)",
        "controller",
        (("agent", "municipality-0484"),),
        "Rekvirerar för Eskilstuna kommun, bjuder in kolleger och följer ärendet.",
    ),
    Character(
        "agent_of_region",
        "Ombud för en region",
        "Robin Regionombud (påhittad)",
        "strateg",
        (("agent", "region-01"),),
        "Rekvirerar för Region Stockholm, bjuder in kolleger och följer ärendet.",
    ),
    Character(
        "deputy",
        "Representant",
        "Sam Representant (påhittad)",
        "utredare",
        (("deputy", "municipality-0484"),),
        "Fyller i och skickar in, men bjuder inte in andra representanter.",
    ),
    Character(
        "coordinator",
        "Uppgiftssamordnare",
        "Alex Samordnare (påhittad)",
        "verksamhetsutvecklare",
        (("coordinator", "municipality-0484"),),
        "Fyller i uppgifter som ombudet eller representanten sedan skickar in.",
    ),
    Character(
        "signatory",
        "Behörig företrädare",
        "Noor Företrädare (påhittad)",
        "förvaltningschef",
        (("signatory", "municipality-0484"),),
        "Godkänner kommunens redovisning innan den skickas in.",
    ),
    Character(
        "signatory_of_region",
        "Behörig företrädare för en region",
        "Ville Företrädare (påhittad)",
        "hälso- och sjukvårdsdirektör",
        (("signatory", "region-01"),),
        "Godkänner regionens redovisning innan den skickas in.",
    ),
    Character(
        "alone",
        "Ensam i en liten kommun",
        "Ava Ensam (påhittad)",
        "socialchef",
        (("agent", "municipality-2418"), ("signatory", "municipality-2418")),
        "Fyller i, godkänner och skickar in allt för Malå kommun.",
    ),
    Character(
        "newcomer",
        "Ny användare utan roll",
        "Mika Nyanländ (påhittad)",
        "",
        (),
        "Ansöker om att bli ombud för sin kommun eller region.",
    ),
    Character(
        "region_planner",
        "Regionplanerare",
        "Lo Planerare (påhittad)",
        "planeringsledare",
        (("region_planner", "region-01"),),
        "Fördelar regionens bidrag vidare till satsningar, vårdcentraler och andra.",
    ),
    Character(
        "mandate_holder",
        "Beslutsfattare i en region",
        "Dag Delegat (påhittad)",
        "hälso- och sjukvårdsdirektör",
        (("mandate_holder", "region-01"),),
        "Flyttar pengar mellan Region Stockholms satsningar inom nämndens uppdrag.",
    ),
    Character(
        "planner_orebro",
        "Regionplanerare i Örebro",
        "Pia Planerare (påhittad)",
        "planeringsledare",
        (("region_planner", "region-18"),),
        "Beviljar fast ersättning, räknar av hembesöken och lämnar siffror till rapporten.",
    ),
    Character(
        "agent_of_orebro",
        "Ombud i Örebro",
        "Olle Ombud (påhittad)",
        "utvecklingsledare",
        (("agent", "region-18"), ("signatory", "region-18")),
        "Fyller i, godkänner och skickar in det som Region Örebro län rapporterar, ifyllt ur besöken.",
    ),
    Character(
        "clinic",
        "BVC-sjuksköterska",
        "Tove Barnhälsa (påhittad)",
        "BVC-sjuksköterska",
        (("clinic", VARBERGA),),
        "Lämnar in hembesök för Varberga vårdcentral, som fil eller för hand.",
    ),
    Character(
        "clinic_head",
        "Verksamhetschef på en vårdcentral",
        "Vera Verksamhetschef (påhittad)",
        "verksamhetschef",
        (("clinic_head", VARBERGA),),
        "Ansöker om fast ersättning för Varberga vårdcentral och redovisar den.",
    ),
    Character(
        "officer",
        "Handläggare",
        "Hanna Handläggare (påhittad)",
        "handläggare",
        (("officer", ""),),
        "Fördelar, öppnar omgången, följer rekvisitioner och omfördelar.",
    ),
    Character(
        "presenter",
        "Föredragande",
        "Farid Föredragande (påhittad)",
        "utredare",
        (("presenter", ""),),
        "Bereder besluten och lägger fram dem för beslutsfattaren.",
    ),
    Character(
        "decision_maker",
        "Beslutsfattare",
        "Britt Beslutsfattare (påhittad)",
        "enhetschef",
        (("decision_maker", ""),),
        "Beslutar enligt delegationsordningen, ett beslut eller en hel lista.",
    ),
    Character(
        "finance",
        "Ekonom",
        "Eli Ekonom (påhittad)",
        "ekonom",
        (("finance", ""),),
        "Kontrollerar nya gironummer, bereder, attesterar och lämnar över utbetalningar.",
    ),
    Character(
        "registrar",
        "Registrator",
        "Rut Registrator (påhittad)",
        "registrator",
        (("registrar", ""),),
        "Registrerar det som kommer på papper eller med e-post och sköter diariet.",
    ),
    Character(
        "auditor",
        "Granskare",
        "Gun Granskare (påhittad)",
        "revisor",
        (("auditor", ""),),
        "Läser allt hos myndigheten och kontrollerar huvudbok och diarium, utan att ändra något.",
    ),
    Character(
        "administrator",
        "Systemförvaltare",
        "Sixten Systemförvaltare (påhittad)",
        "systemförvaltare",
        (("administrator", ""),),
        "Ger medarbetare deras roller och för delegationsordningen.",
    ),
)
