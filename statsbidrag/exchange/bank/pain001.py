"""The payment file to the bank: ISO 20022 pain.001, in the Swedish dialect for bankgiro and plusgiro."""

from stdnum.se import orgnr, postnummer

from statsbidrag.exchange.bank.batch import Debtor, Payment, PaymentBatch
from statsbidrag.exchange.characters import spelled
from statsbidrag.exchange.markup import Element, Markup, document
from statsbidrag.rulebook.agency import BankProfile, GiroScheme
from statsbidrag.terms.faults import Fault
from statsbidrag.terms.giro import Giro

_NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pain.001.001."
# The clearing system that giro numbers belong to, in ISO's list of clearing systems.
_SWEDISH_CLEARING = "SESBA"
_LONGEST_TOWN = 35


def write_pain001(batch: PaymentBatch, profile: BankProfile) -> bytes:
    """Gives the payment file of a batch, the way the bank wants it; the same batch always gives the same bytes.

    Raises Fault where a name or message is longer than the bank takes: nothing is ever cut off.
    """
    return document(_Writer(batch, profile).file())


class _Writer:
    """Writes the parts of one file, each as ISO 20022 orders its elements."""

    def __init__(self, batch: PaymentBatch, profile: BankProfile) -> None:
        self.batch = batch
        self.profile = profile
        self.xml = Markup(f"{_NAMESPACE}{profile.version}")
        self.latest = profile.version == "09"
        self.where = f"betalningsfil {batch.message_id}"

    def file(self) -> Element:
        xml, batch = self.xml, self.batch
        return xml(
            "Document",
            xml(
                "CstmrCdtTrfInitn",
                xml(
                    "GrpHdr",
                    xml("MsgId", batch.message_id),
                    xml("CreDtTm", batch.created_in_sweden),
                    *self._sums(),
                    xml("InitgPty", self._name(batch.debtor, self.where), self._identity(batch.debtor)),
                ),
                self._payments(),
            ),
        )

    def _payments(self) -> Element:
        xml, batch, profile = self.xml, self.batch, self.profile
        level = profile.service_level
        return xml(
            "PmtInf",
            xml("PmtInfId", batch.message_id),
            xml("PmtMtd", "TRF"),
            xml("BtchBookg", "true" if profile.one_booking else "false"),
            *self._sums(),
            xml("PmtTpInf", xml("SvcLvl", xml("Cd", level))) if level else None,
            self._execution_day(),
            xml("Dbtr", *self._party(batch.debtor, self.where)),
            xml("DbtrAcct", self._account(batch.debtor.giro), xml("Ccy", "SEK")),
            xml("DbtrAgt", xml("FinInstnId", xml("BICFI" if self.latest else "BIC", profile.bic))),
            *(self._payment(payment) for payment in batch.payments),
        )

    def _payment(self, payment: Payment) -> Element:
        xml = self.xml
        return xml(
            "CdtTrfTxInf",
            xml("PmtId", xml("InstrId", payment.reference), xml("EndToEndId", payment.reference)),
            xml("Amt", xml("InstdAmt", f"{payment.kronor}.00", Ccy="SEK")),
            xml("CdtrAgt", xml("FinInstnId", self._clearing(payment.giro))),
            xml("Cdtr", *self._party(payment, f"utbetalning {payment.reference}")),
            xml("CdtrAcct", self._account(payment.giro)),
            xml("RmtInf", xml("Ustrd", self._message(payment))),
        )

    def _sums(self) -> tuple[Element, Element]:
        """How many payments and how much, by which the bank sees that the file is whole."""
        return self.xml("NbOfTxs", str(len(self.batch.payments))), self.xml("CtrlSum", f"{self.batch.total}.00")

    def _execution_day(self) -> Element:
        day = self.batch.execution_date.isoformat()
        return self.xml("ReqdExctnDt", self.xml("Dt", day) if self.latest else day)

    def _party(self, party: Debtor | Payment, where: str) -> tuple[Element, ...]:
        xml = self.xml
        address = xml(
            "PstlAdr",
            xml("PstCd", str(postnummer.compact(party.postcode))),
            xml("TwnNm", self._spelled(party.town, _LONGEST_TOWN, f"{where}, postort")),
            xml("Ctry", "SE"),
        )
        return self._name(party, where), address, self._identity(party)

    def _name(self, party: Debtor | Payment, where: str) -> Element:
        return self.xml("Nm", self._spelled(party.name, self.profile.longest_name, f"{where}, namn"))

    def _identity(self, party: Debtor | Payment) -> Element:
        xml = self.xml
        scheme = xml("SchmeNm", xml("Cd", self.profile.organisation_scheme))
        number = xml("Id", str(orgnr.compact(party.organisation_number)))
        return xml("Id", xml("OrgId", xml("Othr", number, scheme)))

    def _account(self, giro: Giro) -> Element:
        xml, scheme = self.xml, self._scheme(giro)
        code = xml("Prtry" if scheme.proprietary else "Cd", scheme.code)
        return xml("Id", xml("Othr", xml("Id", giro.digits), xml("SchmeNm", code)))

    def _clearing(self, giro: Giro) -> Element:
        xml = self.xml
        system = xml("ClrSysId", xml("Cd", _SWEDISH_CLEARING))
        return xml("ClrSysMmbId", system, xml("MmbId", self._scheme(giro).clearing))

    def _scheme(self, giro: Giro) -> GiroScheme:
        return self.profile.bankgiro if giro.kind == "bankgiro" else self.profile.plusgiro

    def _message(self, payment: Payment) -> str:
        """The reference first, so that it is read even where a statement shows only the beginning."""
        where = f"utbetalning {payment.reference}, meddelande"
        return self._spelled(f"{payment.reference} {payment.text}", self.profile.longest_message, where)

    def _spelled(self, text: str, longest: int, where: str) -> str:
        written = spelled(text, self.profile.letters, self.profile.spelling)
        if not written or len(written) > longest:
            why = f"”{written}” har {len(written)} tecken; banken tar 1–{longest}."
            raise Fault(where, why, "Skriv en kortare text.")
        return written
