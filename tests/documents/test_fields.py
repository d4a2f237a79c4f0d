"""Fields (dates, names and numbers that the program writes itself) stand within their sentence."""

import io
import re
import zipfile
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from odfdo import Document as OpenDocument
from odfdo import Paragraph
from pptx import Presentation

from replyassist.documents.inline import placeholders
from replyassist.documents.writing import rewrite

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"


def run(content: str, looks: str = "") -> str:
    return f"<w:r>{looks}{content}</w:r>"


def words(text: str) -> str:
    return run(f'<w:t xml:space="preserve">{text}</w:t>')


def mark(kind: str) -> str:
    return run(f'<w:fldChar w:fldCharType="{kind}"/>')


def field(code: str, result: str) -> str:
    return mark("begin") + instruction(code) + mark("separate") + result + mark("end")


def instruction(code: str) -> str:
    return run(f'<w:instrText xml:space="preserve"> {code} </w:instrText>')


def simple(code: str, result: str) -> str:
    return f'<w:fldSimple w:instr=" {code} ">{words(result)}</w:fldSimple>'


DATE, CASE = field("DOCPROPERTY date", words("3. mars 2026")), simple("MERGEFIELD case", "«sak»")


def rewritten(body: str, *answers: str, language: str = "") -> tuple[list[str], etree._Element]:
    """The units of a Word body, and the body with these answers in their place (as they were without)."""
    units: list[str] = []

    def change(given: Sequence[str]) -> list[str]:
        units.extend(given)
        return list(answers or given)

    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as packed:
        packed.writestr(
            "word/document.xml", f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
        )
    with zipfile.ZipFile(io.BytesIO(rewrite(output.getvalue(), change, language=language))) as packed:
        return units, etree.fromstring(packed.read("word/document.xml"))


def seen(root: etree._Element) -> str:
    """The text that Word shows: the results of fields, and not their codes."""
    shown, depth, codes = [], 0, set()
    for element in root.iter(f"{{{WORD}}}t", f"{{{WORD}}}tab", f"{{{WORD}}}fldChar", f"{{{WORD}}}p"):
        kind = element.get(f"{{{WORD}}}fldCharType")
        if kind == "begin":
            depth += 1
            codes.add(depth)
        elif kind:
            codes.discard(depth)
            depth -= kind == "end"
        elif not codes and not element.tag.endswith("}p"):
            shown.append("\t" if element.tag.endswith("tab") else element.text or "")
        elif element.tag.endswith("}p") and shown:
            shown.append("\n")
    return "".join(shown)


SENTENCES = [
    ("Vi viser til brev datert {1} om {2}.", "We refer to the letter of {1} about {2}."),
    ("Vi viser til brev datert {1} om {2}.", "Vi syner til brev frå {1} om {2}."),
    ("Vi hänvisar till brevet den {1} om {2}.", "Vi henviser til brevet av {1} om {2}."),
    ("Vi henviser til brev af {1} om {2}.", "{2}: pismo z {1} w tej sprawie."),
    ("We refer to case {2} and to the letter of {1}.", "نشير إلى الرسالة المؤرخة {1} بشأن {2}."),
    ("{1} fikk vi brev om {2}", "Fikk vi brev om {2} da? Ja, {1} i fjor."),
    ("{2}{1} er datoen", "Datoen: {1}, {2}"),
]


def as_word(sentence: str) -> str:
    parts = {"{1}": DATE, "{2}": CASE}
    return "".join(parts.get(piece) or words(piece) for piece in re.split(r"(\{\d\})", sentence) if piece)


def filled(sentence: str) -> str:
    return sentence.replace("{1}", "3. mars 2026").replace("{2}", "«sak»")


def numbered(sentence: str, of: str) -> str:
    """The placeholders of a sentence as the fields are numbered in another."""
    order = re.findall(r"\{\d\}", of)
    return re.sub(r"\{\d\}", lambda match: f"{{{order.index(match[0]) + 1}}}", sentence)


