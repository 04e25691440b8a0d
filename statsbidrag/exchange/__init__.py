"""Between values and bytes: the formats of banks, invoices, finance systems, spreadsheets, statistics and letters."""
