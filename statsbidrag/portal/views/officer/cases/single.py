"""The forms of single decisions: withholding, change, correction, rejection and closing, each with its reasons."""

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from django import forms

from statsbidrag.cycle import Decision, DecisionKind
from statsbidrag.portal import rules
from statsbidrag.portal.queries.matters import SUBJECTS, Matter
from statsbidrag.portal.queries.to_decide import Proposed, found_in
from statsbidrag.portal.views.forms import Form, at_the_field
from statsbidrag.terms.kronor import grouped, in_words, read_kronor

_REASONS = "Skriv varför. Skälen står i beslutet som mottagaren får."


class SingleForm(Form):
    """What every single decision needs: its reasons."""

    reasons = forms.CharField(label="Skäl för beslutet", max_length=10_000, error_messages={"required": _REASONS})

    def __init__(self, *args: Any, matter: Matter, **options: Any) -> None:
        super().__init__(*args, **options)
        self.matter = matter

    def paragraphs(self) -> tuple[str, ...]:
        """The reasons, a paragraph each."""
        parts = re.split(r"\n\s*\n", self.cleaned_data["reasons"].replace("\r", ""))
        return tuple(" ".join(part.split()) for part in parts if part.strip())

    def proposed(self) -> Proposed:
        """What is proposed."""
        raise NotImplementedError

    def _kronor(self, name: str) -> int:
        return at_the_field(lambda: read_kronor(self.cleaned_data[name], ""))


