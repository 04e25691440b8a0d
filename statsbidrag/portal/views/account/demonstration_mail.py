"""E-mail in the demonstration: nothing is ever sent, so it is read here, and its links can be followed."""

import re

from django.http import HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from statsbidrag.portal.middleware import Request
from statsbidrag.portal.models import Mail, Person
from statsbidrag.portal.views.rendering import show

MOST = 20
_ADDRESS = re.compile(r"(https?://\S+)")


def demonstration_mail(request: Request) -> HttpResponse:
    """Shows the mails to whoever has stepped in, and the latest invitations to people outside the demonstration."""
    visitor, all_mail = request.visitor, Mail.objects.select_related("document")
    mine: list[Mail] = []
    if visitor is not None:
        address = Person.objects.filter(pk=visitor.id).values_list("email", flat=True).first()
        mine = list(all_mail.filter(to__iexact=address)[:MOST]) if address else []
    at_agency = visitor is not None and visitor.at_agency
    others = all_mail.filter(subject__startswith="Inbjudan").exclude(pk__in=[mail.pk for mail in mine])
    return show(
        request,
        "account/demonstration_mail.html",
        mine=[(mail, _paragraphs(mail.body)) for mail in mine],
        invited=[] if at_agency else [(mail, _paragraphs(mail.body)) for mail in others[:MOST]],
        at_agency=at_agency,
    )


def _paragraphs(body: str) -> list[SafeString]:
    """The paragraphs of a mail, with addresses that can be followed."""
    return [_linked(paragraph) for paragraph in body.split("\n\n")]


def _linked(text: str) -> SafeString:
    parts = [
        format_html('<a href="{}">{}</a>', part, part) if _ADDRESS.fullmatch(part) else format_html("{}", part)
        for part in _ADDRESS.split(text)
    ]
    return mark_safe("".join(parts))  # noqa: S308  # every part is escaped by format_html
