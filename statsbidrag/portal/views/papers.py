"""How a document of a case is sent to whoever may see it: as it is, and never as anything that a browser could run."""

from typing import Protocol

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header


class Kept(Protocol):
    """A document of some house's diary; its bytes, where they are left, are its ``content``."""

    @property
    def name(self) -> str:
        """Its file name."""

    @property
    def mime(self) -> str:
        """What kind of file it is."""


_SHOWN_IN_BROWSER = frozenset({"application/pdf", "image/png", "image/jpeg"})


def paper(document: Kept | None) -> HttpResponse:
    """Gives the file of a document, to look at or to keep; 404 where there is none, or where it has been erased."""
    content = getattr(document, "content", None) if document else None
    if document is None or content is None:
        raise Http404
    response = HttpResponse(bytes(content.content), content_type=document.mime)
    keep = document.mime not in _SHOWN_IN_BROWSER
    named = content_disposition_header(as_attachment=keep, filename=document.name)
    response["Content-Disposition"] = named or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
