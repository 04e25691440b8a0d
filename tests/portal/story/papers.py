"""Papers that the story's people hold: a page to send in, and what a bank answers."""


def a_page() -> bytes:
    """Gives a small PDF, as a scanner makes it."""
    return b""
