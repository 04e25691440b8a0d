"""The region's desk: its money, its plan and its papers."""
