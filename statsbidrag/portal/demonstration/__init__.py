"""The demonstration: made-up people and doings on the real recipients, and days to move to. Never in real use."""
