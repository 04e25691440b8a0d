"""What everything that is made up says of itself (adm-13)."""

MADE_UP = "Exempel – påhittade uppgifter, inget beslut"
