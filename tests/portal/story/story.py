"""The story of a round, as those who live it would tell it: who goes where, does what, and sees what come of it."""

from portal.story.actor import Cast
from portal.story.papers import a_page

REGION, MUNICIPALITY, NEWCOMERS, LATE = "Region Stockholm", "Eskilstuna kommun", "Strängnäs kommun", "Nyköpings kommun"
GIRO, MENDED_GIRO = "bankgiro 991-2346", "plusgiro 90 20 03-3"


def the_clock_moves(cast: Cast, to: str) -> None:
    """Whoever shows the demonstration moves the whole service to a later day."""
    anyone = cast("Allmänheten")
    anyone.follow("Flytta klockan")
    anyone.press(f"Flytta hit till {to}")
    anyone.see("Här är vi")


def the_officer_allocates_and_opens(cast: Cast) -> None:
    officer = cast("Handläggare")
    officer.see("Att göra nu")
    officer.follow("Omgång 2025")
    officer.press("Fördela och publicera")
    officer.see("Listan är publicerad")

    public = cast("Allmänheten")
    public.follow("Fördelningslista 2025")
    public.see("Region Stockholm", "16 634 974 kr")
