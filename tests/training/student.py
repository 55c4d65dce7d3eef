"""Trains the table of phrases: a small convolution that learns the teacher's opinions.

Its first layer is multiplied out into one row of bytes per word and place, so that the program
needs no matrix to use it; see `carekraft_desktop/guardrail/phrases.py`.
"""

import json
import math
from typing import Any

import numpy as np
import torch

from carekraft_desktop.guardrail import phrases, text
from carekraft_desktop.guardrail.lexicon import Lexicon
from tests.training.train import IMPORTANCE, Row

CHANNELS = 96
ROUNDS = 5
_WORD = 64
"""Numbers of a word while learning."""
_HIDDEN = 0.08
"""Share of the words that are hidden while learning, so that no opinion hangs on one of them."""
_LONGEST = 62
_BATCH = 128
_PACES = (2e-3, 1e-3)
"""Of the layers and of the words."""


class Student(torch.nn.Module):  # type: ignore[misc]
    """Words, a convolution over five of them, the strongest and the mean place, one number."""

    def __init__(self, words: Any) -> None:
        super().__init__()
        self.words = torch.nn.Embedding.from_pretrained(
            torch.tensor(words), freeze=False, padding_idx=phrases.NONE
        )
        self.layer = torch.nn.Conv1d(_WORD, CHANNELS, phrases.WIDTH, padding=phrases.WIDTH // 2)
        self.top = torch.nn.Linear(2 * CHANNELS, 1)
        self.dropped = torch.nn.Dropout(0.1)

    def forward(self, numbers: Any) -> Any:
        """In log odds, one for each row of word numbers."""
        real = (numbers != phrases.NONE).float()[:, None]
        seen = torch.relu(self.layer(self.words(numbers).transpose(1, 2))) * real
        pooled = torch.cat([seen.max(2)[0], seen.sum(2) / real.sum(2)], 1)
        return self.top(self.dropped(pooled))[:, 0]


def _beginning(words: list[str], vectors: Any) -> Any:
    """Word vectors to begin with: the main directions of those of the large model."""
    centred = vectors - vectors.mean(0)
    _, _, directions = np.linalg.svd(centred[::4], full_matrices=False)
    main = centred @ directions[:_WORD].T
    result = np.random.default_rng(0).normal(0, 0.5, (len(words), _WORD)).astype(np.float32)
    result[phrases.NONE] = 0
    result[len(phrases.SPECIAL) :] = main / main.std() * 0.5
    return result


def _numbered(sentences: list[str], known: dict[str, int], lexicon: Lexicon) -> Any:
    table = np.zeros((len(sentences), _LONGEST), np.int64)
    for at, sentence in enumerate(sentences):
        found = text.tokens(text.fold(sentence, lexicon.words).text)[: _LONGEST - 2]
        run = [phrases.number_of(token.word, known) for token in found]
        table[at, : len(run) + 2] = [phrases.EDGE, *run, phrases.EDGE]
    return torch.tensor(table)


def made(
    taken: list[Row],
    asked: list[str],
    opinions: Any,
    *,
    lexicon: Lexicon,
    vocabulary: list[str],
    vectors: Any,
    blend: tuple[float, float, float],
    version: str,
) -> bytes:
    """The file of phrases, learned from the teacher's opinions and the labels."""
    words = [*phrases.SPECIAL, *vocabulary]
    known = {word: at for at, word in enumerate(words)}
    told = dict(zip(asked, opinions, strict=True))
    labels = [0.7 * row.bad + 0.3 * told.get(row.text, float(row.bad)) for row in taken]
    wanted = torch.tensor([*opinions, *labels], dtype=torch.float32)
    weight = torch.tensor(
        [*([0.5] * len(asked)), *(3 * IMPORTANCE.get(row.source, 1.0) for row in taken)]
    )
    numbers = _numbered([*asked, *(row.text for row in taken)], known, lexicon)
    torch.manual_seed(0)
    student = Student(_beginning(words, vectors))
    _learn(student, numbers, wanted, weight)
    return _written(student, words, blend=blend, version=version)


def _learn(student: Student, numbers: Any, wanted: Any, weight: Any) -> None:
    layers = [value for name, value in student.named_parameters() if not name.startswith("words")]
    steps = torch.optim.AdamW(
        [{"params": layers}, {"params": student.words.parameters()}], weight_decay=1e-3
    )
    turns = ROUNDS * (len(numbers) // _BATCH + 1)
    turn = 0
    for number in range(ROUNDS):
        student.train()
        order = torch.randperm(len(numbers))
        for at in range(0, len(order), _BATCH):
            batch = order[at : at + _BATCH]
            longest = int((numbers[batch] != phrases.NONE).sum(1).max())
            read = numbers[batch, :longest]
            hidden = (torch.rand(read.shape) < _HIDDEN) & (read >= len(phrases.SPECIAL))
            said = student(read.masked_fill(hidden, phrases.OTHER))
            wrong = torch.nn.functional.binary_cross_entropy_with_logits(
                said, wanted[batch], reduction="none"
            )
            steps.zero_grad()
            (wrong * weight[batch]).mean().backward()
            for group, pace in zip(steps.param_groups, _PACES, strict=True):
                group["lr"] = pace * max(0.0, 1 - turn / turns)
            steps.step()
            turn += 1
        print(f"  student: round {number + 1} of {ROUNDS}", flush=True)
    student.eval()


def _written(
    student: Student, words: list[str], *, blend: tuple[float, float, float], version: str
) -> bytes:
    """Rows multiplied out and rounded to bytes, each channel by a scale of its own."""
    with torch.no_grad():
        vectors = student.words.weight.numpy()
        kernel, bias = student.layer.weight.numpy(), student.layer.bias.numpy()
        rows = np.stack([vectors @ kernel[:, :, at].T for at in range(phrases.WIDTH)])
        scale = np.maximum(np.quantile(np.abs(rows), 0.9999, axis=(0, 1)) / 127, 1e-9)
        small = np.clip(np.round(rows / scale), -127, 127) + 128
        top = student.top.weight.numpy()[0]
        offset = float(student.top.bias[0])
    listed = "\n".join(words).encode()
    body = listed + bytes(small.astype(np.uint8))
    head: dict[str, Any] = {
        "version": version,
        "made_for": phrases.MADE_FOR,
        "channels": CHANNELS,
        "letters": len(listed),
        "bias": [round(float(each)) - 128 * phrases.WIDTH for each in bias / scale],
        "peak": [float(each) for each in top[:CHANNELS] * scale],
        "mean": [float(each) for each in top[CHANNELS:] * scale],
        "offset": offset,
        "blend": list(blend),
    }
    if not all(math.isfinite(each) for each in (*head["peak"], *head["mean"])):
        raise SystemExit("the student did not learn")
    head["sha256"] = phrases.digest_of(head, body)
    return json.dumps(head).encode() + b"\n" + body
