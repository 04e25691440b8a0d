"""A whole round with made-up but plausible behaviour of the real recipients, for trying and for showing.

Nothing real imports this room, and everything it makes says that it is made up.
"""
