"""Reading a language's folder, with a clear error for each thing that can be wrong in it."""

from __future__ import annotations

import re
import tomllib
from dataclasses import MISSING, fields
from importlib.resources.abc import Traversable
from typing import Any, get_args

from replyassist.domain import Severity
from replyassist.errors import ConfigurationError
from replyassist.languages.model import GRAMMAR, Language, RuleEntry
from replyassist.languages.terms import parse_terms

# These fields come from files of their own; all others are keys of language.toml.
OTHER_FILES = frozenset({"terms", "rules", "messages", "letter_parts", "letter_cues", "formulas"})
MONTHS, WEEKDAYS = 12, 7
RULE_KEYS = ("id", "kind", "message", "severity", "source")


def read_language(folder: Traversable) -> Language:
    """Read one folder of ``languages/``; a file that is missing leaves its field empty.

    Raises:
        ConfigurationError: a file that docs/adding-a-language.md does not allow; the message says where.
    """
    tag = folder.name
    values = _language_values(tag, _toml(folder / "language.toml"))
    terms, rules = folder / "terms.csv", folder / "rules.toml"
    messages, parts = folder / "messages.toml", folder / "letter_parts.toml"
    cues, formulas = folder / "letter_cues.toml", folder / "formulas.toml"
    if terms.is_file():
        values["terms"] = parse_terms(_text(terms), tag)
    if rules.is_file():
        values["rules"] = _rules(tag, _toml(rules))
    if messages.is_file():
        values["messages"] = _string_table(f"{tag}/messages.toml", _toml(messages).get("message", {}))
    if parts.is_file():
        values["letter_parts"] = _letter_parts(f"{tag}/letter_parts.toml", _toml(parts))
    if cues.is_file():
        values["letter_cues"] = _letter_cues(f"{tag}/letter_cues.toml", _toml(cues))
    if formulas.is_file():
        where, phrases = f"{tag}/formulas.toml", _toml(formulas)
        values["formulas"] = {key: _strings(f"{where}: {key}", listed) for key, listed in phrases.items()}
    return Language(**values)


def _text(file: Traversable) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"{file.name}: not UTF-8") from error


def _toml(file: Traversable) -> dict[str, Any]:
    try:
        return tomllib.loads(_text(file))
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"{file}: {error}") from error


def _language_values(tag: str, data: dict[str, Any]) -> dict[str, Any]:
    declared = {field.name: field for field in fields(Language) if field.name not in OTHER_FILES}
    where = f"{tag}/language.toml"
    if unknown := sorted(data.keys() - declared.keys()):
        raise ConfigurationError(f"{where}: unknown keys {', '.join(unknown)}")
    required = {
        name
        for name, field in declared.items()
        if field.default is MISSING and field.default_factory is MISSING
    }
    if missing := sorted(required - data.keys()):
        raise ConfigurationError(f"{where}: missing keys {', '.join(missing)}")
    values = {name: _value(f"{where}: {name}", str(declared[name].type), data[name]) for name in data}
    _check_values(where, values)
    if values["tag"] != tag:
        raise ConfigurationError(f"{where}: tag is {values['tag']}, but the folder is {tag}")
    return values


def _value(where: str, wanted: str, value: Any) -> Any:
    """Check a TOML value against the annotation of its field and freeze it."""
    if wanted == "str" and isinstance(value, str):
        return value
    if wanted == "tuple[str, ...]":
        return _strings(where, value)
    if wanted == "frozenset[str]":
        return frozenset(_strings(where, value))
    if wanted == "dict[str, tuple[str, ...]]" and isinstance(value, dict):
        return {key: _strings(f"{where}.{key}", column) for key, column in value.items()}
    if wanted == "dict[str, tuple[float, ...]]" and isinstance(value, dict):
        return {key: _limits(f"{where}.{key}", limits) for key, limits in value.items()}
    raise ConfigurationError(f"{where} must be {wanted}")


