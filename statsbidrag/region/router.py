"""Which database a row lives in: the region's rows in the region's own, and never anywhere else (adm-01)."""

from typing import Any

from django.db.models import Model

REGION = "region"


class RegionRouter:
    """Sends every row of the region's house to its own database, and no other row there."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str | None:
        """Where rows of a kind are read."""
        return REGION if model._meta.app_label == REGION else None

    def db_for_write(self, model: type[Model], **hints: Any) -> str | None:
        """Where rows of a kind are written."""
        return self.db_for_read(model)

    def allow_relation(self, one: Model, other: Model, **hints: Any) -> bool | None:
        """Rows of different houses are never tied together."""
        return (one._meta.app_label == REGION) == (other._meta.app_label == REGION)

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        """Each database has the tables of its own house only."""
        return (db == REGION) == (app_label == REGION)