class WithholdingForm(SingleForm):
    """How much is withheld, and on which ground (§ 12)."""

    ground = forms.ChoiceField(label="Grund", error_messages={"required": "Välj den grund som beslutet vilar på."})
    kronor = forms.CharField(
        label="Belopp som inte betalas ut", max_length=40, error_messages={"required": "Ange beloppet."}
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        grounds = rules.round_rules(self.matter.year).repayment.grounds
        self.fields["ground"].choices = [(one.ground, one.text.value) for one in grounds]  # type: ignore[attr-defined]

    def clean_kronor(self) -> int:
        """The amount in kronor."""
        return self._kronor("kronor")

    def proposed(self) -> Proposed:
        """What is proposed."""
        grant, said = self.matter.grant, self.cleaned_data
        return Proposed(
            kind="withholding",
            reasons=self.paragraphs(),
            kronor=said["kronor"],
            ground=said["ground"],
            earlier=grant.reference if grant else "",
        )


class ChangeForm(SingleForm):
    """The whole new sums of a decision that is changed; the difference is worked out."""

    earlier = forms.ChoiceField(label="Beslut som ändras", error_messages={"required": "Välj beslutet."})
    kronor = forms.CharField(label="Nytt belopp", max_length=40, error_messages={"required": "Ange beloppet."})
    reallocated = forms.CharField(label="Nytt omfördelat belopp", max_length=40, required=False)
    kind: DecisionKind = "change"

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["earlier"].choices = [  # type: ignore[attr-defined]  # it is a choice field
            (one.reference, f"{one.reference}: {SUBJECTS[one.subject]}, {in_words(one.total)}")
            for one in self.matter.standing
        ]
        if grant := self.matter.grant:
            self.fields["kronor"].initial = grouped(grant.proposal.kronor)
            self.fields["reallocated"].initial = grouped(grant.proposal.reallocated)

    def clean_kronor(self) -> int:
        """The amount in kronor."""
        return self._kronor("kronor")

    def clean_reallocated(self) -> int:
        """The reallocated amount in kronor; nothing written leaves it as it was."""
        if self.cleaned_data["reallocated"].strip():
            return self._kronor("reallocated")
        earlier = self._earlier()
        return earlier.proposal.reallocated if earlier else 0

    def proposed(self) -> Proposed:
        """What is proposed."""
        said = self.cleaned_data
        return Proposed(
            kind=self.kind,
            reasons=self.paragraphs(),
            kronor=said["kronor"],
            reallocated=said["reallocated"],
            earlier=said["earlier"],
            texts=self.texts(),
        )

    def texts(self) -> tuple[tuple[str, str, str], ...]:
        """What is altered in words; a change alters amounts only."""
        return ()

    def clean(self) -> dict[str, Any]:
        """Refuses a decision that alters nothing."""
        said = super().clean() or self.cleaned_data
        earlier = self._earlier()
        same = earlier and (said.get("kronor"), said.get("reallocated")) == (
            earlier.proposal.kronor,
            earlier.proposal.reallocated,
        )
        if same and not self.texts():
            raise forms.ValidationError("Beslutet säger samma sak som det tidigare. Ange vad som ändras.")
        return said

    def _earlier(self) -> Decision | None:
        """The decision that is chosen."""
        chosen = self.cleaned_data.get("earlier")
        return next((one for one in self.matter.standing if one.reference == chosen), None)


class CorrectionForm(ChangeForm):
    """The same for an obvious mistake, in an amount or in words (36 § FL)."""

    kind: DecisionKind = "correction"
    what = forms.CharField(label="Uppgift som rättas", max_length=100, required=False)
    before = forms.CharField(label="Det stod", max_length=200, required=False)
    after = forms.CharField(label="Det ska stå", max_length=200, required=False)

    def texts(self) -> tuple[tuple[str, str, str], ...]:
        """What is corrected in words: all three, or nothing."""
        said = tuple(self.cleaned_data.get(name, "").strip() for name in ("what", "before", "after"))
        return ((said[0], said[1], said[2]),) if all(said) else ()

    def clean(self) -> dict[str, Any]:
        """Refuses a correction in words that lacks one of its three parts."""
        said = [bool(self.cleaned_data.get(name, "").strip()) for name in ("what", "before", "after")]
        if any(said) and not all(said):
            raise forms.ValidationError("Fyll i alla tre fälten om den uppgift som rättas, eller inget av dem.")
        return super().clean()


class RejectionForm(SingleForm):
    """Which requisition is not taken up."""

    concerns = forms.ChoiceField(label="Rekvisition som avvisas", error_messages={"required": "Välj rekvisitionen."})

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["concerns"].choices = [  # type: ignore[attr-defined]  # it is a choice field
            (str(row.pk), f"{row.reference}, {in_words(row.amount) if row.amount else 'utan belopp'}")
            for row, _ in self.matter.requisitions
        ]
        found = [reason for _, review in self.matter.requisitions for reason in found_in(review)]
        self.fields["reasons"].initial = "\n\n".join(dict.fromkeys(found))

    def proposed(self) -> Proposed:
        """What is proposed."""
        return Proposed(kind="rejection", reasons=self.paragraphs(), concerns=int(self.cleaned_data["concerns"]))


class ClosingForm(SingleForm):
    """Why the case is closed without a decision on its matter."""

    def proposed(self) -> Proposed:
        """What is proposed; it concerns the last that came in."""
        last = self.matter.requisitions[-1][0].pk if self.matter.requisitions else None
        return Proposed(kind="closing", reasons=self.paragraphs(), concerns=last)


class SingleDecision(NamedTuple):
    """A kind of single decision: its form, what it is called, when it is made, and whether a case has room for it."""

    form: type[SingleForm]
    name: str
    about: str
    fits: Callable[[Matter], bool]


SINGLE_DECISIONS: Mapping[str, SingleDecision] = {
    "innehall": SingleDecision(
        WithholdingForm,
        "Håll inne utbetalning",
        "Hela eller en del av bidraget betalas inte ut, för att det finns grund för återbetalning (§ 12).",
        lambda matter: matter.grant is not None and rules.round_rules(matter.year).payment.withhold.value,
    ),
    "andra": SingleDecision(
        ChangeForm,
        "Ändra ett beslut",
        "Beloppet blir ett annat, för att något har tillkommit eller var fel (37–38 §§ förvaltningslagen).",
        lambda matter: bool(matter.standing),
    ),
    "ratta": SingleDecision(
        CorrectionForm,
        "Rätta ett beslut",
        "Ett uppenbart skrivfel eller räknefel rättas (36 § förvaltningslagen).",
        lambda matter: bool(matter.standing),
    ),
    "avvisa": SingleDecision(
        RejectionForm,
        "Avvisa en rekvisition",
        "Rekvisitionen tas inte upp, för att den kom för sent eller aldrig kompletterades.",
        lambda matter: bool(matter.requisitions),
    ),
    "avskriv": SingleDecision(
        ClosingForm,
        "Skriv av ärendet",
        "Ärendet avslutas utan att prövas, till exempel för att rekvisitionen är återtagen.",
        lambda matter: matter.grant is None or bool(matter.requisitions),
    ),
}
