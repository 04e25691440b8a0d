"""What is wrong with a PDF file, for the archive (PDF/A-2a) and for reading aloud (PDF/UA-1), and what it says."""

import io
import re

import page
import pypdf

PROFILES = (page.ValidationProfile.PDF_A_2A, page.ValidationProfile.PDF_UA_1)


def pdf_faults(pdf: bytes) -> list[str]:
    """Gives everything that both standards say against a file, each with the number of its rule."""
    return [
        f"{profile.value} {failure.rule_id}: {failure.message}"
        for profile in PROFILES
        for failure in page.validate_pdf_bytes(pdf, profile=profile).failures
    ]


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page on one line, with ordinary spaces and words whole again."""
    pages = (page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)
    return [" ".join(re.sub(r"-\n(?=[a-zåäö])", "", page).replace("\u00a0", " ").split()) for page in pages]


def squeezed(text: str) -> str:
    """Letters and digits only, so that no line break or hyphen matters."""
    return re.sub(r"\W", "", text)
