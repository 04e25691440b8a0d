"""Pages that exist only in the demonstration: step in as anyone, and move the clock."""

from statsbidrag.portal.guards import DEMONSTRATION, page
from statsbidrag.portal.views.demonstration import clock, stepping_in

PAGES = [
    page("demonstration/ga-in/", stepping_in.step_in, "step_in", DEMONSTRATION),
    page("demonstration/klocka/", clock.clock_page, "demonstration_clock", DEMONSTRATION),
]
