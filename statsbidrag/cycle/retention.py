"""How long what can be traced to someone is kept in a region's house, by ``retention.toml``."""

from dataclasses import dataclass

from statsbidrag.terms.sources import Stated


@dataclass(frozen=True, slots=True)
class RetentionRules:
    """What ``retention.toml`` says.

    pseudonyms     months after the end of the visits' year; children and families are kept as pseudonyms until then
    refused_rows   days that the rows of a file that could not be used are kept, to be mended
    waiting_files  days that a file waits for someone to keep it or throw it away
    """

    pseudonyms: Stated[int]
    refused_rows: Stated[int]
    waiting_files: Stated[int]
