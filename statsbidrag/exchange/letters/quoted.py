"""The words of a source as a letter quotes them, with where they stand, or our assumption where no source says it."""

from statsbidrag.terms.because import Because
from statsbidrag.terms.sources import Stated


def quoted(stated: Stated[object]) -> Because:
    """Gives a stated value's own words with its source; where it is an assumption, that no source says it."""
    says = f"”{stated.quote}”" if stated.quote else "Står inte i någon källa"
    return Because(says, cites=stated.cites, assumption=stated.assumption)
