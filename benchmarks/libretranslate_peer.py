"""LibreTranslate without a network, run by an environment of its own for benchmarks/translation.py."""

import logging

import argos_offline  # noqa: F401  # before it builds its translators, which it does when imported
from libretranslate.main import main

logging.disable(logging.INFO)  # it would write every letter to its log
main()
