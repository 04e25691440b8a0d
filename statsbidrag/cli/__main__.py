"""``python -m statsbidrag.cli`` is the command."""

from statsbidrag.cli import main

main()
