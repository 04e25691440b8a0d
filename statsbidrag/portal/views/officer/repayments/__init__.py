"""Matters of repayment at the agency: from the first ground to the decision."""
