"""What is wrong with a Word document by the Open XML standard, and with what Word itself puts up with."""

import tempfile
from pathlib import Path

from openxml_audit import FileFormat, OpenXmlValidator


def word_faults(docx: bytes) -> list[str]:
    """Gives everything that the standard says against a Word document."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "paper.docx"
        path.write_bytes(docx)
        result = OpenXmlValidator(file_format=FileFormat.MICROSOFT_365, security_validation=True).validate(path)
    return [f"{error.part_uri}: {error.description}" for error in result.errors]
