"""``make bench``: every promise about speed, measured and printed beside its limit."""

import importlib
import sys

SUBJECTS = ("start", "allocation", "letters", "portal", "report", "settlement", "extracts", "visits", "play")


def main(chosen: list[str]) -> None:
    """Measures the subjects named, or all of them, and prints one line each."""
    print(f"{'what':<66} {'value':>9} {'limit':>9}  unit  ratio")
    for subject in chosen or SUBJECTS:
        for measured in importlib.import_module(f"bench.{subject}").measurements():
            mark = "" if measured.ratio <= 1 else "  over the limit"
            print(
                f"{measured.name:<66} {measured.value:>9.3f} {measured.limit:>9.3f}  {measured.unit:<4}  "
                f"{measured.ratio:>5.2f}{mark}",
                flush=True,
            )


if __name__ == "__main__":
    main(sys.argv[1:])