def _strings(where: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ConfigurationError(f"{where} must be a list of strings")
    return tuple(value)


def _limits(where: str, value: Any) -> tuple[float, ...]:
    if not isinstance(value, list) or not all(type(item) in (int, float) for item in value):
        raise ConfigurationError(f"{where} must be a list of numbers")
    if value != sorted(value):
        raise ConfigurationError(f"{where}: limits go upwards")
    return tuple(float(item) for item in value)


def _check_values(where: str, values: dict[str, Any]) -> None:
    counts = {"months": MONTHS, "month_abbreviations": MONTHS, "weekdays": WEEKDAYS}
    for name, count in counts.items():
        if name in values and len(values[name]) != count:
            raise ConfigurationError(f"{where}: {name} has {len(values[name])} entries, not {count}")
    if values["decimal_mark"] not in {",", "."}:
        raise ConfigurationError(f"{where}: decimal_mark is a comma or a full stop")
    if unknown := sorted(values.get("grammar", frozenset()) - GRAMMAR):
        raise ConfigurationError(f"{where}: grammar has no {', '.join(unknown)}")
    if len({len(column) for column in values.get("articles", {}).values()}) > 1:
        raise ConfigurationError(f"{where}: the columns of articles differ in length")


def _rules(tag: str, data: dict[str, Any]) -> tuple[RuleEntry, ...]:
    entries: dict[str, RuleEntry] = {}
    for raw in data.get("rule", []):
        where = f"{tag}/rules.toml {raw.get('id', '?')}"
        entry = _rule(where, raw)
        if entry.id in entries:
            raise ConfigurationError(f"{where}: the id is there already")
        if not entry.id.startswith(f"{tag}."):
            raise ConfigurationError(f"{where}: an id begins with its language")
        entries[entry.id] = entry
    return tuple(entries.values())


def _rule(where: str, raw: dict[str, Any]) -> RuleEntry:
    if raw.get("kind") == "keep":  # finds nothing, so it has no message and no weight
        raw = {"message": "", "severity": "advice", **raw}
    for key in RULE_KEYS:
        if not isinstance(raw.get(key), str):
            raise ConfigurationError(f"{where}: {key} must be a string")
    if raw["severity"] not in get_args(Severity):
        raise ConfigurationError(f"{where}: no severity: {raw['severity']}")
    pattern = raw.get("pattern", "")
    if raw["kind"] == "pattern":
        _check_expression(where, pattern)
    replace = raw.get("replace", [])
    known = {*RULE_KEYS, "pattern", "replace", "flags", "passes"}
    return RuleEntry(
        **{key: raw[key] for key in RULE_KEYS},
        pattern=pattern,
        replace=_strings(where, [replace] if isinstance(replace, str) else replace),
        flags=tuple(_flag(where, flag) for flag in raw.get("flags", [])),
        passes=_strings(f"{where}: passes", raw.get("passes", [])),
        parameters={key: value for key, value in raw.items() if key not in known},
    )


def _flag(where: str, flag: Any) -> tuple[str, str | None]:
    match flag:
        case str(found):
            return found, None
        case [str(found), str(fixed)]:
            return found, fixed
    raise ConfigurationError(f"{where}: a flag is a sentence, or a pair of sentences")


def _letter_parts(where: str, data: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    parts = _lists(where, "parts", data)
    for key, expressions in parts.items():
        for expression in expressions:
            _check_expression(f"{where}: {key}", expression)
    return parts


def _letter_cues(where: str, data: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    cues = _lists(where, "cues", data)
    for key, entries in cues.items():
        if not all(entry.strip("* ") for entry in entries):
            raise ConfigurationError(f"{where}: {key} has an entry without a word")
    return cues


def _lists(where: str, table: str, data: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    """The one table that a file has, each key a list of strings."""
    if unknown := sorted(data.keys() - {table}):
        raise ConfigurationError(f"{where}: unknown tables {', '.join(unknown)}")
    return {key: _strings(f"{where}: {key}", value) for key, value in data.get(table, {}).items()}


def _string_table(where: str, table: Any) -> dict[str, str]:
    if not isinstance(table, dict) or not all(isinstance(value, str) for value in table.values()):
        raise ConfigurationError(f"{where}: a table of strings is wanted")
    return dict(table)


def _check_expression(where: str, expression: str) -> None:
    try:
        re.compile(expression, re.IGNORECASE)
    except re.error as error:
        raise ConfigurationError(f"{where}: {error} in the expression {expression}") from error
