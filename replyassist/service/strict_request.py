"""Reading what a client sent, strictly: size before content, then type, encoding and JSON."""

from __future__ import annotations

import json
from typing import Any

from flask import Request
from gunicorn.http.errors import ParseException
from werkzeug.exceptions import BadRequest

from replyassist.documents.decoding import check_text
from replyassist.errors import InvalidEncoding
from replyassist.service.errors import BodyTooLarge, InvalidJson, UnsupportedMediaType

UTF8, IDENTITY = "utf-8", "identity"
DEEPEST = 50  # nested deeper, a body is an attack on the parser


class StrictRequest(Request):
    """A request whose JSON is valid UTF-8 without lone surrogates or NUL, and an object."""

    def get_json(self, force: bool = False, silent: bool = False, cache: bool = True) -> Any:
        """The body as a dictionary; the parameters are Flask's and change nothing.

        Raises:
            UnsupportedMediaType, InvalidEncoding, InvalidJson.
        """
        if not self.is_json:
            raise UnsupportedMediaType("Send the body as application/json.")
        if self.mimetype_params.get("charset", UTF8).lower() not in (UTF8, "utf8", "us-ascii"):
            raise UnsupportedMediaType("Send the body in UTF-8.")
        if self.headers.get("Content-Encoding", IDENTITY).lower() != IDENTITY:
            raise UnsupportedMediaType("Send the body as it is, not compressed.")
        body = read_json(self.get_data(cache=True))
        if not isinstance(body, dict):
            raise InvalidJson("The body must be a JSON object.")
        return body

    def refuse_large_body(self) -> None:
        """Refuse by the length that is declared, before a byte is read; a body that declares none is read as
        far as the limit, since Werkzeug would cut it there and say nothing.

        Raises:
            BodyTooLarge: the body is over ``MAX_CONTENT_LENGTH``.
            BadRequest: the body is not in the chunks that it says it is in.
        """
        limit = self.max_content_length
        if limit is None:
            return
        length = self.content_length
        if length is None and self.headers.get("Transfer-Encoding"):
            try:
                length = len(self.get_data(cache=True)) + 1  # one more: what was cut is as long as the limit
            except ParseException:
                raise BadRequest from None
        if length is not None and length > limit:
            raise BodyTooLarge(limit=limit)


def read_json(body: bytes | str) -> Any:
    """``body`` as JSON, with texts that can be worked on.

    Raises:
        InvalidEncoding: it is no UTF-8, or a text has a NUL or half a surrogate pair.
        InvalidJson: it is no JSON, has a number that JSON does not know, or is nested too deep.
    """
    try:
        value = json.loads(body.decode("utf-8") if isinstance(body, bytes) else body, parse_constant=_refuse)
    except UnicodeDecodeError:
        raise InvalidEncoding("The body is not valid UTF-8.") from None
    except (ValueError, RecursionError):
        raise InvalidJson("The body is not valid JSON.") from None
    _check_texts(value)
    return value


def _refuse(constant: str) -> None:
    raise ValueError(constant)  # NaN and Infinity are Python's JSON, not JSON


def _check_texts(value: object, depth: int = 0) -> None:
    if depth > DEEPEST:
        raise InvalidJson("The body is nested too deep.")
    if isinstance(value, str):
        check_text(value)
    elif isinstance(value, dict):
        for key, each in value.items():
            check_text(key)
            _check_texts(each, depth + 1)
    elif isinstance(value, list):
        for each in value:
            _check_texts(each, depth + 1)
