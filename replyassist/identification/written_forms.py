"""Whether a citizen is answered in the written form of Norwegian that he or she used."""

from __future__ import annotations

from replyassist.domain import WRITTEN_FORMS_OF_NORWEGIAN, Identification, Notice

OTHER_FORM, EITHER_FORM = "other-written-form", "either-written-form"


def compare_forms(message: Identification, draft: Identification) -> Notice | None:
    """A notice when a message and the draft that answers it are in different written forms of Norwegian.

    Språklova § 15: a citizen is answered in the written form that he or she used. A message that is as good
    as right in both forms says nothing against either.
    """
    if {message.language, draft.language} != WRITTEN_FORMS_OF_NORWEGIAN:
        return None
    told = {message.written_form, draft.written_form} == WRITTEN_FORMS_OF_NORWEGIAN
    code = OTHER_FORM if told else EITHER_FORM
    return Notice(code, {"message": str(message.language), "draft": str(draft.language)})
