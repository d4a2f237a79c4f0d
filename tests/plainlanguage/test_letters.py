"""The letters of this repository, before and after: the plain one scores as easier and lacks nothing."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from replyassist import languages
from replyassist.documents.structure import find_structure
from replyassist.domain import Draft, Identification, Score, Simplification, Span
from replyassist.plainlanguage import Assessor
from replyassist.plainlanguage.analysis import analyse
from replyassist.plainlanguage.letter_kind import BOTH, Cues, features, read_lines

LETTERS = Path(__file__).parents[1] / "letters"
GOLDEN = LETTERS.with_name("golden")
GOOD = GOLDEN / "good_letters"
SEEN = sorted(letter.parent for letter in LETTERS.glob("??/*/letter.toml"))


def draft_of(folder: Path, version: str) -> tuple[Draft, Identification]:
    """A version of a letter, read as the assistant reads plain text."""
    facts = tomllib.loads(folder.joinpath("letter.toml").read_text(encoding="utf-8"))
    text = folder.joinpath(f"{version}.txt").read_bytes().decode()
    blocks = find_structure(text, languages.load(facts["language"]))
    draft = Draft(text, facts["language"], facts["audience"], blocks=blocks)
    return draft, Identification(facts["language"], 1.0)


def simplified(assessor: Assessor, folder: Path, version: str) -> Simplification:
    draft, identification = draft_of(folder, version)
    return assessor.simplify(draft, identification, ui_language=folder.parent.name)


@pytest.mark.parametrize("folder", SEEN, ids=lambda f: f"{f.parent.name}-{f.name}")
def test_a_letter_before_and_after(assessor: Assessor, folder: Path) -> None:
    today, plain = simplified(assessor, folder, "today"), simplified(assessor, folder, "plain")
    before, simpler, after = today.before.score, today.after.score, plain.before.score
    assert isinstance(before, Score)
    assert isinstance(simpler, Score)
    assert isinstance(after, Score)
    assert before.value < simpler.value < after.value
    assert before.value < 50 < after.value
    assert len(plain.before.findings) < len(today.before.findings) / 2
    assert len(today.before.top_fixes) == 3


@pytest.mark.parametrize("folder", SEEN, ids=lambda f: f"{f.parent.name}-{f.name}")
def test_what_helps_most_is_no_list_of_explanations(assessor: Assessor, folder: Path) -> None:
    found = simplified(assessor, folder, "today").before
    shown = [found.findings[index] for index in found.top_fixes]
    explained = [f for f in shown if f.kind == "term" and f.severity == "advice" and f.suggestions]
    assert len(explained) <= 1


def test_the_kind_of_nearly_every_letter_is_told(assessor: Assessor) -> None:
    right = 0
    for folder in SEEN:
        kind = tomllib.loads(folder.joinpath("letter.toml").read_text(encoding="utf-8"))["kind"]
        for version in ("today", "plain"):
            right += assessor.assess(*draft_of(folder, version)).letter_kind == kind
    assert right >= 0.93 * 2 * len(SEEN)


RECEIVED = {
    "nb": ("Avslag på søknad om startlån\n\nVi avslår søknaden.", "Hei, Kari Lund!"),
    "nn": ("Avslag på søknad om startlån\n\nVi avslår søknaden.", "Hei, Kari Lund!"),
    "sv": ("Avslag på ansökan om färdtjänst\n\nVi avslår ansökan.", "Hej Åsa Lind!"),
    "da": ("Afslag på ansøgning om støtte\n\nVi giver afslag på ansøgningen.", "Kære Åse Lund"),
    "en": ("Refusal of your application\n\nWe refuse your application.", "Dear Ms Lund,"),
}
ERRORS = {
    "nb": ("Svar på klagen din\n\nBrevet ditt kom bort på grunn av en feil.", "Vi beklager."),
    "nn": ("Svar på klaga di\n\nBrevet ditt kom bort på grunn av ein feil.", "Vi seier orsak."),
    "sv": ("Svar på ditt klagomål\n\nBrevet kom bort på grund av ett fel.", "Vi ber om ursäkt."),
    "da": ("Svar på din klage\n\nBrevet blev væk på grund af en fejl.", "Vi beklager."),
    "en": ("Answer to your complaint\n\nYour letter was lost due to an error.", "We are sorry."),
}
OPENINGS = tomllib.loads(
    LETTERS.with_name("golden").joinpath("letter_kinds.toml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("tag", OPENINGS)
def test_the_kind_is_told_by_how_a_letter_opens(assessor: Assessor, tag: str) -> None:
    wrong = []
    for kind, texts in OPENINGS[tag].items():
        for text in texts:
            draft = Draft(text, tag, blocks=find_structure(text, languages.load(tag)))
            if assessor.assess(draft, Identification(tag, 1.0)).letter_kind != kind:
                wrong.append((kind, text))
    # Some were written to be hard, to learn from: a soft refusal, an order that is called a finding.
    assert len(wrong) <= 0.15 * sum(map(len, OPENINGS[tag].values())), wrong


def missing(assessor: Assessor, text: str, tag: str) -> set[str]:
    draft = Draft(text, tag, blocks=find_structure(text, languages.load(tag)))
    found = assessor.assess(draft, Identification(tag, 1.0), ui_language=tag).findings
    return {f.rule.rpartition(".")[2] for f in found if f.kind == "missing-part"}


def test_a_good_letter_hardly_lacks_a_part(assessor: Assessor) -> None:
    lacking = []
    for folder in SEEN:
        found = assessor.assess(*draft_of(folder, "plain")).findings
        lacking += [f"{folder.parent.name}/{folder.name} {f.rule}" for f in found if f.kind == "missing-part"]
    # This one gives no word on how to complain, in either version.
    assert "da/kindergarten-place da.missing.complaint" in lacking
    assert len(lacking) <= 0.1 * len(SEEN), lacking


@pytest.mark.parametrize("tag", languages.available())
def test_good_letters_are_told_and_hardly_lack_anything(assessor: Assessor, tag: str) -> None:
    letters = tomllib.loads(GOOD.joinpath(f"{tag}.toml").read_text(encoding="utf-8"))["seen"]
    other, lacking = [], []
    for letter in letters:
        draft = Draft(letter["text"], tag, blocks=find_structure(letter["text"], languages.load(tag)))
        assessment = assessor.assess(draft, Identification(tag, 1.0))
        if assessment.letter_kind != letter["kind"]:
            other.append((letter["kind"], assessment.letter_kind))
        lacking += [f.rule for f in assessment.findings if f.kind == "missing-part"]
    assert len(other) <= 0.1 * len(letters), other
    assert len(lacking) <= 0.1 * len(letters), lacking


@pytest.mark.parametrize("tag", languages.available())
def test_the_kind_of_a_draft_is_told_and_hardly_ever_wrong(assessor: Assessor, tag: str) -> None:
    drafts = tomllib.loads(GOLDEN.joinpath("drafts", f"{tag}.toml").read_text(encoding="utf-8"))["seen"]
    right, wrong = 0, []
    for each in drafts:
        draft = Draft(each["text"], tag, blocks=find_structure(each["text"], languages.load(tag)))
        told = assessor.assess(draft, Identification(tag, 1.0)).letter_kind or "none"
        right += told in each["kinds"]
        if told != "none" and told not in each["kinds"]:
            wrong.append((each["kinds"], told))
    assert right >= 0.85 * len(drafts)
    assert len(wrong) <= 0.1 * len(drafts), wrong


def test_a_refusal_that_nobody_can_appeal_needs_no_day(assessor: Assessor) -> None:
    text = (
        "Afslag på skolekørsel\n\n"
        "Vi kan ikke give Freja skolekørsel, fordi I bor tættere på skolen end 6 km.\n\n"
        "Har I spørgsmål, så ring til os på 70 12 80 63."
    )
    assert "deadline" in missing(assessor, text, "da")
    final = f"{text}\n\nAfgørelsen kan ikke indbringes for anden administrativ myndighed."
    assert "deadline" not in missing(assessor, final, "da")


def test_all_languages_have_the_same_fields_of_words() -> None:
    fields = {tag: set(languages.load(tag).letter_cues) for tag in languages.available()}
    assert all(each == fields["en"] for each in fields.values())
    assert len(fields["en"]) > 25


@pytest.mark.parametrize("text", ["Hei, Kari!", "Takk for sist, vi ses."])
def test_no_kind_is_told_of_a_text_that_speaks_for_none(assessor: Assessor, text: str) -> None:
    assert assessor.assess(Draft(text, "nb"), Identification("nb", 1.0)).letter_kind is None


@pytest.mark.parametrize("tag", languages.available())
def test_an_order_says_what_happens_otherwise(assessor: Assessor, tag: str) -> None:
    order = OPENINGS[tag]["order"][0]
    assert "consequence" not in missing(assessor, order, tag)
    assert "consequence" in missing(assessor, order.rpartition(". ")[0] + ".", tag)


@pytest.mark.parametrize("tag", languages.available())
def test_a_paragraph_taken_out_of_a_good_refusal_is_missed(assessor: Assessor, tag: str) -> None:
    letters = tomllib.loads(GOOD.joinpath(f"{tag}.toml").read_text(encoding="utf-8"))["seen"]
    paragraphs = next(each["text"] for each in letters if each["kind"] == "refusal").strip().split("\n\n")
    without = "\n\n".join([*paragraphs[:5], *paragraphs[6:]])  # the heading and the greeting come first
    assert "complaint" in missing(assessor, without, tag)


# What stands in many a letter: how to appeal, what is still missing, who was asked for advice.
OF_NO_KIND = {
    "nb": (
        "Opprettholder vi vedtaket, blir klagen sendt videre til Statsforvalteren.",
        "Klage som kommer for sent, kan bli avvist.",
        "Søknaden din er ikke komplett og kan ikke tas til behandling.",
        "Legen begynner undersøkelsen når du er klar.",
    ),
    "nn": (
        "Er du usamd, send klaga til klagenemnda.",
        "Søknaden har vore oversend Statsforvaltaren for uttale.",
        "Vi kan ikkje behandla søknaden din før vi har fått papira.",
        "Undersøkinga startar klokka 9.",
    ),
    "sv": (
        "Om överklagandet har kommit in i rätt tid överlämnas det till förvaltningsrätten.",
        "Ärendet har skickats till byggnadsnämnden för yttrande.",
        "Ansökan avvisas om vi inte får in fullmakten senast den 3 maj.",
        "Du har sagt upp avtalet om förskoleplats.",
    ),
    "da": (
        "Hvis vi ikke ændrer afgørelsen, sender vi klagen videre til Ankestyrelsen.",
        "Klagen afvises, hvis den kommer for sent.",
        "Undersøgelsen begynder klokken 9.",
        "I kom på andenpladsen i konkurrencen om årets nabo.",
    ),
    "en": (
        "If we do not change our decision, your appeal will be sent to the tribunal.",
        "We cannot consider your application until we have your passport.",
        "You came second in the competition.",
        "The examination starts at nine.",
    ),
}


@pytest.mark.parametrize("tag", OF_NO_KIND)
def test_what_many_letters_say_tells_no_kind_by_itself(tag: str) -> None:
    cues = Cues.compile(languages.load(tag))
    assert {line: cues.tell([line]) for line in OF_NO_KIND[tag]} == dict.fromkeys(OF_NO_KIND[tag])


@pytest.mark.parametrize("tag", languages.available())
def test_only_a_yes_to_a_part_says_both_yes_and_no(tag: str) -> None:
    language = languages.load(tag)
    cues = Cues.compile(language)

    def share(kind: str) -> float:
        drafts = [Draft(t, tag, blocks=find_structure(t, language)) for t in OPENINGS[tag][kind]]
        return sum(BOTH in features(read_lines(analyse(d, language), cues), cues) for d in drafts) / len(
            drafts
        )

    assert share("partial-approval") >= 0.5
    assert share("refusal") + share("approval") < 0.2


@pytest.mark.parametrize("tag", RECEIVED)
def test_a_letter_says_whom_it_is_to(assessor: Assessor, tag: str) -> None:
    refusal, greeting = RECEIVED[tag]
    assert "receiver" in missing(assessor, refusal, tag)
    assert "receiver" not in missing(assessor, f"{greeting}\n\n{refusal}", tag)
    assert "what-would-change" in missing(assessor, refusal, tag)


@pytest.mark.parametrize("tag", RECEIVED)
def test_a_sentence_alone_is_no_letter(assessor: Assessor, tag: str) -> None:
    heading, _, sentence = RECEIVED[tag][0].partition("\n\n")
    assert not missing(assessor, sentence, tag)
    assert missing(assessor, f"{heading}\n\n{sentence}", tag)


@pytest.mark.parametrize("tag", ERRORS)
def test_an_error_of_ours_asks_for_an_apology(assessor: Assessor, tag: str) -> None:
    text, apology = ERRORS[tag]
    assert "apology" in missing(assessor, text, tag)
    assert "apology" not in missing(assessor, f"{text} {apology}", tag)


@pytest.mark.parametrize("folder", SEEN, ids=lambda f: f"{f.parent.name}-{f.name}")
def test_a_plan_is_replayable_and_settles_what_it_touches(assessor: Assessor, folder: Path) -> None:
    draft, _ = draft_of(folder, "today")
    result = simplified(assessor, folder, "today")
    text, shift, inserted = draft.text, 0, []
    for step in result.plan:
        start, end = step.span.start + shift, step.span.end + shift
        text = text[:start] + step.replacement + text[end:]
        inserted.append(Span(start, start + len(step.replacement)))
        shift += len(step.replacement) - len(step.span)
    assert text == result.text
    assert result.plan
    read = LETTERS.with_name("golden") / "letters" / f"{folder.parent.name}-{folder.name}.txt"
    assert text == read.read_bytes().decode(), "read it, then tests/golden/letters/refresh.py"
    # To explain a word is offered, never done unseen: such findings are advice, and they stay.
    again = [
        f
        for f in result.after.findings
        if len(f.suggestions) == 1 and (f.kind == "phrase" or (f.kind == "term" and f.severity != "advice"))
    ]
    # What a suggestion brings may be said more plainly still; what was there before is settled.
    left = [f for f in again if not any(f.span.overlaps(span) for span in inserted)]
    assert not [(f.rule, f.span.of(result.text)) for f in left]


def test_facts_survive_simplification(assessor: Assessor) -> None:
    for folder in SEEN:
        facts = tomllib.loads(folder.joinpath("letter.toml").read_text(encoding="utf-8"))["facts"]
        text = simplified(assessor, folder, "today").text
        assert not [fact["text"] for fact in facts if fact["text"] not in text]


def test_nothing_is_suggested_on_locked_text(assessor: Assessor) -> None:
    draft, identification = draft_of(LETTERS / "nb" / "refused-dispensation", "today")
    free = assessor.assess(draft, identification)
    locked = Draft(draft.text, draft.language, locked=(Span(0, len(draft.text)),), blocks=draft.blocks)
    found = assessor.assess(locked, identification)
    assert any(f.suggestions for f in free.findings)
    assert {f.kind for f in found.findings} <= {"missing-part"}
    assert found.score == free.score  # locked text is read, since the reader reads it
