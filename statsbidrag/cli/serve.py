"""``statsbidrag serve``: makes the database ready, starts the e-service and its worker, and prints the address."""

from pathlib import Path

import click

from statsbidrag.portal import environment, serving


@click.command(name="serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="The port to listen on.")
@click.option("--workers", type=click.IntRange(1), default=2, show_default=True, help="How many processes answer.")
@click.option("--demonstration", is_flag=True, help="Fill in made-up data and let anyone step in as anyone.")
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    help="Keep the embedded database in this folder; the environment's STATSBIDRAG_DATA, or out/portal, else.",
)
def command(*, host: str, port: int, workers: int, demonstration: bool, data: Path | None) -> None:
    """Serve the e-service; all other settings come from the environment."""
    serving.require_free(host, port)
    environment.say(demonstration=demonstration, data=data)
    serving.make_ready()
    click.echo(f"statsbidrag svarar på http://{host}:{port}/  (Ctrl-C avslutar)")
    serving.serve(host, port, workers)
