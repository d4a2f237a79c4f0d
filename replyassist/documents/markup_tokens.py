"""HTML cut into tokens in time that grows with its length alone, whatever it holds.

For each tag or comment that never ends, html.parser looks through the rest of the source: 25 kB of ``<a ``
held it for more than eight seconds. On a section that it doesn't know (``<![x``) it raises. Here, what never
ends is met once.
"""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

# Quotes count after an equals sign alone, as in browsers. Possessive: nothing is read twice.
START_TAG = re.compile(r"""<[a-zA-Z](?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+')?+)*+>""")
END_TAG = re.compile(r"</([a-zA-Z][^\t\n\r\f />\x00]*+)[^>]*+>")
COMMENT_END = re.compile(r"--\s*+>")


class Tokenizer(HTMLParser):
    """A tag that never ends is text, since nothing that was written may be lost; a comment or declaration
    that never ends goes on to the end of the source, as in browsers."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def check_for_whole_start_tag(self, i: int) -> int:
        """Where the start tag at ``i`` ends; -1 if nowhere."""
        match = START_TAG.match(self.rawdata, i)
        return match.end() if match else -1

    def parse_starttag(self, i: int) -> int:
        """Handle the start tag at ``i``; where it ends."""
        end = super().parse_starttag(i)
        return end if end >= 0 else self._text(i, len(self.rawdata))

    def parse_endtag(self, i: int) -> int:
        """Handle the end tag at ``i``; where it ends."""
        match = END_TAG.match(self.rawdata, i)
        if match is None:
            end = self.rawdata.find(">", i)
            if end < 0 or self.cdata_elem is not None:
                return self._text(i, end + 1 or len(self.rawdata))
            self.handle_comment(self.rawdata[i + 2 : end])
            return end + 1
        name = match[1].lower()
        if self.cdata_elem not in (None, name):
            return self._text(i, match.end())
        self.handle_endtag(name)
        self.clear_cdata_mode()
        return match.end()

    def parse_comment(self, i: int, report: bool = True) -> int:
        """Handle the comment at ``i``; where it ends."""
        match = COMMENT_END.search(self.rawdata, i + 4)
        self.handle_comment(self.rawdata[i + 4 : match.start() if match else None])
        return match.end() if match else len(self.rawdata)

    def parse_html_declaration(self, i: int) -> int:
        """Handle what begins with ``<!`` at ``i`` and is no comment; where it ends."""
        is_section = self.rawdata.startswith("<![", i)
        closing = "]]>" if self.rawdata.startswith("<![CDATA[", i) else ">"
        end = self.rawdata.find(closing, i)
        inner = self.rawdata[i + 2 : end if end >= 0 else None]
        if is_section:
            self.unknown_decl(inner[1:])
        elif inner[:7].lower() == "doctype":
            self.handle_decl(inner)
        else:
            self.handle_comment(inner)
        return end + len(closing) if end >= 0 else len(self.rawdata)

    def parse_pi(self, i: int) -> int:
        """Handle the processing instruction at ``i``; where it ends."""
        end = self.rawdata.find(">", i)
        self.handle_pi(self.rawdata[i + 2 : end if end >= 0 else None])
        return end + 1 or len(self.rawdata)

    def _text(self, start: int, end: int) -> int:
        text = self.rawdata[start:end]
        self.handle_data(text if self.cdata_elem else unescape(text))
        return end
