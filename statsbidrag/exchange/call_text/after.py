"""The call after the last day: decisions, payment, what the grant is used for, the report and paying back."""

from statsbidrag.exchange.call_text.section import Announced, Section
from statsbidrag.terms.dates import day_in_words


def then(announced: Announced) -> Section:
    """What happens once the last day has passed."""
    rules = announced.rules
    reallocation, decision, payment = rules.reallocation, rules.decision, rules.payment
    once = ", som en engångssumma" if payment.lump_sum.value else ""
    return Section(
        "sedan",
        "Vad händer sedan?",
        points=(
            _left(announced),
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


def use(announced: Announced) -> Section:
    """What the grant may be used for, and what not."""
    rules = announced.rules.decision
    return Section(
        "anvandning",
        "Så får bidraget användas",
        (
            f"Bidraget får användas till {rules.may_use.value}.",
            f"Det får inte användas till {rules.may_not_use.value}.",
        ),
        rests_on={"Vad det får användas till": rules.may_use, "Vad det inte får användas till": rules.may_not_use},
    )


def report(announced: Announced) -> Section:
    """What recipients report, and by when."""
    rules = announced.rules.report
    return Section(
        "redovisning",
        "Återrapportering",
        (
            f"Ni ska redovisa bidraget senast den {day_in_words(rules.last_day.value)}. Formuläret skickas "
            f"{rules.sent.value}. Ni kan svara högst {rules.submissions.value} gånger, och det sista "
            "svaret räknas.",
            "Redovisningen ska innehålla",
        ),
        tuple(content.value for content in rules.contents),
        rests_on={
            "Sista dag": rules.last_day,
            "Hur formuläret skickas": rules.sent,
            "Antal svar": rules.submissions,
        },
    )


def repayment(announced: Announced) -> Section:
    """When the grant must be paid back."""
    rules = announced.rules.repayment
    return Section(
        "aterbetalning",
        "Återbetalning",
        (
            f"Ni betalar senast {rules.repay_by.value}. {announced.agency} skickar en faktura.",
            "Ni ska betala tillbaka bidrag i de här fallen:",
        ),
        tuple(f"{ground.text.value}." for ground in rules.grounds),
        rests_on={"Skyldigheten": rules.liable, "Senaste dag": rules.repay_by},
    )


def _left(announced: Announced) -> str:
    rules = announced.rules.reallocation
    if rules.allowed.value == "none":
        return "Det som ingen rekvirerar delas inte ut till andra."
    return (
        f"Finns det {rules.left.value} får {announced.agency} lämna dem till mottagare som i rekvisitionen har sagt "
        "att de vill ha mer."
    )
