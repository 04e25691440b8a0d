"""The call up to the last day: what it is for, who may requisition, how much there is and how one asks for it."""

from fractions import Fraction

from statsbidrag.exchange.call_text.section import Announced, Section
from statsbidrag.terms.dates import day_in_words
from statsbidrag.terms.kronor import decimal_comma, in_words
from statsbidrag.terms.parties import KINDS, Kind
from statsbidrag.terms.sources import Stated

_SEVERAL: dict[Kind, str] = {"region": "regioner", "municipality": "kommuner"}


def purpose(announced: Announced) -> Section:
    """What the grant is for, and what it rests on."""
    rules = announced.rules
    since = f", som gäller från och med den {day_in_words(rules.in_force.value)}" if rules.in_force else ""
    return Section(
        "syfte",
        "Syfte",
        (
            f"Syftet med bidraget är att {rules.decision.purpose.value}.",
            f"Bidraget vilar på {rules.legal_basis.value}{since}.",
        ),
        rests_on={
            "Syftet": rules.decision.purpose,
            "Vad bidraget vilar på": rules.legal_basis,
            "När det började gälla": rules.in_force,
        },
    )


def who(announced: Announced) -> Section:
    """Who may requisition, and what bars someone."""
    rules = announced.rules.requisition
    who = " och ".join(sorted(_SEVERAL[kind] for kind in KINDS if kind in rules.who_may.value)).capitalize()
    barred = "Den som har beviljats annat offentligt stöd för samma verksamhet kan inte få bidraget."
    return Section(
        "vilka",
        "Vilka kan rekvirera?",
        (f"{who} kan rekvirera bidraget.", *([barred] if rules.no_other_support.value else [])),
        rests_on={"Vilka som kan rekvirera": rules.who_may, "Annat offentligt stöd": rules.no_other_support},
    )


def conditions(announced: Announced) -> Section:
    """Every condition of the grant, in the words of the decision (§§ 2-3)."""
    return Section("villkor", "Villkor", points=tuple(each.text for each in announced.rules.decision.conditions))


def money(announced: Announced) -> Section:
    """How much there is, and how it is divided."""
    rules = announced.rules.allocation
    types = " och ".join(map(str, rules.area_types.value))
    return Section(
        "pengar",
        "Medel att fördela",
        (
            f"Det finns {in_words(rules.pot.value)} att fördela{_parts(announced)}.",
            f"{_percent(rules.by_children)} procent fördelas efter hur många barn {rules.ages.value} som bor hos "
            f"mottagaren, och {_percent(rules.by_exposed)} procent efter hur många av barnen som bor i områden med "
            f"socioekonomiska utmaningar (områdestyp {types}). Befolkningen är från {rules.population_year.value}.",
        ),
        rests_on={
            "Pottens storlek": rules.pot,
            "Delningen mellan regioner och kommuner": rules.split,
            "Vikten för alla barn": rules.by_children,
            "Vikten för barn i utsatta områden": rules.by_exposed,
            "Åldrarna": rules.ages,
            "Områdestyperna": rules.area_types,
            "Befolkningens år": rules.population_year,
            "Områdenas indelning": rules.area_vintage,
            "Avrundningen": rules.rounding,
            "Var listan publiceras": rules.listed,
        },
    )


def how(announced: Announced) -> Section:
    """What one does, step by step, and by when."""
    rules, agent, form = announced.rules.requisition, announced.call.agent, announced.call.form
    last_day = day_in_words(rules.last_day.value)
    becoming = (
        f"Ansök om att bli ombud. {agent.who.value} {agent.instead.value} {agent.then.value} Var ute i god tid: "
        f"beräknad handläggningstid är {rules.agent_time.value}."
    )
    return Section(
        "sa-gor-ni",
        "Så rekvirerar ni, steg för steg",
        points=(
            *([becoming] if rules.agent.value else []),
            f"Rekvirera. {form.where.value} Ange ett belopp, högst det som står för er i fördelningslistan.",
            f"Skicka in senast den {last_day}. Det är dagen då rekvisitionen kommer in till {announced.agency} som "
            "räknas. Ni får ett kvitto med diarienummer, och kan ändra eller dra tillbaka rekvisitionen till och med "
            "den dagen.",
            "Komplettera om vi frågar. Saknas något i en rekvisition som kom in i tid kan ni komplettera den till "
            f"och med den {day_in_words(rules.completed_by)}.",
        ),
        numbered=True,
        rests_on={
            "Vem som ansöker om att bli ombud": agent.who,
            "Fullmakt": agent.instead,
            "Mer om ombudsansökan": agent.link,
            "Ombud före rekvisition": agent.then,
            "Handläggningstid för ombud": rules.agent_time,
            "Var ni rekvirerar": form.where,
            "Länkens namn": form.link,
            "Det högsta beloppet": rules.most,
            "Sista dag": rules.last_day,
            "Tid för komplettering": rules.completion_days,
        },
    )


def facts(announced: Announced) -> Section:
    """What the requisition must say (§ 5)."""
    facts = announced.rules.requisition.facts
    return Section(
        "innehall",
        "Det här ska stå i rekvisitionen",
        points=tuple(fact.text.value for fact in facts),
        rests_on={f"Uppgift {number}": fact.text for number, fact in enumerate(facts, 1)},
    )


def _parts(announced: Announced) -> str:
    parts = []
    for kind in KINDS:
        own = [share for share in announced.allocation.shares if share.recipient.kind == kind]
        if own:
            parts.append((own[0].pool.kronor, f"{len(own)} {_SEVERAL[kind]}"))
    if len(parts) == 1:
        return f" mellan {parts[0][1]}"
    return ": " + " och ".join(f"{in_words(kronor)} till {whom}" for kronor, whom in parts)


def _percent(weight: Stated[Fraction]) -> str:
    share = weight.value * 100
    return decimal_comma(share, 0 if share.denominator == 1 else 1)
