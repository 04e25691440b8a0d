"""The recipient's report: certified by the signatory, sent in, and every version of it afterwards."""
