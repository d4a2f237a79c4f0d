"""One assessor for all tests of this folder, and the shortest ways to ask it something."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from replyassist.domain import Assessment, Draft, Identification
from replyassist.plainlanguage import Assessor
from replyassist.profiles import load_profiles

Ask = Callable[..., Assessment]


@pytest.fixture(scope="session")
def assessor() -> Assessor:
    """An assessor with the profiles and models of this repository."""
    return Assessor.load(profiles=load_profiles())


@pytest.fixture(scope="session")
def ask(assessor: Assessor) -> Ask:
    """Assess a text that is no letter; messages come in its own language."""

    def assess(text: str, language: str, audience: str = "layperson", *, letter: bool = False) -> Assessment:
        draft = Draft(text, language, audience)
        identification = Identification(language, 1.0)
        return assessor.assess(draft, identification, ui_language=language, letter=letter)

    return assess


@pytest.fixture(scope="session")
def simplify(assessor: Assessor) -> Callable[[str, str], str]:
    """The text with every safe suggestion applied."""

    def apply(text: str, language: str) -> str:
        draft = Draft(text, language)
        return assessor.simplify(
            draft, Identification(language, 1.0), ui_language=language, letter=False
        ).text

    return apply