@pytest.mark.parametrize(("before", "after"), SENTENCES)
@pytest.mark.parametrize("language", ["", "ar"])
def test_a_sentence_of_word_is_whole(before, after, language):
    units, root = rewritten(f"<w:p>{as_word(before)}</w:p>", numbered(after, of=before), language=language)
    assert units == [numbered(before, of=before)]
    assert seen(root) == filled(after)
    codes = [code.text.strip() for code in root.iter(f"{{{WORD}}}instrText")]
    assert codes == ["DOCPROPERTY date"]
    turned = [len(r.findall(f"{{{WORD}}}rPr/{{{WORD}}}rtl")) for r in root.iter(f"{{{WORD}}}r")]
    assert any(turned) == bool(language)


def test_the_words_of_a_link_and_of_a_form_are_translated():
    link = field('HYPERLINK "https://bergen.example" \\h', words("nettsiden vår"))
    form = field("FORMTEXT", words("i dag"))
    units, root = rewritten(
        f"<w:p>{words('Les mer på ')}{link}{words(' ')}{form}{words('.')}</w:p>",
        "Read more on our website today.",
    )
    assert units == ["Les mer på nettsiden vår i dag."]
    assert seen(root) == "Read more on our website today."
    within = simple("HYPERLINK &quot;https://bergen.example&quot;", "nettsiden vår")
    assert rewritten(f"<w:p>{words('Les ')}{within}</w:p>")[0] == ["Les nettsiden vår"]


def test_a_field_within_a_link_stays():
    link = field("HYPERLINK x", words("side ") + field("PAGEREF y", words("12")) + words(" her"))
    units, root = rewritten(f"<w:p>{words('Se ')}{link}.</w:p>", "See page {1} here")
    assert units == ["Se side {1} her"]
    assert seen(root) == "See page 12 here"


def test_fields_within_fields_are_one():
    condition = (
        mark("begin") + instruction("IF") + field("MERGEFIELD kjonn", words("K")) + instruction('= "K"')
        + mark("separate") + field("MERGEFIELD tittel", words("fru")) + mark("end")
    )  # fmt: skip
    units, root = rewritten(
        f"<w:p>{words('Kjære ')}{condition}{words(' Hansen, velkommen.')}</w:p>", "Dear {1} Hansen, welcome."
    )
    assert units == ["Kjære {1} Hansen, velkommen."]
    assert seen(root) == "Dear fru Hansen, welcome."
    assert len(list(root.iter(f"{{{WORD}}}fldChar"))) == 9


@pytest.mark.parametrize(
    "answer", ["We refer to the letter.", "We refer to the letter {1", "We refer to {} it."]
)
def test_a_field_whose_placeholder_did_not_arrive_stays_where_it_stood(answer):
    units, root = rewritten(f"<w:p>{words('Vi viser til brev datert ')}{DATE}{words('.')}</w:p>", answer)
    assert units == ["Vi viser til brev datert {1}."]
    text = seen(root)
    assert text.count(" 3. mars 2026") == 1
    assert text.startswith("We refer to")
    assert not set("{}") & set(text)


def test_what_comes_twice_is_there_once():
    _, root = rewritten(f"<w:p>{words('Datert ')}{DATE}{words('.')}</w:p>", "Dated { 1 }, {1}.")
    assert seen(root) == "Dated 3. mars 2026, ."


def test_braces_of_the_text_are_no_placeholders_of_ours():
    units, root = rewritten(f"<w:p>{words('Kjære {1}, se {x} og ')}{DATE}</w:p>", "Dear {1}, {2} and {x}")
    assert units == ["Kjære {1}, se {x} og {2}"]
    assert seen(root) == "Dear {1}, 3. mars 2026 and {x}"


def test_a_field_in_the_run_of_other_text():
    whole = (
        '<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">Side </w:t><w:fldChar w:fldCharType="begin"/>'
        '<w:instrText>PAGE</w:instrText><w:fldChar w:fldCharType="separate"/><w:t>2</w:t>'
        '<w:fldChar w:fldCharType="end"/><w:t xml:space="preserve"> av </w:t></w:r>'
    )
    pages = simple("NUMPAGES", "9")
    units, root = rewritten(f"<w:p>{whole}{pages}</w:p>", "Of {2} pages this is page {1}")
    assert units == ["Side {1} av {2}"]
    assert seen(root) == "Of 9 pages this is page 2"


