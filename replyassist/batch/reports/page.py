"""The report as one self-contained HTML page: no script, no foreign host, its plots drawn here as SVG."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from jinja2 import Environment, StrictUndefined, Template

from replyassist.batch.journal import Past
from replyassist.batch.overview import BIN, Overview
from replyassist.batch.reports.plots import Bar, bars, line
from replyassist.batch.reports.report import Report
from replyassist.batch.rows import Row
from replyassist.batch.sources import is_address

# Sections, runs and languages shown; a chart of more can't be read.
MOST_SECTIONS = 20
MOST_RUNS = 24
MOST_LANGUAGES = 12


class HtmlReport(Report):
    """Made from the overview; the rows themselves are not kept."""

    def add(self, row: Row) -> None:
        """Nothing: the overview has what is told."""

    def finish(self, overview: Overview, history: tuple[Past, ...]) -> None:
        """Write the page."""
        last = history[-1] if history else None
        this = Past.of(overview)
        runs = [past for past in (*history, this) if past.score is not None][-MOST_RUNS:]
        page = _template().render(
            words=self.words, language=self.options.job.ui_language, overview=overview, this=this,
            delta=_delta(this.score, last.score if last else None),
            histogram=_histogram(overview), sections=self._sections(overview, last),
            trend=line([(past.finished[:10], past.score) for past in runs if past.score is not None]),
            languages=overview.languages.most_common(MOST_LANGUAGES),
            failures=[(row, self.reason(row)) for row in overview.failures], is_address=is_address,
            best_fix=best_fix,
        )  # fmt: skip
        self.file.write(page)

    def _sections(self, overview: Overview, last: Past | None) -> list[tuple[Bar, int, str]]:
        """Each section's bar, its pages and its change, the largest sections, the hardest first."""
        largest = sorted(overview.sections.items(), key=lambda item: (-item[1].count, item[0]))[
            :MOST_SECTIONS
        ]
        ranked = sorted(largest, key=lambda item: (item[1].value or 0.0, item[0]))
        drawn = bars([(name or self.words["report.top-section"], mean.value or 0.0) for name, mean in ranked])
        return [
            (bar, mean.count, _delta(mean.value, last.sections.get(name) if last else None))
            for bar, (name, mean) in zip(drawn, ranked, strict=True)
        ]


def best_fix(row: Row) -> str:
    """The message of the finding that would win most points; empty when the page has none."""
    return max(row.findings, key=lambda finding: finding.gain).message if row.findings else ""


def _histogram(overview: Overview) -> list[Bar]:
    labels = [f"{start}–{start + BIN}" for start in range(0, 100, BIN)]
    return bars([(label, overview.bins[i]) for i, label in enumerate(labels)], whole=overview.score.count)


def _delta(value: float | None, before: float | None) -> str:
    """The change with its sign, or the empty string when there is nothing to compare with."""
    if value is None or before is None:
        return ""
    change = round(value - before, 1)
    return f"{change:+.1f}".replace("-", "−") if change else "±0"


@cache
def _template() -> Template:
    # Titles, addresses and excerpts come from pages of others: everything is escaped.
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(files(__package__).joinpath("page.html").read_text(encoding="utf-8"))
