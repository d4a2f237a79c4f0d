"""The formulas, against values worked out by hand and against textstat where textstat is right."""

from __future__ import annotations

import math

import pytest
import textstat

from replyassist import languages
from replyassist.documents.structure import find_structure
from replyassist.domain import AudienceProfile, Draft, Identification, NotScored, Score
from replyassist.plainlanguage import Assessor
from replyassist.plainlanguage.analysis import find_words
from replyassist.plainlanguage.measures import Tally, lix, nominal_ratio, ovix, reading_time, rix
from replyassist.plainlanguage.scoring import read_scale

CLEAN = "Vi har lest brevet ditt. Kommunen behandler søknaden din i mars. Du får svar fra oss etterpå."


def tally_of(assessor: Assessor, text: str, tag: str = "nb") -> Tally:
    return assessor.count(Draft(text, tag), Identification(tag, 1.0))


def test_lix_and_rix_agree_with_textstat_on_clean_sentences(assessor: Assessor) -> None:
    tally = tally_of(assessor, CLEAN)
    textstat.set_lang("en")  # its LIX and RIX count no syllables and so depend on no language
    assert lix(tally) == pytest.approx(textstat.lix(CLEAN), abs=0.02)
    assert rix(tally) == pytest.approx(textstat.rix(CLEAN), abs=0.02)


def test_lix_by_hand(assessor: Assessor) -> None:
    tally = tally_of(assessor, CLEAN)
    assert (tally.words, tally.sentences, tally.long_words) == (17, 3, 4)
    assert lix(tally) == pytest.approx(17 / 3 + 100 * 4 / 17)
    assert reading_time(tally) == pytest.approx(17 / 200 * 60)


def test_ovix_by_hand() -> None:
    forms = ["a", "b", "a", "c", "b", "a"]
    assert ovix(forms) == pytest.approx(math.log(6) / math.log(2 - math.log(3) / math.log(6)))
    assert ovix(["a", "b"]) is None
    assert ovix([]) is None


def test_nominal_ratio_by_hand() -> None:
    assert nominal_ratio(["NOUN", "ADP", "NOUN", "VERB", "PRON"]) == pytest.approx(1.5)
    assert nominal_ratio(["NOUN"]) is None


@pytest.mark.parametrize(
    ("text", "words", "sentences"),
    [
        ("Se vedtaket av 12.3.2026, jf. § 20-4. Ring oss.", 6, 2),
        ("Skriv til post@bergen.kommune.no eller se https://bergen.example/sak/1.", 4, 1),
        ("Møtet er kl. 12.00 hos oss, bl.a. om sak 2026/12345.", 8, 1),
    ],
)
def test_numbers_and_addresses_are_no_words(
    assessor: Assessor, text: str, words: int, sentences: int
) -> None:
    tally = tally_of(assessor, text)
    assert (tally.words, tally.sentences) == (words, sentences)


def test_nynorsk_has_its_own_frequencies(assessor: Assessor) -> None:
    tables = {tag: assessor._resources_of(tag).frequencies for tag in ("nn", "nb")}
    assert tables["nn"].zipf("ikkje") > tables["nb"].zipf("ikkje") + 1
    assert tables["nb"].zipf("jeg") > tables["nn"].zipf("jeg") + 1


OFFICE_AND_EVERYDAY = {
    "nb": (("foreligger", "vedrørende", "iverksette", "medhold"), ("du", "hvis", "penger", "hjelp")),
    "nn": (("utgreiing", "gjennomføring", "vedkomande", "medføre"), ("du", "deg", "viss", "pengar")),
    "sv": (("avseende", "föreligger", "samt", "ansökan"), ("du", "pengar", "kanske", "här")),
    "da": (("vedrørende", "påhviler", "såfremt", "foretages"), ("du", "lidt", "bare", "hos")),
    "en": (("pursuant", "regarding", "implementation", "shall"), ("you", "your", "get", "go")),
}


@pytest.mark.parametrize("tag", languages.available())
def test_the_words_of_offices_are_told_from_everyday_ones(assessor: Assessor, tag: str) -> None:
    table = assessor._resources_of(tag).frequencies.offices
    office, everyday = OFFICE_AND_EVERYDAY[tag]
    assert min(table.get(word, 0.0) for word in office) > 0 > max(table.get(word, 0.0) for word in everyday)
    assert all(0.2 <= abs(value) <= 1 for value in table.values())


