"""How a document of a case is sent to whoever may see it: as it is, and never as anything that a browser could run."""

from urllib.parse import quote

from django.http import Http404, HttpResponse

from statsbidrag.portal.models import Document

_SHOWN_IN_BROWSER = frozenset({"application/pdf", "image/png", "image/jpeg"})


def paper(document: Document | None) -> HttpResponse:
    """Gives the file of a document, to look at or to keep; 404 where there is none, or where it has been erased."""
    content = getattr(document, "content", None) if document else None
    if document is None or content is None:
        raise Http404
    response = HttpResponse(bytes(content.content), content_type=document.mime)
    way = "inline" if document.mime in _SHOWN_IN_BROWSER else "attachment"
    response["Content-Disposition"] = f"{way}; filename*=UTF-8''{quote(document.name)}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
