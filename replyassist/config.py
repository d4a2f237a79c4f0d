"""Settings: from a TOML file and the environment, read once, in one place.

``REPLYASSIST_CONFIG`` names the file; a variable ``REPLYASSIST_<NAME>`` overrides its key. Lists in the
environment are
separated by commas. Nothing is read before :meth:`Settings.read` is called.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from importlib.resources import files
from pathlib import Path
from typing import Any

from replyassist.errors import ConfigurationError

PREFIX = "REPLYASSIST_"
HIGHEST_PORT = 65_535
IMPOSSIBLE = "The setting {} has a value that it can't have."
READING, TRANSLATION = "reading", "translation"  # what ``warm`` may name


def data_folder(name: str) -> Path:
    """Where ``models`` or ``web`` lie: in the installed package, or beside it in a checkout.

    Raises:
        ConfigurationError: neither is there.
    """
    package = Path(str(files("replyassist")))
    for folder in (package / name, package.parent / name):
        if folder.is_dir():
            return folder
    raise ConfigurationError(f"The folder {name}/ is missing from the installation.")


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting and its default.

    Attributes:
        language: the caseworkers' own language, that messages from citizens are translated into.
        audience: profile used when a request names none.
        prior: languages that a short or unclear text is likelier to be in here, as ``tag=log-odds``.
        packages: folder with further Argos packages; empty for the user's own.
        apertium: whether Apertium translates between neighbouring languages where it is installed.
        profiles: folder with the municipality's own audience profiles; empty for none.
        termbase: CSV or TBX file of the municipality's own words; empty for none.
        glossary: whether words of public letters and names of authorities that came along are used as well,
            after those.
        host, port: where the service listens.
        text_limit: longest text in code points.
        body_limit: largest request body in bytes, refused before it is read.
        batch_limit: most items of one request.
        time_limit: seconds that a translation may take.
        batch_time_limit: seconds that a batch may take; what is not done by then says so for itself.
        beam: hypotheses that the translator keeps.
        readings: hypotheses that the model of the way back chooses among, for faithfulness; 1 is faster.
        threads: translations at the same time.
        secret_key: signs the form's token; made anew at each start when empty.
        open: whether everybody who reaches the service may use it; without it keys are needed everywhere but
            on a loopback address.
        open_pages: whether the web form needs no key: for a network that only caseworkers reach.
        proxies: how many proxies stand before the service and are believed (``X-Forwarded-*``); with one, a
            loopback address needs keys too.
        origins: web sites, such as ``https://intranet.example``, whose scripts may call the API.
        retention: days that counts (never text) of what happened are kept; 0 when nothing is to be counted.
        units: parts of the municipality that counts may be kept for.
        database: URL of what replicas share; empty for a SQLite file in the state folder.
        warm: what the service reads before it is asked: ``reading`` (all that assesses letters, in every
            language) and ``translation`` (all models). What is left out is read for whoever first needs it.
        memory: whether reviewed segments are kept and used again.
        check_hosts: hosts whose pages may be checked from the web form, as ``host`` or ``host:port``; none
            when empty.
        check_pages: most pages of such a check.
        check_time: seconds that such a check may take.
        check_keep: seconds that its report is kept once it is done.
        check_private: whether hosts of private networks may be among ``check_hosts``.
    """

    language: str = "nb"
    audience: str = "layperson"
    prior: tuple[str, ...] = ()
    packages: str = ""
    apertium: bool = False
    profiles: str = ""
    termbase: str = ""
    glossary: bool = True
    host: str = "127.0.0.1"
    port: int = 8080
    text_limit: int = 100_000
    body_limit: int = 20_000_000
    batch_limit: int = 1_000
    time_limit: float = 60.0
    batch_time_limit: float = 240.0
    beam: int = 4
    readings: int = 8
    threads: int = 2
    secret_key: str = ""
    open: bool = False
    open_pages: bool = False
    proxies: int = 0
    origins: tuple[str, ...] = ()
    retention: int = 400
    units: tuple[str, ...] = ()
    database: str = ""
    warm: tuple[str, ...] = (READING, TRANSLATION)
    memory: bool = False
    check_hosts: tuple[str, ...] = ()
    check_pages: int = 1_000
    check_time: float = 3_600.0
    check_keep: float = 3_600.0
    check_private: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.port <= HIGHEST_PORT:
            raise ConfigurationError(IMPOSSIBLE.format("port"))
        self.odds()

    def odds(self) -> dict[str, float]:
        """``prior`` as log-odds by tag.

        Raises:
            ConfigurationError: it is something else.
        """
        try:
            return {tag: float(value) for tag, value in (part.split("=", 1) for part in self.prior)}
        except ValueError as error:
            raise ConfigurationError(IMPOSSIBLE.format("prior")) from error

    @classmethod
    def read(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """The settings of this process.

        Raises:
            ConfigurationError: the file can't be read, a key is unknown or a value has the wrong type.
        """
        environment = os.environ if environment is None else environment
        values: dict[str, Any] = {}
        if path := environment.get(f"{PREFIX}CONFIG"):
            values.update(_read_file(Path(path)))
        known = {f.name: f.default for f in fields(cls)}
        if unknown := sorted(values.keys() - known.keys()):
            raise ConfigurationError(f"Unknown setting: {', '.join(unknown)}")
        for name in known:
            if (value := environment.get(PREFIX + name.upper())) is not None:
                values[name] = value
        return cls(**{name: _converted(name, value, known[name]) for name, value in values.items()})


def _read_file(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigurationError(f"The settings file can't be read: {error}") from error


def _converted(name: str, value: object, default: object) -> Any:
    """``value`` in the type of ``default``."""
    try:
        if isinstance(default, tuple):
            parts = value.split(",") if isinstance(value, str) else value
            return tuple(str(part).strip() for part in parts if str(part).strip())  # type: ignore[attr-defined]
        if isinstance(default, bool):
            return {"true": True, "1": True, "false": False, "0": False}[str(value).strip().lower()]
        if isinstance(default, int | float) and isinstance(value, bool):
            raise ValueError
        return type(default)(value)  # type: ignore[call-arg]
    except (KeyError, TypeError, ValueError) as error:
        raise ConfigurationError(IMPOSSIBLE.format(name)) from error
