"""Step 6 in the play."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Distributed:
    pass


def distribute_all(stage: object, giving: object) -> Distributed:
    return Distributed()
