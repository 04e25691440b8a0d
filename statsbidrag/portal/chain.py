"""The chain of the diary: each entry holds the hash of the one before, and of its document only a salted hash."""

import hashlib
import json

from statsbidrag.portal.models import DiaryEntry

# What the first link builds on.
BEGINNING = "0" * 64


def salted_hash(salt: str, facts: tuple[str, str, str, str]) -> str:
    """Gives the salted hash of a document: its direction, party and matter, and the SHA-256 of its bytes."""
    return hashlib.sha256(f"{salt}{json.dumps(facts, ensure_ascii=False)}".encode()).hexdigest()


def link(entry: DiaryEntry) -> str:
    """Gives the hash that chains an entry to the one before it."""
    moment = int(entry.at.timestamp() * 1_000_000)
    said = f"{entry.previous}|{entry.id}|{entry.case_id}|{entry.number}|{moment}|{entry.salted_hash}"
    return hashlib.sha256(said.encode()).hexdigest()
