"""LibreTranslate without a network, run by an environment of its own for benchmarks/translation.py.

The model of its sentence splitter would have to be downloaded; a regular expression, which costs less, stands
in.
"""

import logging
import re

from argostranslate import sbd

ENDS = re.compile(r"(?<=[.!?])\s+(?=[A-ZÆØÅÄÖ])")
sbd.MiniSBDSentencizer.__init__ = lambda self, package: None
sbd.MiniSBDSentencizer.split_sentences = lambda self, text: [part for part in ENDS.split(text) if part]

from libretranslate.main import main  # noqa: E402  # it builds its translators when imported

logging.disable(logging.INFO)  # it would write every letter to its log
main()
