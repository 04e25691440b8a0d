"""Ledger and diary only grow: SQLite refuses to alter or delete their rows."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLES = ("portal_ledgerentry", "portal_diaryentry")
_REFUSAL = (
    "CREATE TRIGGER {table}_no_{deed} BEFORE {deed} ON {table} BEGIN SELECT RAISE(ABORT, '{table} only grows'); END"
)


def refuse(apps: Apps, schema: BaseDatabaseSchemaEditor) -> None:
    """Adds the triggers."""
    if schema.connection.vendor == "sqlite":
        for table in TABLES:
            for deed in ("update", "delete"):
                schema.execute(_REFUSAL.format(table=table, deed=deed))


def allow(apps: Apps, schema: BaseDatabaseSchemaEditor) -> None:
    """Takes the triggers away again."""
    if schema.connection.vendor == "sqlite":
        for table in TABLES:
            for deed in ("update", "delete"):
                schema.execute(f"DROP TRIGGER {table}_no_{deed}")


class Migration(migrations.Migration):
    """Step 2 of the database."""

    dependencies = [("portal", "0001_initial")]
    operations = [migrations.RunPython(refuse, allow)]
