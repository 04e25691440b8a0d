"""The region's book and its diary only grow: the database refuses to alter or delete their rows."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLES = ("region_bookposting", "region_regiondocument")
_ON_SQLITE = (
    "CREATE TRIGGER {table}_no_{deed} BEFORE {deed} ON {table} BEGIN SELECT RAISE(ABORT, '{table} only grows'); END"
)
_FUNCTION = """
    CREATE FUNCTION region_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '% only grows', TG_TABLE_NAME; END $$
"""
_ON_POSTGRESQL = (
    "CREATE TRIGGER {table}_rows BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION region_only_grows()",
    "CREATE TRIGGER {table}_all BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION region_only_grows()",
)


def refuse(apps: Apps, schema: BaseDatabaseSchemaEditor) -> None:
    """Adds the triggers."""
    if schema.connection.vendor == "postgresql":
        schema.execute(_FUNCTION, params=None)
    for table in TABLES:
        if schema.connection.vendor == "postgresql":
            for trigger in _ON_POSTGRESQL:
                schema.execute(trigger.format(table=table))
        else:
            for deed in ("update", "delete"):
                schema.execute(_ON_SQLITE.format(table=table, deed=deed))


def allow(apps: Apps, schema: BaseDatabaseSchemaEditor) -> None:
    """Takes the triggers away again."""
    for table in TABLES:
        if schema.connection.vendor == "postgresql":
            schema.execute(f"DROP TRIGGER {table}_rows ON {table}")
            schema.execute(f"DROP TRIGGER {table}_all ON {table}")
        else:
            for deed in ("update", "delete"):
                schema.execute(f"DROP TRIGGER {table}_no_{deed}")
    if schema.connection.vendor == "postgresql":
        schema.execute("DROP FUNCTION region_only_grows()")


class Migration(migrations.Migration):
    """Step 2 of the region's database."""

    dependencies = [("region", "0001_initial")]
    operations = [migrations.RunPython(refuse, allow)]
