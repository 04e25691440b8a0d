"""Two centres have one visit: it is paid to nobody until the region takes it back at one of them."""

from portal.story.actor import Actor, Cast
from region.story.orebro import CENTRE, ELSEWHERE, PLANNER, hands_in, settles
from region.story.papers import the_same_visit_at_two_centres

_TAKEN_BACK = "Det var Tybble som gjorde besöket (påhittat)."


def one_visit_at_two_centres_is_paid_once_one_is_taken_back(cast: Cast) -> None:
    two_centres_have_one_visit(cast, "barn-g")
    planner = settles(cast)
    planner.see("1 besök finns på flera enheter", "Väntar hos flera enheter, räknat hos var och en 2", "Utbetalas 0 kr")
    planner.follow(f"ta bort … besöket 15 april 2025 hos {ELSEWHERE}")
    planner.fill("Varför är besöket inte enhetens?", _TAKEN_BACK)
    planner.press("Ta bort besöket")
    planner.see("Borttagna besök som en annan enhet också hade")
    _forgets_the_settlement(planner)
    settles(cast).see(f"{CENTRE} April Rättelse 1 1 1 1 800 kr", "Väntar hos flera enheter, räknat hos var och en 0")


def two_centres_have_one_visit(cast: Cast, child: str = "barn-h") -> None:
    """The columns of the extract are remembered from the month before."""
    planner = hands_in(cast(PLANNER), f"dubbelt-{child}.csv", the_same_visit_at_two_centres(child))
    planner.wait_for("Går att spara")
    planner.press("Spara 2 besök")
    planner.wait_for("2 nya besök är sparade")


def _forgets_the_settlement(planner: Actor) -> None:
    planner.follow("Avräkning")
    planner.follow("Avräkning 3")
    planner.follow("Ta tillbaka")
    planner.press("Ta tillbaka avräkningen")
