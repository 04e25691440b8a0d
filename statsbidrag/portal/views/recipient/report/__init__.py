"""The recipient's report: its tasks, its pages to fill in, and the answers to check."""
