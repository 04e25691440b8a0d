"""The nine steps of a grant round, pure: values in, values out. This page is their table of contents.

1  allocation (fördelning)         divide the pot into a ceiling per recipient
"""

from statsbidrag.cycle.step_1_allocation import (
    Allocation,
    AllocationRules,
    ChildrenTable,
    Count,
    Published,
    Share,
    allocate,
)

__all__ = ["Allocation", "AllocationRules", "ChildrenTable", "Count", "Published", "Share", "allocate"]
