"""A demonstration on a database of its own, of each kind, made once and copied for every test that breaks things."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from servers.installation import Installation
from servers.served import begin

Made = Callable[[str], Installation]


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def demonstrations(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Gives a new demonstration on a given day of the round, on SQLite and then on PostgreSQL."""
    kind = request.param
    server = request.getfixturevalue("postgres_url") if kind == "postgresql" else ""
    folder = tmp_path_factory.mktemp(kind)
    templates: dict[str, Installation] = {}

    def new(name: str, template: Installation | None = None) -> Installation:
        data = folder / name
        if template:
            shutil.copytree(template.data, data)
        else:
            data.mkdir()
        if not server:
            return Installation(data, {})
        database = name.replace("-", "_")
        with psycopg.connect(server, autocommit=True) as control:
            control.execute(
                f"CREATE DATABASE {database}"
                + (f" TEMPLATE {template.data.name.replace('-', '_')}" if template else "")
            )
        return Installation(data, {"DATABASE_URL": urlunsplit(urlsplit(server)._replace(path=f"/{database}"))})

    def made(stage: str) -> Installation:
        key = stage.replace(" ", "-")
        if key not in templates:
            templates[key] = new(key)
            if server:
                _migrate(templates[key])
            else:
                begin(templates[key].data)
            templates[key].do("move", stage)
        return new(f"{key}-{len(list(folder.iterdir()))}", templates[key])

    return made


def _migrate(installation: Installation) -> None:
    for database in ("default", "region"):
        told = ["migrate", "--verbosity", "0", "--database", database]
        subprocess.run([sys.executable, "-m", "statsbidrag.portal", *told], env=installation.told(), check=True)
