"""One translator with the bundled packages for all tests of the folder: reading models takes a moment."""

import pytest

from replyassist.config import Settings, data_folder
from replyassist.translation import Translator


@pytest.fixture(scope="session")
def translator() -> Translator:
    translator = Translator.load(Settings(), data_folder("models") / "translation")
    translator.warm()
    return translator
