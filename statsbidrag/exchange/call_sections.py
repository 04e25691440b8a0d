"""What a round's call says, section by section: the same on its public page and in its instructions as a document."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from statsbidrag.cycle import Allocation
from statsbidrag.cycle.call import Call
from statsbidrag.cycle.round import Round
from statsbidrag.terms.dates import day_in_words
from statsbidrag.terms.kronor import decimal_comma, in_words
from statsbidrag.terms.parties import KINDS, Kind
from statsbidrag.terms.sources import Stated

SEVERAL: dict[Kind, str] = {"region": "regioner", "municipality": "kommuner"}


@dataclass(frozen=True, slots=True)
class Section:
    """One section: paragraphs, then points where there are any, and what all of it rests on.

    id         what a link on the page leads to
    rests_on   each stated value by what it is about; one that the round lacks is None
    """

    id: str
    heading: str
    paragraphs: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    numbered: bool = False
    rests_on: Mapping[str, Stated[object] | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CallText:
    """A round's call in words, from its rules, its call and its list, as the agency's own."""

    rules: Round
    call: Call
    allocation: Allocation
    agency: str

    def sections(self) -> Iterator[Section]:
        """Gives every section in the order that one reads them."""
        yield self._purpose()
        yield self._who()
        yield Section("villkor", "Villkor", points=tuple(each.text for each in self.rules.decision.conditions))
        yield self._money()
        yield self._how()
        yield self._facts()
        yield self._then()
        yield self._use()
        yield self._report()
        yield self._repayment()

    def _purpose(self) -> Section:
        rules = self.rules
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

    def _who(self) -> Section:
        rules = self.rules.requisition
        who = " och ".join(sorted(SEVERAL[kind] for kind in KINDS if kind in rules.who_may.value)).capitalize()
        barred = "Den som har beviljats annat offentligt stöd för samma verksamhet kan inte få bidraget."
        return Section(
            "vilka",
            "Vilka kan rekvirera?",
            (f"{who} kan rekvirera bidraget.", *([barred] if rules.no_other_support.value else [])),
            rests_on={"Vilka som kan rekvirera": rules.who_may, "Annat offentligt stöd": rules.no_other_support},
        )

    def _money(self) -> Section:
        rules = self.rules.allocation
        types = " och ".join(map(str, rules.area_types.value))
        return Section(
            "pengar",
            "Medel att fördela",
            (
                f"Det finns {in_words(rules.pot.value)} att fördela{self._parts()}.",
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

    def _parts(self) -> str:
        parts = []
        for kind in KINDS:
            own = [share for share in self.allocation.shares if share.recipient.kind == kind]
            if own:
                parts.append((own[0].pool.kronor, f"{len(own)} {SEVERAL[kind]}"))
        if len(parts) == 1:
            return f" mellan {parts[0][1]}"
        return ": " + " och ".join(f"{in_words(kronor)} till {whom}" for kronor, whom in parts)

    def _how(self) -> Section:
        rules, agent, form = self.rules.requisition, self.call.agent, self.call.form
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
                f"Skicka in senast den {last_day}. Rekvisitionen ska ha kommit in till {self.agency} den dagen. Ni får "
                "en kvittens med diarienummer, och kan ändra eller dra tillbaka rekvisitionen till och med den dagen.",
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

    def _facts(self) -> Section:
        facts = self.rules.requisition.facts
        return Section(
            "innehall",
            "Det här ska stå i rekvisitionen",
            points=tuple(fact.text.value for fact in facts),
            rests_on={f"Uppgift {number}": fact.text for number, fact in enumerate(facts, 1)},
        )

    def _then(self) -> Section:
        rules = self.rules
        reallocation, decision, payment = rules.reallocation, rules.decision, rules.payment
        once = ", som en engångssumma" if payment.lump_sum.value else ""
        return Section(
            "sedan",
            "Vad händer sedan?",
            points=(
                self._left(),
                f"{decision.decided_by.value} beslutar. Alla som får bidrag får ett skriftligt beslut till sin "
                f"registratur. {decision.no_appeal.value}.",
                f"{payment.paid_by.value} betalar ut bidraget {payment.when.value}{once}, efter att "
                "rekvisitionsperioden har löpt ut.",
                f"Ni använder bidraget från och med den {day_in_words(decision.use_from.value)} till och med den "
                f"{day_in_words(decision.use_to.value)}.",
                f"Ni redovisar senast den {day_in_words(rules.report.last_day.value)}.",
            ),
            numbered=True,
            rests_on={
                "Omfördelning": reallocation.allowed,
                "Vad som omfördelas": reallocation.left,
                "Hur det delas": reallocation.key,
                "Vem som beslutar": decision.decided_by,
                "När besluten fattas": decision.after,
                "Överklagande": decision.no_appeal,
                "Vem som betalar": payment.paid_by,
                "När utbetalningen sker": payment.when,
                "Vad utbetalningen väntar på": payment.after,
                "Engångssumma": payment.lump_sum,
                "Första dag att använda bidraget": decision.use_from,
                "Sista dag att använda bidraget": decision.use_to,
            },
        )

    def _left(self) -> str:
        rules = self.rules.reallocation
        if rules.allowed.value == "none":
            return "Det som ingen rekvirerar delas inte ut till andra."
        return (
            f"Finns det {rules.left.value} får {self.agency} lämna det som är kvar till dem som i rekvisitionen har "
            "sagt att de vill ha mer."
        )

    def _use(self) -> Section:
        rules = self.rules.decision
        return Section(
            "anvandning",
            "Så får bidraget användas",
            (
                f"Bidraget får användas till {rules.may_use.value}.",
                f"Det får inte användas till {rules.may_not_use.value}.",
            ),
            rests_on={"Vad det får användas till": rules.may_use, "Vad det inte får användas till": rules.may_not_use},
        )

    def _report(self) -> Section:
        rules = self.rules.report
        return Section(
            "redovisning",
            "Återrapportering",
            (
                f"Ni ska redovisa bidraget senast den {day_in_words(rules.last_day.value)}. Formuläret skickas "
                f"{rules.sent.value}. Ni kan svara högst {rules.submissions.value} gånger, och det sista svaret räknas.",
                "Redovisningen ska innehålla",
            ),
            tuple(content.value for content in rules.contents),
            rests_on={
                "Sista dag": rules.last_day,
                "Hur formuläret skickas": rules.sent,
                "Antal svar": rules.submissions,
            },
        )

    def _repayment(self) -> Section:
        rules = self.rules.repayment
        return Section(
            "aterbetalning",
            "Återbetalning",
            (
                f"Ni betalar senast {rules.repay_by.value}. {self.agency} skickar en faktura.",
                "Ni ska betala tillbaka bidrag i de här fallen:",
            ),
            tuple(f"{ground.text.value}." for ground in rules.grounds),
            rests_on={"Skyldigheten": rules.liable, "Senaste dag": rules.repay_by},
        )


def _percent(weight: Stated[Fraction]) -> str:
    share = weight.value * 100
    return decimal_comma(share, 0 if share.denominator == 1 else 1)
