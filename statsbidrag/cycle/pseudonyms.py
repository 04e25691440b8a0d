"""What a region asks of its pseudonyms: the shortest key, and which columns never leave."""

from dataclasses import dataclass

from statsbidrag.terms.sources import Stated


@dataclass(frozen=True, slots=True)
class PseudonymRules:
    """What ``pseudonyms.toml`` says.

    shortest_key   the least characters of a key
    never_leaves   what columns are called that point someone out, in small letters
    """

    shortest_key: Stated[int]
    never_leaves: Stated[tuple[str, ...]]

    def points_out(self, heading: str) -> bool:
        """Tells whether a column is called something that points someone out."""
        return " ".join(heading.replace("_", " ").split()).casefold() in self.never_leaves.value
