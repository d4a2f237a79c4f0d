"""Every table. A change here needs a migration; a test compares the two."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)

keys = Table(
    "keys",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(100), nullable=False, unique=True),
    Column("digest", String(64), nullable=False, unique=True),  # SHA-256 of the key, hexadecimal
    Column("scopes", String(200), nullable=False),  # sorted, with a blank between
    Column("unit", String(40), nullable=False),
    Column("rate", Integer),  # requests a minute; NULL: as many as the server can take
    Column("quota", Integer),  # requests a day
    Column("created", DateTime(timezone=True), nullable=False),
    Column("revoked", DateTime(timezone=True)),
)

# How often each key was used in a period that begins at ``starts`` (seconds since 1970).
uses = Table(
    "uses",
    metadata,
    Column("key_id", Integer, ForeignKey(keys.c.id, ondelete="CASCADE"), primary_key=True),
    Column("period", Integer, primary_key=True),  # seconds: a minute, a day
    Column("starts", BigInteger, primary_key=True),
    Column("times", BigInteger, nullable=False),
)

# What happened how often. ``subject`` is from a closed set: a rule, a kind of letter, a language; never text.
counts = Table(
    "counts",
    metadata,
    Column("day", Date, primary_key=True),
    Column("unit", String(40), primary_key=True),
    Column("event", String(40), primary_key=True),
    Column("language", String(20), primary_key=True),
    Column("subject", String(80), primary_key=True),
    Column("times", BigInteger, nullable=False),
    Column("total", Float, nullable=False),  # sum of what was measured; 0 where nothing is
)

# Segments that a person has reviewed, of no one case, and never what a citizen wrote.
segments = Table(
    "segments",
    metadata,
    Column("source_language", String(20), primary_key=True),
    Column("target_language", String(20), primary_key=True),
    Column("digest", String(64), primary_key=True),  # SHA-256 of the source, hexadecimal
    Column("source", Text, nullable=False),
    Column("target", Text, nullable=False),
    Column("reviewed", DateTime(timezone=True), nullable=False),
)

# The municipality's own words: a concept has a word, or its forms with | between, in each of some languages.
concepts = Table(
    "concepts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("changed", DateTime(timezone=True), nullable=False),
    sqlite_autoincrement=True,  # a number is never given twice: clients keep them
)
words = Table(
    "words",
    metadata,
    Column("concept_id", Integer, ForeignKey(concepts.c.id, ondelete="CASCADE"), primary_key=True),
    Column("language", String(35), primary_key=True),
    Column("word", String(500), nullable=False),
)
