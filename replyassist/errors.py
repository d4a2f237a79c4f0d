"""Every error that replyassist raises, each with a stable code.

A code is part of the contract: clients switch on it, the documentation lists it, the user interface
translates it. The message is English and never holds the user's text: it may end up in a log.
"""

from __future__ import annotations

from typing import ClassVar


class ReplyassistError(Exception):
    """Base of all errors.

    Attributes:
        code: stable identifier, kebab-case.
        status: HTTP status that the service answers with.
        title: short English title, the same for every occurrence of the code.
        fields: what else is told; the docstring of each error, which its clients read too, names them.
    """

    code: ClassVar[str] = "internal-error"
    status: ClassVar[int] = 500
    title: ClassVar[str] = "Internal error"

    def __init__(self, detail: str = "", **fields: object) -> None:
        super().__init__(detail or self.title)
        self.detail = detail or self.title
        self.fields = fields


class InvalidInput(ReplyassistError):
    """The caller's input can't be worked on as it stands."""

    code = "invalid-input"
    status = 400
    title = "Invalid input"


class InvalidParameter(InvalidInput):
    """A parameter has a value that it can't have; ``parameter`` names it."""

    code = "invalid-parameter"
    title = "Invalid parameter"


class EmptyText(InvalidInput):
    """There is nothing but white space to work on."""

    code = "empty-text"
    title = "Empty text"


class TextTooLong(InvalidInput):
    """The text is over the configured limit; ``limit`` and ``length`` are in code points."""

    code = "text-too-long"
    status = 413
    title = "Text too long"


class InvalidEncoding(InvalidInput):
    """Bytes that are no valid UTF-8, or text with lone surrogates."""

    code = "invalid-encoding"
    title = "Invalid text encoding"


class BinaryInput(InvalidInput):
    """The bytes are no text and no document format that can be read."""

    code = "binary-input"
    status = 415
    title = "Not a text"


class UnreadableDocument(InvalidInput):
    """A document whose format is known, but that is broken, encrypted or dangerous to open."""

    code = "unreadable-document"
    status = 422
    title = "Document cannot be read"


class ScannedDocument(UnreadableDocument):
    """Its pages are pictures: there is no text in it to read."""

    code = "scanned-document"
    title = "Document holds pictures of text"


class EncryptedDocument(UnreadableDocument):
    """It opens with a password only."""

    code = "encrypted-document"
    title = "Document needs a password"


class MacroDocument(UnreadableDocument):
    """It holds macros, and so is not written; it can be read."""

    code = "macro-document"
    title = "Document holds macros"


class LanguageUnknown(ReplyassistError):
    """The language could not be told; ``candidates`` has the likeliest tags."""

    code = "language-unknown"
    status = 422
    title = "Language could not be identified"


class LanguageNotSupported(ReplyassistError):
    """The language is known but this job can't be done in it; ``language`` is its tag."""

    code = "language-not-supported"
    status = 422
    title = "Language not supported for this job"


class ProfileUnknown(InvalidInput):
    """No audience profile has that name."""

    code = "profile-unknown"
    title = "Unknown audience profile"


class TranslationUnavailable(ReplyassistError):
    """No installed route leads from source to target.

    From ``source`` there are translations into ``instead`` (tags), not into ``target``. Where there is one,
    ``notice`` is a text in the citizen's language that offers an interpreter.
    """

    code = "translation-unavailable"
    status = 422
    title = "No translation between these languages"


class TranslationFailed(ReplyassistError):
    """The engine could not finish; the text was not translated."""

    code = "translation-failed"
    status = 500
    title = "Translation failed"


class TimeLimitReached(ReplyassistError):
    """The work took longer than the configured time."""

    code = "time-limit-reached"
    status = 503
    title = "Time limit reached"


class PackageError(ReplyassistError):
    """A translation package is missing, broken, or can't be fetched or installed."""

    code = "package-error"
    status = 500
    title = "Translation package error"


class ConfigurationError(ReplyassistError):
    """A setting has a value that it can't have."""

    code = "configuration-error"
    status = 500
    title = "Configuration error"


class CrawlFailed(ReplyassistError):
    """The crawling process broke off; what had come is kept, and the run can go on."""

    code = "crawl-failed"
    title = "The crawl broke off"


class AddressNotAllowed(InvalidInput):
    """The operator doesn't allow this web address to be visited."""

    code = "address-not-allowed"
    status = 403
    title = "Web address not allowed"


class CheckRunning(ReplyassistError):
    """As many web sites are being checked as may be at a time."""

    code = "check-running"
    status = 503
    title = "Another site is being checked"


class NotRemembered(InvalidInput):
    """A segment is not kept in the translation memory; ``reason`` says why."""

    code = "not-remembered"
    status = 422
    title = "Not kept in the translation memory"


class StateUnavailable(ReplyassistError):
    """The database is away, full or not upgraded; what needs no state is still answered."""

    code = "state-unavailable"
    status = 503
    title = "The database can't be reached"


class TermUnknown(ReplyassistError):
    """The termbase has no concept of that number."""

    code = "term-unknown"
    status = 404
    title = "Unknown term"
