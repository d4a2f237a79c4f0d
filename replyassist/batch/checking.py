"""Checking one page, in whatever process it is done: the same Assessment as behind every other door."""

from __future__ import annotations

import hashlib
import re
import signal
import threading
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from operator import attrgetter

from replyassist.assistant import ReplyAssistant
from replyassist.batch.options import Job
from replyassist.batch.pages import Page, read_bytes, read_page
from replyassist.batch.rows import PageFinding, Row
from replyassist.batch.sources import Source
from replyassist.batch.wording import wording
from replyassist.domain import Finding, Score, Severity, Span
from replyassist.errors import (
    LanguageNotSupported,
    LanguageUnknown,
    ReplyassistError,
    TimeLimitReached,
)

LONGEST_EXCERPT = 80
PARAGRAPH = re.compile(r"\S[^\n]*(?:\n[^\S\n]*\S[^\n]*)*")
FEWEST_WORDS = 5  # of a paragraph that is the same as another by more than chance
# A page in another language than it declares is a fault only where the language is sure.
SURE = 0.8
# "no" is declared for both written forms of Norwegian.
DECLARED_AS: dict[str, frozenset[str]] = {"no": frozenset({"nb", "nn"})}


def check_source(assistant: ReplyAssistant, job: Job, source: Source) -> Row:
    """The row of a page; what goes wrong with it is in the row, never raised."""
    row = Row(
        source.address, source.section, source.named, audience=job.audience_of(source.address),
        linked_from=source.linked_from,
    )  # fmt: skip
    if source.failure:
        return replace(row, status="failed", reason=source.failure)
    try:
        with _deadline(job.time_limit):
            return _check(assistant, job, source, row)
    except (LanguageUnknown, LanguageNotSupported) as error:
        language = error.fields.get("language")
        return replace(row, status="skipped", reason=error.code, language=str(language or ""))
    except ReplyassistError as error:
        return replace(row, status="failed", reason=error.code)
    except OSError:
        return replace(row, status="failed", reason="cannot-be-read")
    except Exception as error:  # noqa: BLE001  # a fault of ours on one page must not end a run over thousands
        return replace(row, status="failed", reason=f"internal-error ({type(error).__name__})")


def _check(assistant: ReplyAssistant, job: Job, source: Source, row: Row) -> Row:
    page = read_page(
        read_bytes(source), filename="" if source.is_web else source.address, media_type=source.media_type,
        charset=source.charset, is_web=source.is_web, limit=assistant.settings.text_limit,
    )  # fmt: skip
    draft = replace(page.draft, language=job.language, audience=row.audience)
    row = replace(
        row, title=page.title, declared=page.declared, digest=_digest(f"{draft.text}\n{page.links}")
    )
    assessment = assistant.assess(draft, ui_language=job.ui_language, letter=not page.is_web)
    identification = assessment.identification
    passages = _passages(page)
    findings = [_page_finding(finding, page, passages, row.audience) for finding in assessment.findings]
    if page.declared is not None and identification.language and identification.confidence >= SURE:
        findings[:0] = _language_finding(page.declared, identification.language, job.ui_language)
    if page.encoding:
        message = wording(job.ui_language)["page.encoding-wrong"].format(found=page.encoding)
        findings[:0] = [
            PageFinding(
                "page.encoding-wrong", "page-encoding", "error", message, "", None, None, page.encoding, 0.0
            )
        ]
    measures = {s.measure: round(s.value, 2) for s in assessment.scores if isinstance(s, Score)}
    row = replace(row, language=identification.language or "", findings=tuple(findings), measures=measures)
    score = assessment.score
    if not isinstance(score, Score):
        return row
    return replace(row, score=round(score.value, 1), target=score.target, band=score.band)


def _passages(page: Page) -> list[Span]:
    """The page's paragraphs, in order: its format's, or what blank lines part."""
    if page.draft.blocks:
        return [block.span for block in page.draft.blocks]
    return [Span(*match.span()) for match in PARAGRAPH.finditer(page.draft.text)]


def _passage_of(span: Span, page: Page, passages: list[Span], audience: str) -> str:
    """Digest of the paragraph around ``span`` for an audience; empty of more than one, or a short one."""
    i = bisect_right(passages, span.start, key=attrgetter("start")) - 1
    if i < 0 or passages[i].end < span.end:
        return ""
    words = passages[i].of(page.draft.text).split()
    return _digest(" ".join((audience, *words)), size=8) if len(words) >= FEWEST_WORDS else ""


def _page_finding(finding: Finding, page: Page, passages: list[Span], audience: str) -> PageFinding:
    text, start = page.draft.text, finding.span.start
    excerpt = " ".join(finding.span.of(text).split())
    before = text[:start]
    return PageFinding(
        rule=finding.rule,
        kind=finding.kind,
        severity=finding.severity,
        message=finding.message,
        excerpt=excerpt if len(excerpt) <= LONGEST_EXCERPT else excerpt[: LONGEST_EXCERPT - 1] + "…",
        line=before.count("\n") + 1 if page.has_lines else None,
        column=start - before.rfind("\n") if page.has_lines else None,
        # A suggestion for another place, such as an explanation after the word, replaces nothing.
        replacement=next((each.replacement for each in finding.suggestions if each.span == finding.span), ""),
        gain=round(finding.gain, 1),
        passage=_passage_of(finding.span, page, passages, audience),
    )


def _language_finding(declared: str, found: str, ui_language: str) -> Iterator[PageFinding]:
    """The finding of a ``lang`` attribute that is missing or wrong: screen readers speak by it."""
    primary = declared.partition("-")[0].lower()
    if primary == found or found in DECLARED_AS.get(primary, ()):
        return
    rule = "page.lang-wrong" if declared else "page.lang-missing"
    severity: Severity = "error" if declared else "warning"
    message = wording(ui_language)[rule].format(declared=declared, found=found)
    yield PageFinding(rule, "page-language", severity, message, declared, None, None, found, 0.0)


def _digest(text: str, *, size: int = 12) -> str:
    return hashlib.blake2b(" ".join(text.split()).encode(), digest_size=size).hexdigest()


@contextmanager
def _deadline(seconds: float) -> Iterator[None]:
    """Stop what runs inside after ``seconds``; in another thread than the main one there is no such alarm.

    Raises:
        TimeLimitReached
    """
    if threading.current_thread() is not threading.main_thread() or not seconds:
        yield
        return

    def stop(*_: object) -> None:
        raise TimeLimitReached

    previous = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)
