"""The report as one self-contained HTML page: no script, no foreign host, its plots drawn here as SVG."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal, format_percent
from jinja2 import Environment, StrictUndefined, Template

from replyassist.batch.journal import Past
from replyassist.batch.overview import BIN, PAGE_KINDS, Overview, Weight
from replyassist.batch.reports.report import Report
from replyassist.batch.rows import Row
from replyassist.batch.sources import is_address
from replyassist.plots import Bar, Line, bars, line

# Sections, runs and languages shown; a chart of more can't be read.
MOST_SECTIONS = 20
MOST_RUNS = 24
MOST_LANGUAGES = 12
AT_ONCE = 10  # pages and words shown before one asks for more
SPARK_WIDTH, SPARK_HEIGHT = 96.0, 22.0


@dataclass(frozen=True, slots=True)
class Section:
    """A section's mean as a bar, how many pages it has, its change since the last run and over all runs."""

    bar: Bar
    pages: int
    delta: str
    spark: Line | None


class HtmlReport(Report):
    """Made from the overview; the rows themselves are not kept."""

    def add(self, row: Row) -> None:
        """Nothing: the overview has what is told."""

    def finish(self, overview: Overview, history: tuple[Past, ...]) -> None:
        """Write the page."""
        self._locale = Locale.parse(self.options.job.ui_language)
        last = history[-1] if history else None
        this = Past.of(overview)
        runs = (*history, this)[-MOST_RUNS:]
        scored = overview.score.count
        means = [(self._day(past.finished), past.score) for past in runs if past.score is not None]
        reached = scored - overview.under_target
        self.file.write(
            _template().render(
                words=self.words, language=self.options.job.ui_language, overview=overview, this=this,
                finished=self._moment(this.finished), number=self._number, count=self._count,
                reached=reached, scored=scored, share=self._share(reached, scored),
                delta=self._delta(this.score, last.score if last else None), at_once=AT_ONCE,
                histogram=_histogram(overview), sections=self._sections(overview, runs),
                trend=line(means),
                help=self._help(overview), languages=self._languages(overview), best_fix=best_fix,
                repeated=overview.repeated,
                failures=[(row, self.reason(row)) for row in overview.failures], is_address=is_address,
                faults=[(row, each.message) for row in overview.faults for each in row.findings
                        if each.kind in PAGE_KINDS],
            )
        )  # fmt: skip

    def _sections(self, overview: Overview, runs: tuple[Past, ...]) -> list[Section]:
        """The largest sections, the hardest first."""
        by_size = sorted(overview.sections.items(), key=lambda item: (-item[1].count, item[0]))
        ranked = sorted(by_size[:MOST_SECTIONS], key=lambda item: (item[1].value or 0.0, item[0]))
        drawn = bars([(name or self.words["report.top-section"], mean.value or 0.0) for name, mean in ranked])
        shown = []
        for bar, (name, mean) in zip(drawn, ranked, strict=True):
            values = [(past.finished, past.sections[name]) for past in runs if name in past.sections]
            before = runs[-2].sections.get(name) if len(runs) > 1 else None
            spark = line(values, SPARK_WIDTH, SPARK_HEIGHT)
            shown.append(Section(bar, mean.count, self._delta(mean.value, before), spark))
        return shown

    def _help(self, overview: Overview) -> list[tuple[Bar, Weight]]:
        """What to do, and how many points a page would win by it on the average; the most first."""
        groups = _advice()
        found: dict[str, Weight] = {}
        for kind, weight in overview.kinds.items():
            if kind in PAGE_KINDS:
                continue
            group = next((name for name, each in groups.items() if kind in each["kinds"]), "other")
            total = found.setdefault(group, Weight())
            total.gain += weight.gain
            total.count += weight.count
            total.pages = max(total.pages, weight.pages)
        order = list(groups)
        ranked = sorted(found.items(), key=lambda item: (-item[1].gain, order.index(item[0])))
        pages = max(overview.score.count, 1)
        language = self.options.job.ui_language
        gains = [(str(groups[name][language]), round(weight.gain / pages, 1)) for name, weight in ranked]
        drawn = bars(gains, whole=max((gain for _, gain in gains), default=0.0))
        return list(zip(drawn, (weight for _, weight in ranked), strict=True))

    def _languages(self, overview: Overview) -> list[tuple[str, int, float]]:
        """Name, pages and mean score of each language, the commonest first."""
        ranked = sorted(overview.languages.items(), key=lambda item: (-item[1].count, item[0]))
        names = self._locale.languages
        return [(names.get(tag, tag), mean.count, mean.value or 0.0) for tag, mean in ranked[:MOST_LANGUAGES]]

    def _number(self, value: float) -> str:
        return format_decimal(value, format="0.0", locale=self._locale)

    def _count(self, value: int) -> str:
        return format_decimal(value, format="#,##0", locale=self._locale)

    def _share(self, part: int, whole: int) -> str:
        return format_percent(part / whole, locale=self._locale) if whole else "–"

    def _day(self, moment: str) -> str:
        return format_date(datetime.fromisoformat(moment), "medium", locale=self._locale)

    def _moment(self, moment: str) -> str:
        return f"{format_datetime(datetime.fromisoformat(moment), 'medium', locale=self._locale)} UTC"

    def _delta(self, value: float | None, before: float | None) -> str:
        """The change with its sign, or the empty string when there is nothing to compare with."""
        if value is None or before is None:
            return ""
        change = round(value - before, 1)
        return f"{'+' if change > 0 else '−'}{self._number(abs(change))}" if change else "±0"


def best_fix(row: Row) -> str:
    """The message of the finding that would win most points; empty when the page has none."""
    return max(row.findings, key=lambda finding: finding.gain).message if row.findings else ""


def _histogram(overview: Overview) -> list[Bar]:
    labels = [f"{start}–{start + BIN}" for start in range(0, 100, BIN)]
    counts = [overview.bins[i] for i in range(len(labels))]
    return bars(list(zip(labels, counts, strict=True)), whole=max(counts))


@cache
def _advice() -> dict[str, dict[str, str | list[str]]]:
    text = files("replyassist.batch").joinpath("advice.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def _template() -> Template:
    # Titles, addresses and excerpts come from pages of others: everything is escaped.
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(files(__package__).joinpath("page.html").read_text(encoding="utf-8"))