def test_an_entry_of_an_index_and_what_was_deleted_are_not_seen():
    entry = mark("begin") + instruction('XE "plass"') + mark("end")
    deleted = f"<w:del>{mark('begin')}{mark('separate')}{mark('end')}</w:del>"
    units, root = rewritten(
        f"<w:p>{words('Du får ')}{entry}{deleted}{words('plass.')}</w:p>", "You get a place."
    )
    assert units == ["Du får plass."]
    assert seen(root) == "You get a place."


def test_a_table_of_contents_goes_over_paragraphs():
    begun = mark("begin") + instruction("TOC \\o") + mark("separate")
    tab = run("<w:tab/>")
    page = field("PAGEREF a", words("3"))
    body = (
        f"<w:p>{begun}{words('Vedtak')}{tab}{page}</w:p><w:p>{words('Klage')}{tab}{page}</w:p>"
        f"<w:p>{mark('end')}</w:p>"
    )
    units, root = rewritten(body, "Decision", "Appeal")
    assert units == ["Vedtak", "Klage"]
    assert seen(root).split() == ["Decision", "3", "Appeal", "3"]


@pytest.mark.parametrize("broken", [mark("begin"), mark("end"), mark("separate") + mark("end")])
def test_a_field_that_is_not_well_formed_loses_nothing(broken):
    _, root = rewritten(f"<w:p>{words('Hei ')}{broken}{words(' på deg')}</w:p>")
    assert "".join(root.itertext()) == "Hei  på deg"


def test_a_field_that_is_half_inserted_cuts_its_line_and_stays():
    inserted = (
        f"<w:ins>{mark('begin')}{instruction('PAGE')}</w:ins>{mark('separate')}{words('7')}{mark('end')}"
    )
    units, root = rewritten(f"<w:p>{words('Se side ')}{inserted}{words(' nå')}</w:p>", "See page", "now")
    assert units == ["Se side", "nå"]
    assert seen(root) == "See page 7 now"


@given(st.lists(st.sampled_from(["a", " ", "{1}", "{2}", "{3}", "{", "1"]), max_size=8))
def test_no_field_is_ever_lost(answer):
    body = f"<w:p>{words('En ')}{DATE}{words(' to ')}{CASE}{simple('PAGE', '7')}{words('.')}</w:p>"
    _, root = rewritten(body, "".join(answer))
    text = seen(root)
    assert all(text.count(result) == 1 for result in ("3. mars 2026", "«sak»", "7"))
    assert not set("{}") & set(text)


def opendocument(content: str, *answers: str) -> tuple[list[str], etree._Element]:
    """As :func:`rewritten`, for a paragraph of OpenDocument."""
    document = OpenDocument("text")
    document.body.clear()
    document.body.append(Paragraph("HERE"))
    saved, output = io.BytesIO(), io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(output, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, data.replace(b"HERE", content.encode()) if name == "content.xml" else data)
    units: list[str] = []

    def change(given: Sequence[str]) -> list[str]:
        units.extend(given)
        return list(answers or given)

    after = rewrite(output.getvalue(), change)
    assert OpenDocument(io.BytesIO(after)).body is not None
    with zipfile.ZipFile(io.BytesIO(after)) as packed:
        root = etree.fromstring(packed.read("content.xml"))
    return units, next(p for p in root.iter(f"{{{TEXT}}}p"))


OPEN_DATE = '<text:date text:fixed="false">3. mars 2026</text:date>'
OPEN_CASE = '<text:user-field-get text:name="case">«sak»</text:user-field-get>'


@pytest.mark.parametrize(("before", "after"), SENTENCES)
def test_a_sentence_of_opendocument_is_whole(before, after):
    content = before.replace("{1}", OPEN_DATE).replace("{2}", f"<text:span>{OPEN_CASE}</text:span>")
    units, paragraph = opendocument(content, numbered(after, of=before))
    assert units == [numbered(before, of=before)]
    assert "".join(paragraph.itertext()) == filled(after)


