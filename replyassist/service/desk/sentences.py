"""The translation as the page holds it, sentence by sentence: what a person has read is what is saved.

It goes back and forth in a field of the form, so that nothing is translated again and what was corrected
stays.
"""

from __future__ import annotations

from typing import Self

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from replyassist.domain import Quality
from replyassist.errors import InvalidInput
from replyassist.service.api.schemas import TranslationOut


class Sentences(BaseModel):
    """A translation in pieces.

    Attributes:
        source, target: tags.
        quality: as of the translation.
        between: what stands before each sentence and, at the end, behind the last; the same in both texts.
        sources, targets: the sentences.
    """

    model_config = ConfigDict(extra="forbid", strict=True)

    source: str
    target: str
    quality: Quality
    between: list[str]
    sources: list[str]
    targets: list[str]

    @model_validator(mode="after")
    def _fit(self) -> Self:
        if not len(self.between) - 1 == len(self.sources) == len(self.targets):
            raise ValueError("The sentences don't fit each other.")
        return self

    @classmethod
    def of(cls, translation: TranslationOut, text: str) -> Self:
        """The pieces of the translation of ``text``."""
        places = [segment.source for segment in translation.segments]
        starts, ends = [place.start for place in places], [place.end for place in places]
        return cls(
            source=translation.source,
            target=translation.target,
            quality=translation.quality,
            between=[text[a:b] for a, b in zip([0, *ends], [*starts, len(text)], strict=True)],
            sources=[text[place.start : place.end] for place in places],
            targets=[translation.text[s.target.start : s.target.end] for s in translation.segments],
        )

    @classmethod
    def read(cls, field: str) -> Self:
        """From the field of the form.

        Raises:
            InvalidInput: it is no such thing.
        """
        try:
            return cls.model_validate_json(field)
        except ValidationError:
            raise InvalidInput from None

    def paragraphs(self) -> list[tuple[str, str]]:
        """Source and target paragraph by paragraph; what stands between the sentences is in both."""
        rows: list[tuple[str, str]] = []
        source = target = ""
        for number, between in enumerate(self.between):
            inner = 0 < number < len(self.sources)
            # What stands before a sentence on its line, such as a bullet, goes with it.
            ending, line, opening = between.rpartition("\n") if inner else ("", "", between)
            if line:
                rows.append((source + ending, target + ending))
                source = target = ""
            sentence = slice(number, number + 1)
            source += opening + "".join(self.sources[sentence])
            target += opening + "".join(self.targets[sentence])
        return [(source.strip(), target.strip()) for source, target in (*rows, (source, target))]
