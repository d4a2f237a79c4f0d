"""The translation recipe on a tiny scale: from parallel files to a package that translates.

The steps before training run everywhere; the rest where the training extra (PyTorch) is installed.
"""

import gzip
import sys
from itertools import islice

import pytest

zstandard = pytest.importorskip("zstandard")

from models.training.translation import clean, fill, genders, lexicon, mix, vocabulary  # noqa: E402
from models.training.translation.sentences import read_rows  # noqa: E402

PAIR = "nb-en"
MARKED = "<b>Fet skrift</b> i [lenken](https://x.example)\tBold type <i>in the</i> link\tx"
VARIABLE = "Sak {1} er klar for deg\tCase {1} is ready for you\tx"
MISALIGNED = "Gebyret er 300 kroner\tThe fee is 400 kroner\tx"


def run(step, monkeypatch, *arguments):
    monkeypatch.setattr(sys, "argv", ["step", *map(str, arguments)])
    step.main()


@pytest.fixture
def folders(tmp_path, monkeypatch):
    """Data and work folders; the data are sentences of our own."""
    data, work = tmp_path / "data", tmp_path / "work"
    for folder in (data / "parallel", data / "evaluation", work / "clean"):
        folder.mkdir(parents=True)
    monkeypatch.setattr(fill, "FILLS", 20)
    monkeypatch.setattr(fill, "read_rows", lambda *names: islice(read_rows(*names), 2000))
    run(fill, monkeypatch, work)
    rows = (work / "clean" / f"own-{PAIR}.tsv").read_text(encoding="utf-8").splitlines()
    (data / "evaluation" / "held.tsv").write_text(rows[0] + "\n", encoding="utf-8")
    lines = "\n".join([*rows, rows[1], MARKED, VARIABLE, MISALIGNED]) + "\n"
    (data / "parallel" / f"{PAIR}.tsv.zst").write_bytes(zstandard.ZstdCompressor().compress(lines.encode()))
    run(clean, monkeypatch, data, work, PAIR)
    return rows, work


@pytest.fixture
def encoded(folders, monkeypatch):
    _, work = folders
    monkeypatch.setitem(vocabulary.RECIPE["vocabularies"]["nordic"], "size", 600)
    run(vocabulary, monkeypatch, work, "nordic")
    return work, mix.encode(work, "nordic-en")


def test_cleaning_takes_out_what_can_not_be_learned_from(folders):
    rows, work = folders
    kept = (work / "clean" / f"{PAIR}.tsv").read_text(encoding="utf-8").splitlines()
    assert rows[0] not in kept
    assert len(kept) == len(set(kept))
    assert "Fet skrift i lenken\tBold type in the link\tx" in kept
    assert not any("300 kroner" in row and "400 kroner" in row for row in kept)
    (filled,) = [row.split("\t") for row in kept if row.endswith("x") and "klar" in row]
    assert filled[0].removeprefix("Sak ").removesuffix(" er klar for deg") in filled[1]


def test_batches_hold_whole_examples_in_a_few_shapes(encoded):
    _, examples = encoded
    stream = mix.batches(examples, 192, seed=1)
    shapes = set()
    for _ in range(20):
        source, target = next(stream)
        shapes.add((source.shape, target.shape))
        assert (target[:, 0] == mix.BOS).all()
        assert all((row == mix.EOS).sum() == 1 for row in (*source, *target))
    assert all(source[0] * source[1] <= 192 for source, _ in shapes)
    assert len(shapes) < 20


def test_what_is_drawn_often_is_taken_apart_in_several_ways(encoded):
    work, examples = encoded
    pieces = mix.sentencepiece.SentencePieceProcessor(model_file=str(mix.path_of(work, "nordic-en")))
    apart: dict[str, set[tuple[int, ...]]] = {}
    for index in range(len(examples)):
        source, _ = (list(map(int, side[:-1])) for side in examples.pair(index))
        apart.setdefault(pieces.decode(source), set()).add(tuple(source))
    assert max(map(len, apart.values())) > 2
    assert all(tuple(pieces.encode(text)) in ways for text, ways in apart.items())


