"""Measures the house against its limits and prints ratios of one run; never a test that can fail by the clock."""
