"""The receipt for a report (svarskvitto): made after it has come in, whole or not at all, and once."""

from django_tasks import task


@task()
def make_receipt(report_id: int) -> None:
    """Makes the receipt of a report, enters it in the case and e-mails it; where there is one, nothing."""
    raise NotImplementedError(report_id)  # being written
