"""E-mails as mail programs really send them: charsets, encoded words, parts within parts, attachments."""

from __future__ import annotations

import base64
import quopri
from collections.abc import Sequence
from email import message_from_bytes
from email.header import Header
from email.message import EmailMessage
from email.policy import default

import pytest

from replyassist.documents import read, rewrite
from replyassist.errors import InvalidEncoding, UnreadableDocument

LETTERS = {
    "nb": ("Spørsmål om båtplass", "Hei,\r\n\r\nNår får jeg båtplass på Ås?\r\n"),
    "nn": ("Spørsmål om barnehageplass", "Hei,\r\n\r\nKva må eg gjere for å få plass på Bø?\r\n"),
    "sv": ("Fråga om förskola", "Hej,\r\n\r\nNär får vi besked från Åby förskola?\r\n"),
    "da": ("Spørgsmål om børnehave", "Hej,\r\n\r\nHvornår får vi plads i Ærø børnehave?\r\n"),
    "en": ("A question – please", "Hello,\r\n\r\nThe café’s licence costs £50, doesn’t it?\r\n"),
    "ar": ("سؤال", "مرحبا،\r\n\r\nمتى أحصل على الرد؟ 😊\r\n"),
}
WESTERN = ("windows-1252", "iso-8859-1", "iso-8859-15")
CASES = [
    *((language, charset, coding)
      for language in LETTERS for charset in ("utf-8", "us-ascii")
      for coding in ("8bit", "base64", "quoted-printable")),
    *((language, charset, coding)
      for language in ("nb", "nn", "sv", "da") for charset in WESTERN
      for coding in ("8bit", "base64", "quoted-printable")),
    *((language, "utf-16", "base64") for language in LETTERS),
    ("en", "windows-1252", "8bit"), ("ar", "windows-1256", "quoted-printable"),
]  # fmt: skip


def louder(units: Sequence[str]) -> list[str]:
    return [unit.upper() for unit in units]


def coded(body: bytes, coding: str) -> bytes:
    if coding == "base64":
        return base64.encodebytes(body).replace(b"\n", b"\r\n")
    return quopri.encodestring(body) if coding == "quoted-printable" else body


def mail(subject: str, body: bytes, charset: str, coding: str, kind: str = "plain") -> bytes:
    head = (
        f"From: Innbygger <a@eksempel.no>\r\nSubject: {subject}\r\nMIME-Version: 1.0\r\n"
        f"Content-Type: text/{kind}; charset={charset}\r\nContent-Transfer-Encoding: {coding}\r\n\r\n"
    )
    return head.encode() + coded(body, coding)


def opened(data: bytes) -> EmailMessage:
    message = message_from_bytes(data, policy=default)
    assert isinstance(message, EmailMessage)
    return message


@pytest.mark.parametrize(("language", "charset", "coding"), CASES)
def test_every_charset_and_coding(language: str, charset: str, coding: str) -> None:
    subject, body = LETTERS[language]
    body = body.replace("😊", "") if charset == "windows-1256" else body
    # Programs that declare ASCII and send UTF-8 are many.
    sent = body.encode("utf-8" if charset == "us-ascii" else charset)
    data = mail(Header(subject, "utf-8").encode(), sent, charset, coding)
    text = read(data).text
    assert text.startswith(subject)
    assert body.split()[-1] in text
    after = opened(rewrite(data, louder))
    assert after["Subject"] == subject.upper()
    assert after.get_content().split() == body.upper().split()
    assert after["From"] == "Innbygger <a@eksempel.no>"


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1"])
@pytest.mark.parametrize("language", ["nb", "nn", "sv", "da"])
def test_a_subject_that_was_sent_without_its_encoding(language: str, charset: str) -> None:
    subject, body = LETTERS[language]
    data = mail("S-U-B", body.encode(), "utf-8", "8bit").replace(b"S-U-B", subject.encode(charset))
    assert read(data).text.startswith(subject)
    assert opened(rewrite(data, louder))["Subject"] == subject.upper()


@pytest.mark.parametrize("language", LETTERS)
def test_a_message_in_html_alone(language: str) -> None:
    subject, body = LETTERS[language]
    page = f'<html><head><meta charset="utf-8"></head><body><p>{body}</p></body></html>'
    data = mail(Header(subject, "utf-8").encode(), page.encode(), "utf-8", "quoted-printable", "html")
    for each in (data, data.replace(b"; charset=utf-8\r\n", b"\r\n")):
        assert " ".join(body.split()[1:]) in read(each).text.replace("\n", " ")
        after = opened(rewrite(each, louder, language="ar")).get_content()
        assert '<html lang="ar" dir="rtl">' in after
        assert " ".join(body.upper().split()) in after


def test_a_message_in_html_without_its_root_says_its_direction() -> None:
    data = mail("Svar", b"<p>Du kan klage.</p>", "utf-8", "8bit", "html")
    after = opened(rewrite(data, louder, language="ar")).get_content()
    assert after.strip() == '<div lang="ar" dir="rtl"><p>DU KAN KLAGE.</p></div>'
    assert opened(rewrite(data, louder)).get_content().strip() == "<p>DU KAN KLAGE.</p>"


