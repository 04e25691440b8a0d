"""Letters as PDF/A-2a and PDF/UA-1: a dataclass says what each must have, and a press sets it from its template.

ceiling_notice · requisition_receipt · grant, withholding, rejection, amending, closing and claim decisions ·
payment_notice · report_receipt · communication · invoice · account · reading_copy
"""

from statsbidrag.exchange.letters.press import Press

__all__ = ["Press"]
