"""The marks that Arabic may write with a letter or leave out, as ranges for an expression."""

from __future__ import annotations

# All of them; the doubling of a letter makes another word, the short vowels don't.
VOWELS = "\u064b-\u0652\u0670"
SHORT_VOWELS = "\u064b-\u0650\u0652"
