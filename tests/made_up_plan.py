"""Made-up answers to the questions of Örebro's plan, for the tests that need them."""

from typing import Any

PLAN: dict[str, Any] = {
    "room_in_time": "Ja, två halvdagar i veckan.",
    "social_services": "Ja, en familjestödjare har tid.",
    "visits_planned": "120",
    "scope": "parts",
    "visits_added": ["at_2_months", "at_4_months"],
    "families": "Alla förstagångsföräldrar.",
    "start": "2025-11-01",
    "travel": "Cykel och en bil i poolen.",
}
