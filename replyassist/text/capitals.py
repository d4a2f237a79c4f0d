"""Capitals of what stands in the place of other words."""

from __future__ import annotations


def match_capitals(replacement: str, found: str) -> str:
    """The replacement with the capitals of what it replaces."""
    if not replacement or not found:
        return replacement
    if len(found) > 1 and found.isupper():
        return replacement.upper()
    return replacement[0].upper() + replacement[1:] if found[0].isupper() else replacement
