"""Step 6a: a checkpoint from a packaged model, so that training goes on where its folder is gone.

    python -m models.training.translation.restore WORK nordic-en models/translation

Writes WORK/<model>/checkpoint.pt and embedding.npy, and the vocabulary. The weights are those of the int8
package times their scales, which costs nothing that training does not soon repair; the optimisers begin anew.
Where the recipe gives a model more layers than its package has, it grows: it begins by translating as before.
"""

from __future__ import annotations

import argparse
import shutil
import struct
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from models.training.translation.network import Attention, FeedForward, Network
from models.training.translation.train import begin, shape_of
from models.training.translation.vocabulary import path_of

# CTranslate2's codes of the types that a package of ours holds: float32 and int8.
TYPES = {0: np.float32, 1: np.int8}


class Reader:
    """The little-endian fields of CTranslate2's model.bin, one after another."""

    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def number(self, code: str) -> int:
        (value,) = struct.unpack_from(f"<{code}", self.data, self.at)
        self.at += struct.calcsize(f"<{code}")
        return int(value)

    def take(self, size: int) -> bytes:
        self.at += size
        return self.data[self.at - size : self.at]

    def text(self) -> str:
        return self.take(self.number("H"))[:-1].decode()


def variables(path: Path) -> dict[str, np.ndarray]:
    """The variables of a model.bin by name, as float32, with the int8 ones multiplied out."""
    reader = Reader(path.read_bytes())
    reader.number("I"), reader.text(), reader.number("I")  # version, specification, revision
    held = {}
    for _ in range(reader.number("I")):
        name = reader.text()
        shape = [reader.number("I") for _ in range(reader.number("B"))]
        kind = reader.number("B")
        data = reader.take(reader.number("I"))
        if kind in TYPES:
            held[name] = np.frombuffer(data, TYPES[kind]).reshape(shape)
    return {
        # CTranslate2 stores the factor that a row was multiplied by when it was rounded.
        name: value / held[f"{name}_scale"][:, None] if f"{name}_scale" in held else value
        for name, value in held.items()
    }


def get_norm(held: dict[str, np.ndarray], name: str, norm: torch.nn.LayerNorm) -> None:
    norm.weight.copy_(torch.from_numpy(held[f"{name}/gamma"].copy()))
    norm.bias.copy_(torch.from_numpy(held[f"{name}/beta"].copy()))


def weight(held: dict[str, np.ndarray], name: str) -> Tensor:
    return torch.from_numpy(held[f"{name}/weight"].astype(np.float32))


def get_attention(held: dict[str, np.ndarray], name: str, module: Attention) -> None:
    """The mirror of ``convert.set_attention``."""
    if module.cross:
        parts = [weight(held, f"{name}/linear_0"), *weight(held, f"{name}/linear_1").chunk(2)]
    else:
        parts = [*weight(held, f"{name}/linear_0").chunk(3)]
    parts.append(weight(held, f"{name}/linear_{2 if module.cross else 1}"))
    for linear, part in zip((module.query, module.key, module.value, module.out), parts, strict=True):
        linear.weight.copy_(part)
    get_norm(held, f"{name}/layer_norm", module.norm)


def get_feed_forward(held: dict[str, np.ndarray], name: str, module: FeedForward) -> None:
    module.up.weight.copy_(weight(held, f"{name}/linear_0"))
    module.down.weight.copy_(weight(held, f"{name}/linear_1"))
    get_norm(held, f"{name}/layer_norm", module.norm)


def places(held: dict[str, np.ndarray], side: str, layers: int) -> list[int]:
    """Where the layers of a package stand in a network that may have more of them: spread evenly.

    A new layer passes on what it gets until it is trained, since its outputs begin with zeros
    (``network.Network``).
    """
    packaged = sum(f"{side}/layer_{i}/ffn/layer_norm/gamma" in held for i in range(layers))
    return [i * layers // packaged for i in range(packaged)]


@torch.no_grad()
def restore(network: Network, held: dict[str, np.ndarray]) -> None:
    """Fill a network with the variables of its package; what the package has not keeps its weights."""
    network.embedding.copy_(weight(held, "decoder/embeddings"))
    for side, layers in (("encoder", network.encoder), ("decoder", network.decoder)):
        for i, place in enumerate(places(held, side, len(layers))):
            name, layer = f"{side}/layer_{i}", layers[place]
            get_attention(held, f"{name}/self_attention", layer.attention)
            get_feed_forward(held, f"{name}/ffn", layer.feed_forward)
            if side == "decoder":
                get_attention(held, f"{name}/attention", layer.cross)
    get_norm(held, "encoder/layer_norm", network.encoder_norm)
    get_norm(held, "decoder/layer_norm", network.decoder_norm)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", type=Path)
    parser.add_argument("model")
    parser.add_argument("packages", type=Path)
    arguments = parser.parse_args()
    packaged = arguments.packages / arguments.model
    for folder in (arguments.work / "vocabulary", arguments.work / arguments.model):
        folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(packaged / "sentencepiece.model", path_of(arguments.work, arguments.model))
    network = Network(shape_of(arguments.model))
    restore(network, variables(packaged / "model" / "model.bin"))
    begin(arguments.work / arguments.model, network.state_dict())


if __name__ == "__main__":
    main()
