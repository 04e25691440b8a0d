"""A settlement written to a folder: its list, what was not counted, what was refused, and every line where wanted."""

import csv
import tempfile
from collections.abc import Iterable
from pathlib import Path

import ibis
import ibis.expr.types as ir

from statsbidrag.cycle.clinics import Clinic
from statsbidrag.exchange.files import write_whole
from statsbidrag.exchange.settlement.engine import RowFormat
from statsbidrag.exchange.settlement.intake import Refused
from statsbidrag.exchange.settlement.lists import by_month
from statsbidrag.exchange.settlement.settling import Settlement
from statsbidrag.exchange.tables import as_csv
from statsbidrag.exchange.visits import FILE, ROW

# What a spreadsheet can hold; more lines than this are written as Parquet.
_MOST_LINES = 1_048_575
_STARTS_A_FORMULA = r"^[=+\-@\t\r\n]"
_DUPLICATE_COLUMNS = ("clinic", "date", "child", "place", "family", "status", "reason")
