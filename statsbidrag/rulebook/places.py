"""Where the shipped rules stand: inside the package, in a checkout as well as in a wheel."""

from pathlib import Path

SHIPPED = Path(__file__).parents[1] / "rules"
