"""Small notes as people write them, built into a real snapshot, for the tests of the web."""

from pathlib import Path

from flask.testing import FlaskClient

from corpus import read_corpus
from graph import build_graph
from indexer import build_snapshot, open_snapshot
from web.app import create_app
from web.library import Library

LINEAR = """\
# Linear models

Everything begins with numbers in a row.

## Vector

A list of numbers in a fixed order.

See [torch.tensor](https://docs.pytorch.org/docs/stable/generated/torch.tensor.html).

![A vector as an arrow](figures/vector.svg)

## Logits

The raw scores, a vector with one number for each class, that a model gives.

## Perceptron

## Dot product

The sum of the products of the entries of one vector and another vector.
"""

TRAINING = """\
# Training

How models get better.

## Softmax

A function that turns a vector of logits into probabilities (also called softargmax).

<script>alert("softmax")</script><img src="x" onerror="alert(1)">

![Missing](figures/lost.png)

## Cross-entropy loss

A loss that compares what softmax makes of the logits with the truth.

A bad [link](javascript:alert(1)) does <a href="javascript:alert(1)">no harm</a>.

## Stochastic gradient descent (SGD)

A way to make the cross-entropy loss smaller, one example at a time.

## Batch

A part of an epoch.

## Epoch

A pass over every batch.

## Vector

An arrow with a length and a direction.

## Questions

Q: What does softmax make of equal logits?
A: Equal probabilities.
E: Only differences count.
"""

PICTURE = """\
<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>
"""


def write_notes(folder: Path) -> Path:
    """The notes, with a picture that they show and a file that they do not mention."""
    (folder / "figures").mkdir(parents=True)
    (folder / "01-linear.md").write_text(LINEAR, encoding="utf-8")
    (folder / "02-training.md").write_text(TRAINING, encoding="utf-8")
    (folder / "figures" / "vector.svg").write_text(PICTURE, encoding="utf-8")
    (folder / "figures" / "secret.svg").write_text(PICTURE, encoding="utf-8")
    (folder / "secret.txt").write_text("nobody's business", encoding="utf-8")
    return folder


def rewritten(notes: Path, *texts: str, **files: str) -> Path:
    """Notes of one file a text, 0.md and on or by name, in the place of all that was there."""
    notes.mkdir(exist_ok=True)
    for old in notes.iterdir():
        old.unlink()
    for name, text in {**{str(number): text for number, text in enumerate(texts)}, **files}.items():
        (notes / f"{name}.md").write_text(text, encoding="utf-8")
    return notes


def build(notes: Path, data: Path) -> Path:
    """Builds a snapshot of the notes below `data`, which is given back."""
    corpus = read_corpus([notes])
    build_snapshot(data, corpus, build_graph(corpus))
    return data


def built_notes(folder: Path) -> Path:
    """Writes the notes into a folder and builds them; gives the data folder."""
    return build(write_notes(folder / "notes"), folder / "data")


def library_of(data: Path) -> Library:
    return Library(open_snapshot(data))


def client_of(data: Path) -> FlaskClient:
    return create_app(data).test_client()
