"""Reading ``terms.csv``: one expert's or chancery word per row, its forms slot by slot."""

from __future__ import annotations

import csv
from typing import get_args

from replyassist.domain import Term, TermKind
from replyassist.errors import ConfigurationError

COLUMNS = (
    "lemma", "pos", "kind", "domains", "forms", "plain_forms", "gender", "plain_gender", "definition",
    "source",
)  # fmt: skip
DOMAINS = frozenset({
    "general", "case-handling", "planning-building", "social-services", "tax-fees", "childcare-school",
    "health-care", "procurement",
})  # fmt: skip
SLOTS = {"noun": 4, "verb": 7, "adj": 5, "fixed": 1}


def parse_terms(content: str, tag: str) -> tuple[Term, ...]:
    """Read the rows of a ``terms.csv``.

    Raises:
        ConfigurationError: a column, slot, kind or domain that docs/adding-a-language.md does not allow.
    """
    rows = csv.DictReader(content.splitlines(), strict=True)
    if tuple(rows.fieldnames or ()) != COLUMNS:
        raise ConfigurationError(f"{tag}/terms.csv: the header must be {','.join(COLUMNS)}")
    terms: dict[tuple[str, str], Term] = {}
    try:
        for row in rows:
            where = f"{tag}/terms.csv line {rows.line_num}"
            term = _term(row, tag, where)
            if (term.lemma, term.pos) in terms:
                raise ConfigurationError(f"{where}: {term.lemma} ({term.pos}) is there already")
            terms[term.lemma, term.pos] = term
    except csv.Error as error:
        raise ConfigurationError(f"{tag}/terms.csv line {rows.line_num}: {error}") from error
    return tuple(terms.values())


def slot_count(pos: str, tag: str) -> int:
    """How many slots the forms of a part of speech have; English verbs have the -ing form besides."""
    return SLOTS[pos] + (pos == "verb" and tag.partition("-")[0] == "en")


def _term(row: dict[str, str], tag: str, where: str) -> Term:
    if None in row or None in row.values():
        raise ConfigurationError(f"{where}: a row has {len(COLUMNS)} columns")
    pos, kind = row["pos"], row["kind"]
    if pos not in SLOTS or kind not in get_args(TermKind):
        raise ConfigurationError(f"{where}: no part of speech or kind: {pos}, {kind}")
    domains = tuple(row["domains"].split("|"))
    if not DOMAINS.issuperset(domains):
        raise ConfigurationError(f"{where}: unknown domain in {row['domains']}")
    term = Term(
        lemma=row["lemma"],
        language=tag,
        pos=pos,
        kind=kind,  # type: ignore[arg-type]  # checked above
        domains=domains,
        forms=_slots(row["forms"], pos, tag, where),
        plain_forms=_slots(row["plain_forms"], pos, tag, where) if row["plain_forms"] else (),
        gender=row["gender"],
        plain_gender=row["plain_gender"],
        definition=row["definition"],
        source=row["source"],
    )
    if not any(term.forms):
        raise ConfigurationError(f"{where}: {term.lemma} has no form")
    if (kind == "replace") != bool(term.plain_forms):
        raise ConfigurationError(f"{where}: plain forms go with the kind replace, and only with it")
    if kind != "replace" and not term.definition:
        raise ConfigurationError(f"{where}: {term.lemma} is to be explained and has no definition")
    return term


def _slots(forms: str, pos: str, tag: str, where: str) -> tuple[str, ...]:
    slots = tuple(form.strip() for form in forms.split("|"))
    if len(slots) != slot_count(pos, tag):
        raise ConfigurationError(f"{where}: {pos} has {slot_count(pos, tag)} slots, here are {len(slots)}")
    return slots