def test_an_office_s_word_is_none_for_those_who_know_it_from_their_trade(assessor: Assessor) -> None:
    counter = assessor._resources_of("nb").counter
    words = find_words("vilkårene foreligger", 0, 20, counter.language)
    known = frozenset({words[1].start})
    assert counter.count_words(words, known=known).office < counter.count_words(words).office


def test_only_words_of_public_tables_and_lists_are_remembered_and_a_name_is_counted_anew(
    assessor: Assessor,
) -> None:
    counter = assessor._resources_of("nb").counter
    text = "Grzbqx søkte Qwrtvk barnehagen, jf. § 3"
    words = find_words(text, 0, len(text), counter.language)
    assert counter.count_words(words) == counter.count_words(words)
    assert {"barnehagen", "jf."} <= counter._remembered.keys()
    assert {"grzbqx", "qwrtvk"}.isdisjoint(counter._remembered)


def test_a_compound_of_common_words_is_easier_than_an_unknown_word(assessor: Assessor) -> None:
    table = assessor._resources_of("nb").frequencies
    assert table.zipf("barnehagebygning") > table.zipf("grzbqxwtvkmn") == 2.0
    assert table.zipf("barnehagebygning") < min(table.zipf("barnehage"), table.zipf("bygning"))


@pytest.mark.parametrize("tag", languages.available())
def test_every_measure_is_there_scored_or_with_a_reason(assessor: Assessor, tag: str) -> None:
    draft = Draft("Hei 12.", tag)
    for score in assessor.assess(draft, Identification(tag, 1.0), letter=False).scores:
        assert isinstance(score, NotScored)
        assert score.reason == "too-short"


SHORT = {
    "nb": ("Egenbetaling kreves.", "Du må betale litt selv", "Pass og ID-kort"),
    "nn": ("Eigenbetaling vert kravd.", "Du må betale litt sjølv", "Pass og ID-kort"),
    "sv": ("Karensavdrag görs.", "Du betalar en del själv", "Pass och id-kort"),
    "da": ("Kautionist påkræves.", "Du betaler lidt selv", "Pas og id-kort"),
    "en": ("Arrears accrued.", "You pay a part yourself", "Passports and cards"),
}


@pytest.mark.parametrize("tag", SHORT)
def test_a_line_alone_is_scored_whether_it_ends_or_not(assessor: Assessor, tag: str) -> None:
    for text in SHORT[tag]:
        draft = Draft(text, tag, blocks=find_structure(text, languages.load(tag)))
        assessment = assessor.assess(draft, Identification(tag, 1.0), letter=False)
        assert isinstance(assessment.score, Score)
        assert not assessment.left_out


def test_the_fast_path_says_what_it_leaves_out(assessor: Assessor) -> None:
    fast = assessor.measure(Draft(CLEAN * 5, "nb"), Identification("nb", 1.0))
    full = assessor.assess(Draft(CLEAN * 5, "nb"), Identification("nb", 1.0)).scores
    assert [s.measure for s in fast] == [s.measure for s in full]
    for quick, slow in zip(fast, full, strict=True):
        assert quick == slow or quick.measure in {"passives", "nominal-ratio"}
    assert {s.measure for s in fast if isinstance(s, NotScored)} == {"passives", "nominal-ratio"}


def test_length_of_sentences_alone_never_decides() -> None:
    scale = read_scale("nb")
    weights = {name: weight.weight for name, weight in scale.weights.items()}
    assert (
        weights["sentences"]
        <= 0.1
        < sum(weights[n] for n in ("rare", "unfamiliar", "office", "zipf", "content-zipf"))
    )
    assert weights["sentences"] < 0.05 * sum(weights.values())


def test_a_contractor_finds_trade_words_easier(assessor: Assessor) -> None:
    text = "Ansvarlig søker sender erklæring om ansvarsrett for tiltaksklasse 2 før igangsettingstillatelsen."
    scores = []
    for audience in ("layperson", "contractor"):
        score = assessor.assess(Draft(text, "nb", audience), Identification("nb", 1.0), letter=False).score
        assert isinstance(score, Score)
        scores.append(score.value)
    assert scores[0] + 3 < scores[1]


def test_a_profile_without_targets_has_no_bands_of_its_own(assessor: Assessor) -> None:
    bare = Assessor(assessor.models, {"all": AudienceProfile("all")}, assessor.kinds)
    scores = bare.assess(Draft(CLEAN, "nb", "all"), Identification("nb", 1.0), letter=False).scores
    assert {s.band for s in scores if isinstance(s, Score) and s.measure != "lix"} == {"no-target"}
