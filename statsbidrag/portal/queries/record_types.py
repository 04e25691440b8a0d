"""What a check of the record can find."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Break:
    """One thing that does not hold: where, and what is wrong there."""

    where: str
    why: str

    def __str__(self) -> str:
        return f"{self.where}: {self.why}"
