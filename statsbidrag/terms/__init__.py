"""The words the rest is written in: kronor, parties, sources, reasons, faults and the rule language.

Nothing here knows the grant's steps, opens a file or asks what day it is.
"""
