"""Codes are a contract."""

import re

from replyassist import errors


def kinds(base=errors.ReplyassistError):
    return [base, *(kind for child in base.__subclasses__() for kind in kinds(child))]


def test_every_error_has_its_own_code_title_and_status():
    found = kinds()
    assert len({kind.code for kind in found}) == len(found)
    for kind in found:
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", kind.code)
        assert kind.title
        assert 400 <= kind.status < 600
        assert kind.__doc__
