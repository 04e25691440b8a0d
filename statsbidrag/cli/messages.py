"""What the command line says when it is called the wrong way, in Swedish."""

import click

HELP = "Se statsbidrag --help."


def in_swedish(error: click.ClickException) -> str:
    """Says what is wrong with a call and what to do, in plain Swedish."""
    return f"{_what_is_wrong(error)} {HELP}"


def _what_is_wrong(error: click.ClickException) -> str:
    what = "Kommandot går inte att förstå."
    if isinstance(error, click.NoSuchOption):
        near = f" Menade du {' eller '.join(error.possibilities)}?" if error.possibilities else ""
        what = f"Alternativet {error.option_name} finns inte.{near}"
    elif isinstance(error, click.MissingParameter):
        what = f"Uppgiften {_called(error.param) if error.param else error.param_hint} saknas."
    elif isinstance(error, click.BadParameter) and error.param:
        what = f"{_called(error.param)}: värdet går inte att använda{_allowed(error.param)}."
    elif "unexpected extra argument" in error.message:
        what = "Det står för många uppgifter på raden."
    return what


def _called(parameter: click.Parameter) -> str:
    """What a person wrote: an option as ``--children``, an argument as ``YEAR``."""
    return parameter.human_readable_name if isinstance(parameter, click.Argument) else parameter.opts[0]


def _allowed(parameter: click.Parameter) -> str:
    if isinstance(parameter.type, click.Choice):
        return f"; välj bland {', '.join(parameter.type.choices)}"
    if isinstance(parameter.type, click.Path):
        return ", filen eller mappen finns inte"
    return ""
