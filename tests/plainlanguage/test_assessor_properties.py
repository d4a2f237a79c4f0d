"""What holds for any text: spans in bounds, suggestions that don't overlap, the same answer every time."""

from __future__ import annotations

import unicodedata
from concurrent.futures import ThreadPoolExecutor

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from replyassist.domain import Assessment, Draft, Identification, NotScored, Score
from replyassist.plainlanguage import Assessor

TAGS = ("nb", "nn", "sv", "da", "en")
PIECES = (
    "Vedtaket er fattet i henhold til § 20-4.", "Du bes innsende dokumentasjonen omgående.", "æøåäö",
    "🏡👩‍👩‍👧", "\r\n", "\n\n", "\n", " ", "\u00ad", "\u200b", "e\u0301", "A\u030a", "jf.", "kl. 12.00",
    "1 450,50 kr", "og/eller", "post@bergen.example", "{text}", "(", ")", "§§", "i", "henhold", "til",
    "SAMTLIGE", "\ufeff", "مرحبا", "\t", "Beslutet föreligger ej.", "Såfremt De ikke svarer,",
    "In accordance with", "an", "a", "dwelling", "-", "…",
)  # fmt: skip
TEXTS = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), min_size=1, max_size=25).map(
    "".join
)
QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def readable(text: str) -> bool:
    return bool(text.strip()) and not any(0xD800 <= ord(c) <= 0xDFFF for c in text)


def assess(assessor: Assessor, text: str, tag: str) -> Assessment:
    return assessor.assess(Draft(text, tag), Identification(tag, 1.0), ui_language=tag)


@QUICK
@given(text=TEXTS.filter(readable), tag=st.sampled_from(TAGS))
def test_spans_lie_in_the_text_and_scores_in_their_range(assessor: Assessor, text: str, tag: str) -> None:
    assessment = assess(assessor, text, tag)
    spans = [f.span for f in assessment.findings] + [
        s.span for f in assessment.findings for s in f.suggestions
    ]
    spans += [left.span for left in assessment.left_out]
    assert all(0 <= span.start <= span.end <= len(text) for span in spans)
    assert all(f.gain >= 0 and f.message for f in assessment.findings)
    assert all(index < len(assessment.findings) for index in assessment.top_fixes)
    assert isinstance(assessment.score, NotScored) or 0 <= assessment.score.value <= 100
    assert all(score.value == score.value for score in assessment.scores if isinstance(score, Score))


@QUICK
@given(text=TEXTS.filter(readable), tag=st.sampled_from(TAGS))
def test_a_plan_never_overlaps_and_what_it_leaves_alone_stays(
    assessor: Assessor, text: str, tag: str
) -> None:
    result = assessor.simplify(Draft(text, tag), Identification(tag, 1.0), ui_language=tag)
    ends = [0, *(step.span.end for step in result.plan)]
    starts = [*(step.span.start for step in result.plan), len(text)]
    assert all(end <= start for end, start in zip(ends, starts, strict=True))
    kept = [text[end:start] for end, start in zip(ends, starts, strict=True)]
    position = 0
    for piece in kept:
        assert piece in result.text[position:]
        position = result.text.index(piece, position) + len(piece)
    assert assess(assessor, text, tag) == result.before


@QUICK
@given(text=TEXTS.filter(readable), tag=st.sampled_from(TAGS))
def test_composed_and_decomposed_text_give_the_same_findings(assessor: Assessor, text: str, tag: str) -> None:
    found = [
        [
            f.rule
            for f in assess(assessor, unicodedata.normalize(form, text), tag).findings
            if f.kind != "missing-part"
        ]
        for form in ("NFC", "NFD")
    ]
    assert found[0] == found[1]


def test_line_ends_change_nothing(assessor: Assessor) -> None:
    text = "Hei!\n\nVedtaket er fattet i henhold til loven,\nog du må innsende skjemaet.\n\nHilsen oss"
    unix, windows = (assess(assessor, t, "nb") for t in (text, text.replace("\n", "\r\n")))
    assert unix.score == windows.score
    assert [f.rule for f in unix.findings] == [f.rule for f in windows.findings]
    assert len(unix.findings) >= 3


def test_soft_hyphens_hide_no_word(assessor: Assessor) -> None:
    found = {
        f.rule for f in assess(assessor, "Svaret ditt må inn\u00adsendes sam\u00adt signeres.", "nb").findings
    }
    assert {"nb.term.innsende", "nb.term.samt"} <= found


def test_threads_get_the_same_answer(assessor: Assessor) -> None:
    text = (
        "Det vises til søknaden din. Vedtaket er fattet i henhold til loven. Gebyret må betales omgående. "
        * 8
    )
    expected = assess(assessor, text, "nb")
    with ThreadPoolExecutor(4) as pool:
        assert all(a == expected for a in pool.map(lambda _: assess(assessor, text, "nb"), range(12)))
