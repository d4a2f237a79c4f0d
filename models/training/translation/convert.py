"""Step 7: quantise to int8 for CTranslate2, wrap as Argos packages.

    python -m models.training.translation.convert WORK nordic-en OUT [--average models/translation 0.4]

Writes OUT/<model>/{model/,sentencepiece.model} once, and OUT/<source>_<target>/metadata.json for each
direction; the metadata's ``shared_model`` names the folder that the directions of one model share.
``replyassist models export`` writes a self-contained .argosmodel of any of them. The learning rate has fallen
to zero by then, so there is nothing left to average within a run; but ``--average`` adds a share of the
package that the run went on from, which is better than either (Wortsman et al. 2022, "Model soups").
"""

from __future__ import annotations

import argparse
import copy
import json
import shutil
import tempfile
import tomllib
from pathlib import Path

import ctranslate2
import numpy as np
import sentencepiece
import torch
from ctranslate2.specs import TransformerSpec
from ctranslate2.specs.attention_spec import MultiHeadAttentionSpec
from ctranslate2.specs.common_spec import LayerNormSpec
from ctranslate2.specs.transformer_spec import FeedForwardSpec

from models.training.translation.network import Attention, FeedForward, Network
from models.training.translation.restore import restore, variables
from models.training.translation.train import shape_of
from models.training.translation.vocabulary import path_of

RECIPE = tomllib.loads(Path(__file__).with_name("recipe.toml").read_text())
NAMES = {
    "nb": "Norwegian Bokmål",
    "nn": "Norwegian Nynorsk",
    "sv": "Swedish",
    "da": "Danish",
    "en": "English",
    "pl": "Polish",
    "uk": "Ukrainian",
    "ar": "Arabic",
}


def set_norm(spec: LayerNormSpec, norm: torch.nn.LayerNorm) -> None:
    spec.gamma, spec.beta = norm.weight.detach().numpy(), norm.bias.detach().numpy()


def set_attention(spec: MultiHeadAttentionSpec, module: Attention) -> None:
    """Fused as CTranslate2 wants it: query, key and value together, or query apart for attention to the
    source."""
    query, key, value, out = (
        w.weight.detach().numpy() for w in (module.query, module.key, module.value, module.out)
    )
    if module.cross:
        spec.linear[0].weight, spec.linear[1].weight = query, np.concatenate([key, value])
    else:
        spec.linear[0].weight = np.concatenate([query, key, value])
    spec.linear[-1].weight = out
    set_norm(spec.layer_norm, module.norm)


def set_feed_forward(spec: FeedForwardSpec, module: FeedForward) -> None:
    spec.linear_0.weight, spec.linear_1.weight = (
        module.up.weight.detach().numpy(),
        module.down.weight.detach().numpy(),
    )
    set_norm(spec.layer_norm, module.norm)


def specification(network: Network) -> TransformerSpec:
    """The network as a CTranslate2 specification."""
    shape = network.shape
    spec = TransformerSpec.from_config(
        (shape.encoder_layers, shape.decoder_layers), shape.heads, pre_norm=True
    )
    embedding = network.embedding.detach().numpy()
    spec.encoder.embeddings[0].weight = spec.decoder.embeddings.weight = spec.decoder.projection.weight = (
        embedding
    )
    positions = network.positions.numpy()
    spec.encoder.position_encodings.encodings = spec.decoder.position_encodings.encodings = positions
    for layer, module in zip(spec.encoder.layer, network.encoder, strict=True):
        set_attention(layer.self_attention, module.attention)
        set_feed_forward(layer.ffn, module.feed_forward)
    for layer, module in zip(spec.decoder.layer, network.decoder, strict=True):
        set_attention(layer.self_attention, module.attention)
        set_attention(layer.attention, module.cross)
        set_feed_forward(layer.ffn, module.feed_forward)
    set_norm(spec.encoder.layer_norm, network.encoder_norm)
    set_norm(spec.decoder.layer_norm, network.decoder_norm)
    return spec


@torch.no_grad()
def average(network: Network, packaged: Path, share: float) -> None:
    """Move the weights by ``share`` of the way towards those of a package."""
    earlier = copy.deepcopy(network)
    restore(earlier, variables(packaged / "model" / "model.bin"))
    for ours, theirs in zip(network.parameters(), earlier.parameters(), strict=True):
        ours.lerp_(theirs, share)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", type=Path)
    parser.add_argument("model", choices=sorted(RECIPE["models"]))
    parser.add_argument("out", type=Path)
    parser.add_argument("--average", nargs=2, metavar=("PACKAGES", "SHARE"), help="with an earlier package")
    arguments = parser.parse_args()
    network = Network(shape_of(arguments.model))
    network.load_state_dict(torch.load(arguments.work / arguments.model / "checkpoint.pt")["network"])
    if arguments.average:
        average(network, Path(arguments.average[0]) / arguments.model, float(arguments.average[1]))
    network.eval()
    vocabulary = path_of(arguments.work, arguments.model)
    pieces = sentencepiece.SentencePieceProcessor(model_file=str(vocabulary))
    tokens = [pieces.id_to_piece(i) for i in range(len(pieces))]
    spec = specification(network)
    spec.register_source_vocabulary(tokens)
    spec.register_target_vocabulary(tokens)
    spec.config.add_source_eos = True
    spec.validate()
    spec.optimize(quantization="int8")
    shared = arguments.out / arguments.model
    shutil.rmtree(shared, ignore_errors=True)
    (shared / "model").mkdir(parents=True)
    with tempfile.TemporaryDirectory() as scratch:
        spec.save(scratch)
        for path in Path(scratch).iterdir():
            shutil.copy(path, shared / "model" / path.name)
    shutil.copy(vocabulary, shared / "sentencepiece.model")
    settings = RECIPE["models"][arguments.model]
    several = len({target for _, target in settings["directions"]}) > 1
    for source, target in settings["directions"]:
        folder = arguments.out / f"{source}_{target}"
        folder.mkdir(exist_ok=True)
        metadata = {
            "package_version": RECIPE["version"],
            "argos_version": "1.9",
            "from_code": source, "from_name": NAMES[source],
            "to_code": target, "to_name": NAMES[target],
            "target_prefix": f"<2{target}>" if several else "",
            "shared_model": arguments.model,
        }  # fmt: skip
        (folder / "metadata.json").write_text(json.dumps(metadata, indent=1, ensure_ascii=False) + "\n")
    print(
        arguments.model,
        sum(p.stat().st_size for p in shared.rglob("*") if p.is_file()) // 1000,
        "kB",
        ctranslate2.__version__,
    )


if __name__ == "__main__":
    main()