def test_a_model_is_trained_converted_and_translates(encoded, monkeypatch):
    pytest.importorskip("torch")
    import torch  # noqa: PLC0415

    from models.training.translation import convert, initialise, restore, train  # noqa: PLC0415

    work, _ = encoded
    tiny = {"width": 32, "heads": 2, "encoder_layers": 1, "decoder_layers": 1, "feed_forward": 64}
    for module in (initialise, train, convert):
        monkeypatch.setitem(module.RECIPE["vocabularies"]["nordic"], "size", 600)
        monkeypatch.setitem(module.RECIPE["models"], "nordic-en", module.RECIPE["models"]["nordic-en"] | tiny)
    run(initialise, monkeypatch, work, "nordic-en")
    run(train, monkeypatch, work, "nordic-en", "--minutes", 5, "--steps", 4, "--micro", 192)
    run(train, monkeypatch, work, "nordic-en", "--minutes", 5, "--steps", 6, "--micro", 192)
    run(convert, monkeypatch, work, "nordic-en", work / "out")
    import ctranslate2  # noqa: PLC0415

    translator = ctranslate2.Translator(str(work / "out" / "nordic-en" / "model"))
    assert translator.translate_batch([["a", "b"]], max_decoding_length=4)[0].hypotheses
    assert (work / "out" / "nb_en" / "metadata.json").exists()
    trained = torch.load(work / "nordic-en" / "checkpoint.pt")["network"]
    run(restore, monkeypatch, work, "nordic-en", work / "out")
    restored = torch.load(work / "nordic-en" / "checkpoint.pt")["network"]
    assert trained.keys() == restored.keys()
    # A row of int8 is rounded to a 127th of its largest weight.
    assert all((restored[n] - w).abs().max() <= w.abs().max() / 200 for n, w in trained.items())
    run(train, monkeypatch, work, "nordic-en", "--minutes", 5, "--steps", 2, "--micro", 192)
    run(convert, monkeypatch, work, "nordic-en", work / "both", "--average", work / "out", 0.5)
    assert (work / "both" / "nordic-en" / "model" / "model.bin").exists()
    before = train.Network(train.shape_of("nordic-en"))
    before.load_state_dict(restored)
    monkeypatch.setitem(
        train.RECIPE["models"],
        "nordic-en",
        train.RECIPE["models"]["nordic-en"] | {"encoder_layers": 3, "decoder_layers": 2},
    )
    run(restore, monkeypatch, work, "nordic-en", work / "out")
    grown = train.Network(train.shape_of("nordic-en"))
    grown.load_state_dict(torch.load(work / "nordic-en" / "checkpoint.pt")["network"])
    sentence = torch.tensor([[5, 6, 7, 2]])
    assert len(grown.encoder) > len(before.encoder)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        torch.testing.assert_close(grown(sentence, sentence), before(sentence, sentence))
    run(initialise, monkeypatch, work, "nordic-en", "--parent", "nordic-en")
    begun = torch.load(work / "nordic-en" / "checkpoint.pt")["network"]["embedding"]
    assert begun.shape == (600, 32)
    assert torch.isfinite(begun).all()


def test_a_lexicon_knows_what_words_are_in_the_other_language(folders, tmp_path, monkeypatch):
    _, work = folders
    run(lexicon, monkeypatch, work, tmp_path / "lexicons", "--pairs", PAIR)
    lines = gzip.decompress((tmp_path / "lexicons" / f"{PAIR}.tsv.gz").read_bytes()).decode().splitlines()
    wordings = dict(line.split("\t") for line in lines)
    assert "letter" in wordings["brevet"].split()
    assert "ikke" not in wordings, "a function word is translated by too many"
    run(lexicon, monkeypatch, work, tmp_path / "again", "--pairs", PAIR)
    again, first = (tmp_path / folder / f"{PAIR}.tsv.gz" for folder in ("again", "lexicons"))
    assert again.read_bytes() == first.read_bytes()


def test_genders_are_learnt_from_what_stands_before_and_behind_nouns(folders, tmp_path, monkeypatch):
    _, work = folders
    run(genders, monkeypatch, work, tmp_path / "genders", "--languages", "nb")
    lines = gzip.decompress((tmp_path / "genders" / "nb.tsv.gz").read_bytes()).decode().splitlines()
    known = {word: (gender, forms) for word, gender, forms in (line.split("\t") for line in lines)}
    assert known["brev"] == ("n", "brevet")
    assert known["gate"] == ("mf", "gata gaten")
    assert "ikke" not in known
