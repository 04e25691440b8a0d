"""The call (utlysning): what a round's public page says beyond the rules of the round, one file a year."""

from dataclasses import dataclass

from statsbidrag.terms.sources import Stated


@dataclass(frozen=True, slots=True)
class BecomingAgent:
    """The first step: someone becomes the recipient's agent (ombud).

    instead   who may apply where the signatory does not
    link      the words of the link to more about it
    then      what it opens the way to
    """

    who: Stated[str]
    instead: Stated[str]
    link: Stated[str]
    then: Stated[str]


@dataclass(frozen=True, slots=True)
class RequisitionForm:
    """The second step: where the requisition is made, and the words of the link to it."""

    where: Stated[str]
    link: Stated[str]


@dataclass(frozen=True, slots=True)
class Papers:
    """The round's papers, by their names."""

    instructions: Stated[str]
    allocation_list: Stated[str]


@dataclass(frozen=True, slots=True)
class Call:
    """How one goes about a round, for everyone to read; dates, sums and conditions stand in the round itself."""

    summary: Stated[str]
    agent: BecomingAgent
    form: RequisitionForm
    papers: Papers
