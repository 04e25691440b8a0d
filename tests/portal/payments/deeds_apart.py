"""Deeds of the payments, each in a process of its own: run by the tests with the name of the deed.

The database lies in the folder that STATSBIDRAG_DATA names. A process waits until the file ``start`` there is let go.
"""

import fcntl
import importlib.util
import os
import sys
from datetime import date, datetime
from pathlib import Path

import django

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[1]))
os.environ["DJANGO_SETTINGS_MODULE"] = "statsbidrag.portal.settings"
django.setup()

from django.core.management import call_command  # noqa: E402
from payment_files import booked, notification  # noqa: E402

from statsbidrag.portal.access import Visitor  # noqa: E402
from statsbidrag.portal.actions import bank_answers, ledger, payments, vouchers  # noqa: E402
from statsbidrag.portal.middleware import visitor_of  # noqa: E402
from statsbidrag.portal.models import AnswerFile, Document, LedgerEntry, Payment, PaymentBatch, Person, Role, Round  # noqa: E402
from statsbidrag.terms.dates import SWEDISH_TIME  # noqa: E402
from statsbidrag.terms.faults import Fault  # noqa: E402

NOW = datetime(2025, 5, 13, 10, tzinfo=SWEDISH_TIME)


def fill() -> None:
    """Makes the database and a round with three grants."""
    call_command("migrate", verbosity=0)
    place = importlib.util.spec_from_file_location("conftest_of_payments", HERE / "conftest.py")
    assert place
    assert place.loader
    made = sys.modules["conftest_of_payments"] = importlib.util.module_from_spec(place)
    place.loader.exec_module(made)
    people = [Person.objects.create(name=f"Person {number} (påhittad)", created=NOW) for number in range(4)]
    for person, kind in zip(people, ("finance", "finance", "presenter", "decision_maker"), strict=True):
        Role.objects.create(person=person, kind=kind, since=NOW)
    Round.objects.create(pk=2025, published=NOW, opened=NOW, reallocated=NOW)
    granted = made.Granted(2025, people[2], people[3], {})
    for recipient, kronor in made.KRONOR.items():
        granted.grant(recipient, kronor, f"{made.GIROS[recipient].kind} {made.GIROS[recipient]}")


def finance(number: int) -> Visitor:
    """One of the two at the finance department."""
    person = Person.objects.filter(roles__kind="finance").order_by("id")[number]
    visitor = visitor_of(person.pk)
    assert visitor
    return visitor


def prepare(number: int) -> None:
    """Prepares a batch of all that is due."""
    payments.prepare_batch(finance(number), 2025, date(2025, 5, 26), NOW)


def attest(number: int) -> None:
    """Attests the first batch."""
    payments.attest(finance(number), 2025, 1, NOW)


def hand_over(number: int) -> None:
    """Hands the first batch over."""
    payments.hand_over(finance(number), 2025, 1, NOW)


def read_in(number: int) -> None:
    """Reads in that all is paid."""
    sent = Payment.objects.order_by("id").values_list("reference", "kronor")
    file = notification(*(booked(reference, kronor) for reference, kronor in sent))
    bank_answers.read_in(finance(number), 2025, "svar.xml", file, now=NOW)


def read_in_and_die(number: int) -> None:
    """Reads in that all is paid, in a process that is killed when it is to book it."""
    ledger.post = lambda *_: os._exit(9)
    read_in(number)


def hand_over_and_die(number: int) -> None:
    """Hands the first batch over, in a process that is killed when its files are made and the vouchers are not."""
    vouchers.enter_new = lambda *_: os._exit(9)
    hand_over(number)


def count() -> None:
    """Says how much there is of everything."""
    paid = LedgerEntry.objects.filter(cause="paid").count()
    files = Document.objects.filter(about="payment file").count()
    print(PaymentBatch.objects.count(), Payment.objects.count(), files, AnswerFile.objects.count(), paid)  # noqa: T201


def main() -> None:
    """Does the deed that was asked for and says how it went."""
    deed, *number = sys.argv[1:]
    with (Path(os.environ["STATSBIDRAG_DATA"]) / "start").open() as start:
        fcntl.flock(start, fcntl.LOCK_SH)
        try:
            globals()[deed](*map(int, number))
        except Fault as fault:
            print(fault.why)  # noqa: T201


if __name__ == "__main__":
    main()