@pytest.mark.parametrize(
    "inline",
    [
        "<text:variable-get>4</text:variable-get>", "<text:page-number>4</text:page-number>",
        "<text:bookmark-ref>4</text:bookmark-ref>", "<text:time>4</text:time>",
        '<text:placeholder text:placeholder-type="text">4</text:placeholder>',
    ],
)  # fmt: skip
def test_fields_of_opendocument(inline):
    units, paragraph = opendocument(f"Se side {inline} nå", "See page {1} now")
    assert units == ["Se side {1} nå"]
    assert "".join(paragraph.itertext()) == "See page 4 now"
    assert "".join(opendocument(f"Se side {inline} nå", "See now")[1].itertext()).count("4") == 1


def test_spaces_of_opendocument_are_spaces():
    units, paragraph = opendocument(
        "Vi har <text:s/>fått brevet. <text:s text:c='2'/>Takk.", "We have it. Thanks."
    )
    assert units == ["Vi har fått brevet. Takk."]
    assert "".join(paragraph.itertext()) == "We have it. Thanks."
    assert paragraph.find(f".//{{{TEXT}}}s") is None


def test_spaces_that_indent_or_part_columns_stay():
    units, paragraph = opendocument("<text:s text:c='2'/>Dato:<text:s text:c='20'/>Sak: ", "Date:", "Case:")
    assert units == ["Dato:", "Sak:"]
    assert [s.get(f"{{{TEXT}}}c") for s in paragraph.iter(f"{{{TEXT}}}s")] == ["2", "20"]
    assert "".join(paragraph.itertext()).strip() == "Date:Case:"


def test_text_that_was_typed_into_a_field_of_opendocument_is_translated():
    units, paragraph = opendocument(
        "Svar <text:text-input>innen fredag</text:text-input>.", "Reply by Friday."
    )
    assert units == ["Svar innen fredag."]
    assert "".join(paragraph.itertext()) == "Reply by Friday."


@pytest.mark.parametrize(
    ("answer", "shown"),
    [("Page {1} today", "Page 5 today"), ("{1} is the page", "5 is the page"), ("Today", "Today 5")],
)
def test_a_sentence_of_a_presentation_is_whole(answer, shown):
    document = Presentation()
    slide = document.slides.add_slide(document.slide_layouts[5])
    slide.shapes.title.text = "Side "
    paragraph = slide.shapes.title.text_frame.paragraphs[0]._p
    paragraph.append(
        etree.fromstring(f'<a:fld xmlns:a="{DRAWING}" id="{{A}}" type="slidenum"><a:t>5</a:t></a:fld>')
    )
    output = io.BytesIO()
    document.save(output)
    after = Presentation(io.BytesIO(rewrite(output.getvalue(), lambda units: [answer for _ in units])))
    made = after.slides[0].shapes.title.text_frame.paragraphs[0]._p
    assert "".join(text.text or "" for text in made.iter(f"{{{DRAWING}}}t")) == shown


def test_placeholders_that_the_text_does_not_hold():
    assert placeholders("{1} { 3 }", 3) == ["{2}", "{4}", "{5}"]


@pytest.mark.parametrize(
    ("source", "target", "sentence"),
    [
        ("nb", "en", "Vi viser til brev datert {1} om {2}."),
        ("sv", "nb", "Vi hänvisar till brevet den {1} om {2}."),
        ("en", "nb", "We refer to your letter of {1} about {2}."),
    ],
)
def test_the_assistant_translates_a_sentence_with_fields(assistant, source, target, sentence):
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as packed:
        packed.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{WORD}"><w:body><w:p>{as_word(sentence)}</w:p></w:body></w:document>',
        )
    made = assistant.translate_document(output.getvalue(), target, source=source, filename="brev.docx")
    with zipfile.ZipFile(io.BytesIO(made.content)) as packed:
        root = etree.fromstring(packed.read("word/document.xml"))
    whole = assistant.translate(sentence, target, source=source).text
    assert {"{1}", "{2}"} <= set(re.findall(r"\{\d\}", whole))
    assert seen(root) == filled(whole)
