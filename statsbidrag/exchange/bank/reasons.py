"""What a bank's reason codes mean (ISO 20022, external code lists), in Swedish."""

_MEANINGS = {
    "AB05": "Betalningen hann inte fram i tid hos mottagarens bank.",
    "AC01": "Gironumret finns inte eller är fel skrivet.",
    "AC03": "Mottagarens gironummer är ogiltigt.",
    "AC04": "Mottagarens giro är avslutat.",
    "AC06": "Mottagarens giro är spärrat.",
    "AG01": "Kontot får inte användas för den här sortens betalning.",
    "AG02": "Betalningens slag stämmer inte.",
    "AM01": "Beloppet är noll.",
    "AM02": "Beloppet är större än vad som får betalas.",
    "AM03": "Valutan går inte att betala i.",
    "AM04": "Pengarna på vårt konto räcker inte.",
    "AM05": "Banken har redan fått den här betalningen.",
    "AM09": "Beloppet stämmer inte med det som var avtalat.",
    "AM10": "Filens summa stämmer inte.",
    "AM18": "Antalet betalningar i filen stämmer inte.",
    "BE01": "Namnet hör inte till gironumret.",
    "BE04": "Mottagarens adress saknas.",
    "BE05": "Avsändaren är okänd för banken.",
    "BE06": "Mottagaren är okänd.",
    "BE07": "Avsändarens adress saknas.",
    "CUST": "Betalningen är återtagen på vår begäran.",
    "DT01": "Betalningsdagen är ogiltig.",
    "DUPL": "Banken har redan fått den här filen eller betalningen.",
    "ED05": "Avvecklingen misslyckades.",
    "FF01": "Filens format är fel.",
    "FOCR": "Betalningen är återkallad.",
    "MD07": "Kontots innehavare finns inte längre.",
    "MS02": "Mottagaren har avvisat betalningen, utan att ange skäl.",
    "MS03": "Banken anger inget skäl.",
    "NARR": "Banken beskriver skälet i text.",
    "NOAS": "Mottagaren har inte svarat.",
    "RC01": "Bankens eller girots nummer är fel.",
    "RR03": "Mottagarens namn eller adress saknas.",
    "RR04": "Banken får inte utföra betalningen enligt lag eller regler.",
    "TM01": "Filen kom in efter bankens sista tid för dagen.",
}


def meaning(code: str) -> str:
    """Says what a reason code means; a code that is not in the list is shown as it is."""
    return _MEANINGS.get(code, f"Bankens skälkod är {code}." if code else "")
