"""The reports' round, for the joint account."""

from tests.portal.report.conftest import (  # noqa: F401  # fixtures
    form_sent,
    reporting,
    reporting_for,
    reporting_region,
)
