"""Take the weights of py3langid (BSD-3-Clause) out of its automaton: 100,000 byte n-grams, 142 classes.

Its model is Naive Bayes over the longest known n-gram that ends at each byte. That is a sum over n-grams, so
a sorted list of them and a table of weights say the same, load in a tenth of the time and need no walk byte
by byte. Counts are added rather than their logarithms; on whole sentences that changed no accuracy.
"""

from __future__ import annotations

from collections import deque

import numpy as np
from numpy.typing import NDArray
from py3langid.langid import LanguageIdentifier

from replyassist.identification.features import KnownGrams, gram_number

# py3langid's classes that are no tag of ours: variants of one language, and the nearest it has to Sorani.
TAG_OF = {
    "no": "nb", "bs": "sh", "hr": "sh", "sr": "sh", "arz": "ar", "ary": "ar", "wuu": "zh", "yue": "zh",
    "uzs": "uz", "sdh": "ckb",
}  # fmt: skip
# A language that py3langid lacks is read with the weights of its neighbour; the family weights part the two.
NEIGHBOUR = {"ti": "am"}
STEP = 1 / 16
# log(1 + count) of an n-gram that stands once: what py3langid multiplies its weights by.
ONCE = float(np.log(2))


def unpack() -> tuple[list[str], KnownGrams, NDArray[np.int8]]:
    """Tags of the columns in order (variants of one tag beside each other), n-grams and weights in 8 bits."""
    model = LanguageIdentifier.from_model_file("data/model.npz.xz")
    gram_of = _shortest_grams(model)
    order = sorted(range(len(gram_of)), key=lambda feature: gram_number(gram_of[feature]))
    known = np.array([gram_number(gram_of[feature]) for feature in order], dtype=np.uint64)
    tags = [TAG_OF.get(name, name) for name in model.nb_classes]
    columns = sorted(range(len(tags)), key=lambda column: tags[column])
    weights = model.nb_ptc.astype(np.float32)[order][:, columns] * ONCE
    weights -= weights.mean(axis=1, keepdims=True)  # the same for all classes: changes no probability
    codes = np.clip(np.round(weights / STEP), -127, 127).astype(np.int8)
    return [tags[column] for column in columns], KnownGrams(known), codes


def _shortest_grams(model: LanguageIdentifier) -> dict[int, bytes]:
    """The n-gram of each feature: the shortest way through the automaton to a state that puts it out."""
    moves = np.frombuffer(model.tk_nextmove, dtype=model.tk_nextmove.typecode).reshape(-1, 256)
    seen = np.zeros(len(model.tk_row), np.bool_)
    seen[0] = True
    gram_of: dict[int, bytes] = {}
    queue = deque([(0, b"")])
    while queue:
        state, gram = queue.popleft()
        if model.tk_output[state] >= 0:
            gram_of.setdefault(model.tk_output[state], gram)
        following = moves[model.tk_row[state]]
        for byte in np.flatnonzero(~seen[following]).tolist():
            if not seen[following[byte]]:
                seen[following[byte]] = True
                queue.append((int(following[byte]), gram + bytes([byte])))
    return gram_of
