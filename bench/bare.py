"""The limits that the pages are held against: the same server and the same Django with next to nothing in it."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.bare_settings")
application = get_wsgi_application()


def server(environ: dict[str, object], start_response: object) -> list[bytes]:
    """A server without Django that says hello; every other address is the portal's."""
    if environ["PATH_INFO"] == "/server/":
        start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "3")])  # type: ignore[operator]
        return [b"hej"]
    return application(environ, start_response)  # type: ignore[arg-type, return-value]