NESTED = """From: =?iso-8859-1?q?=C5se?= <a@eksempel.no>
Subject: =?utf-8?B?U3DDuHJzbcOlbA==?= =?iso-8859-1?q?_om_b=E5t?=
X-Long: {long}
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="ytre"

--ytre
Content-Type: multipart/related; boundary=bilder; start="<brev>"

--bilder
Content-Type: multipart/alternative; boundary=former

--former
Content-Type: text/plain; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable

Hei p=E5 deg
--former
Content-Type: text/html; charset=windows-1252
Content-ID: <brev>
Content-Disposition: inline
Content-Transfer-Encoding: quoted-printable

<p>Hei p=E5 <b>deg</b> =96 ok <img src=3D"cid:logo"></p>
--former--
--bilder
Content-Type: image/png
Content-ID: <logo>
Content-Transfer-Encoding: base64

AAEC
AwQFBgc=
--bilder--
--ytre
Content-Type: message/rfc822

Subject: Vedlagt =?utf-8?q?p=C3=A5?= gammel vis
X-Long: {long}

Dette brevet er vedlagt og skal ikke endres.
--ytre
Content-Type: text/plain; charset=utf-8
Content-Disposition: attachment; filename*=utf-8''%C3%A5.txt
Content-Transfer-Encoding: 8bit

vedlegg: blåbær, 😊, مرحبا
--ytre--
""".format(long="abc " * 40 + "slutt")


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_parts_within_parts_change_in_the_message_alone(line_end: str) -> None:
    before = NESTED.replace("\n", line_end).encode()
    assert read(before).text == "Spørsmål om båt\n\nHei på deg"
    after = rewrite(before, louder)
    message = opened(after)
    assert message["Subject"] == "SPØRSMÅL OM BÅT"
    plain, page = message.get_body(("plain",)), message.get_body(("html",))
    assert plain is not None
    assert page is not None
    assert plain.get_content().strip() == "HEI PÅ DEG"
    assert page.get_content().strip() == '<p>HEI PÅ <b>DEG</b> – OK <img src="cid:logo"></p>'
    assert (page["Content-ID"], page["Content-Disposition"]) == ("<brev>", "inline")
    # From the picture on, and the headers but for the subject: byte for byte.
    start = f"--bilder{line_end}Content-Type: image/png".encode()
    assert after.partition(start)[2].split() == before.partition(start)[2].split()
    attached = b"Content-Type: message/rfc822"
    assert after.partition(attached)[2] == before.partition(attached)[2]
    names = [line.partition(b":")[0] for line in after.split(b"\n")[:4]]
    assert names == [b"From", b"Subject", b"X-Long", b"MIME-Version"]
    assert before.split(b"\n")[2] == after.split(b"\n")[2]


AROUND_A_PICTURE = """Subject: Hei
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=x

--x
Content-Type: text/plain; charset=utf-8

Her er gjerdet:
--x
Content-Type: image/png
Content-Disposition: inline; filename=gjerde.png

AAEC
--x
Content-Type: text/plain; charset=utf-8

Kan vi rive det?
--x
Content-Type: text/plain; charset=utf-8; name=notat.txt

Dette er et vedlegg.
--x--
"""


def test_text_around_a_picture_is_read_and_changed_whole() -> None:
    data = AROUND_A_PICTURE.encode()
    assert read(data).text == "Hei\n\nHer er gjerdet:\n\nKan vi rive det?"
    after = rewrite(data, louder)
    assert read(after).text == "HEI\n\nHER ER GJERDET:\n\nKAN VI RIVE DET?"
    assert after.partition(b"name=notat.txt")[2] == data.partition(b"name=notat.txt")[2]


@pytest.mark.parametrize(
    "charset", ["idna", "punycode", "undefined", "unicode_escape", "raw-unicode-escape", "zip", "klingon"]
)
def test_what_is_no_charset_is_refused(charset: str) -> None:
    data = mail("Hei", b"Hei du", charset, "8bit")
    for work in (read, lambda each: rewrite(each, louder)):
        with pytest.raises(InvalidEncoding):
            work(data)


@pytest.mark.parametrize(
    "body", ["Content-Type: image/png\n\nAAEC\n", "Content-Type: multipart/mixed; boundary=x\n\n"]
)
def test_a_message_without_text(body: str) -> None:
    data = f"Subject: Hei\nMIME-Version: 1.0\n{body}".encode()
    for work in (read, lambda each: rewrite(each, louder)):
        with pytest.raises(UnreadableDocument):
            work(data)


def test_a_header_longer_than_any() -> None:
    data = mail("=?utf-8?q?a?= " * 2000, b"Hei du", "utf-8", "8bit")
    for work in (read, lambda each: rewrite(each, louder)):
        with pytest.raises(UnreadableDocument):
            work(data)
