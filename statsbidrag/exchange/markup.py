"""XML: written always to the same bytes, and read from strangers without trusting them."""

from collections.abc import Iterable, Iterator
from typing import Any

from lxml import etree

from statsbidrag.exchange.characters import one_line
from statsbidrag.terms.faults import Fault

Element = etree._Element
Content = str | Element | None

_MOST_BYTES = 50_000_000


class Markup:
    """Makes the elements of one namespace; ``cbc("ID", "42")`` gives ``<cbc:ID>42</cbc:ID>``.

    A namespace without prefix is the document's own. ``within`` are the other namespaces that the document uses, told
    to the one that makes its root, so that they are declared once.
    """

    def __init__(self, namespace: str, prefix: str | None = None, within: Iterable["Markup"] = ()) -> None:
        self.namespace = namespace
        # Any: lxml's name for no prefix is None, which its stubs have forgotten.
        self.nsmap: dict[Any, str] = {prefix: namespace}
        for other in within:
            self.nsmap.update(other.nsmap)

    def __call__(self, tag: str, *content: Content, **attributes: str) -> Element:
        """Makes an element with its text or its children, in order; what is None is left out."""
        element = etree.Element(f"{{{self.namespace}}}{tag}", attributes, nsmap=self.nsmap)
        for part in content:
            if isinstance(part, str):
                element.text = one_line(part)
            elif part is not None:
                element.append(part)
        return element


def document(root: Element) -> bytes:
    """Writes a whole document in UTF-8, one element a line; the same elements give the same bytes."""
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return written


def read_foreign(content: bytes, where: str) -> Element:
    """Reads an XML document that someone else has written, and gives its root.

    Nothing is fetched and no entity is resolved. Raises Fault where it is too large, is not XML, or declares a
    document type, which no honest message does and through which a hostile one does its harm.
    """
    if len(content) > _MOST_BYTES:
        why = f"Filen är större än {_MOST_BYTES // 1_000_000} MB."
        raise Fault(where, why, "Kontrollera vem som har skickat den, och läs inte in den förrän det är klart.")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Fault(where, f"Filen går inte att läsa som XML ({error}).", "Be avsändaren om en ny.") from None
    # object: the stubs say that there always is a declaration.
    declared: object = root.getroottree().docinfo.internalDTD
    if declared is not None:
        raise Fault(
            where,
            "Filen har en dokumenttypsdeklaration (DOCTYPE), vilket inget ärligt meddelande har.",
            "Läs inte in den; kontrollera vem som har skickat den.",
        )
    return root


def all_at(element: Element, path: str) -> Iterator[Element]:
    """Gives the elements at a path, in whatever namespace, so that every version of a message is read alike."""
    return element.iterfind("/".join(f"{{*}}{tag}" for tag in path.split("/")))


def text_at(element: Element, path: str) -> str:
    """Gives the first text at a path, such as ``Refs/EndToEndId``; empty where there is none."""
    return next(((found.text or "").strip() for found in all_at(element, path)), "")
