"""Ledger and diary only grow: PostgreSQL refuses to alter, delete or empty them."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLES = ("portal_ledgerentry", "portal_diaryentry")
_FUNCTION = """
    CREATE FUNCTION portal_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '% only grows', TG_TABLE_NAME; END $$
"""
_ROWS = (
    "CREATE TRIGGER {table}_rows BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION portal_only_grows()"
)
_ALL = "CREATE TRIGGER {table}_all BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION portal_only_grows()"


def refuse(apps: Apps, schema: BaseDatabaseSchemaEditor) -> None:
    """Adds the triggers."""
    if schema.connection.vendor == "postgresql":
        schema.execute(_FUNCTION, params=None)
        for table in TABLES:
            schema.execute(_ROWS.format(table=table))
            schema.execute(_ALL.format(table=table))


def allow(apps: Apps, schema: BaseDatabaseSchemaEditor) -> None:
    """Takes the triggers away again."""
    if schema.connection.vendor == "postgresql":
        for table in TABLES:
            schema.execute(f"DROP TRIGGER {table}_rows ON {table}")
            schema.execute(f"DROP TRIGGER {table}_all ON {table}")
        schema.execute("DROP FUNCTION portal_only_grows()")


class Migration(migrations.Migration):
    """Step 3 of the database."""

    dependencies = [("portal", "0002_only_grow_on_sqlite")]
    operations = [migrations.RunPython(refuse, allow)]
