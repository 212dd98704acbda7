"""Texts that nobody would write, read all the same: does anything raise, point nowhere, or take its time?

    python benchmarks/fuzz.py [--minutes M] [--seed N]

First every piece of Markdown is repeated thousands of times: four times the text may not take much more
than four times as long. Then hypothesis mixes pieces, spoiled notes and bytes for M minutes. Whatever fails
is shown, made as small as it can be, with the status 1.
"""

import argparse
import gc
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from records import Table
from timing import WrongAnswer, timed

from corpus import read_corpus, sample_folder
from corpus.documents import read_document
from corpus.errors import NoNotes
from corpus.model import Document, SourceLocation

# Marks of Markdown and its dialects, whole and broken, each alone or with a word or a line break.
PIECES = (
    "[", "![", "*", "_", "`", "<", "(", "((", "{{", "{%", "[[", "![[", "%%", "==", "::: ", ":::\n", "> ",
    "- ", "* a\n", "|", "| a ", "|a|\n", "$", "$$", "**a", "**a** ", "\\", "\\(", "\\[", "&", "a-", "a ",
    "a. ", "A. ", "a\n", "# a\n", "## a\n\n", "<a>", "<b", "</p>\n", "<details>\n", "<!--", "<!-- ", "a:\n",
    ": a\n", "a\n: b\n", "[a]", "[a]: b\n", "[^a]", "[^a]: b\n", "(a) ", "(ABC) ", "ABC (a b c) ",
    "also called a, ", "kinds of a include: ", "a is a b. ", "**a** is a b\n", "**A**: b\n\n",
    "- a\n\n  b\n", "1. a\n", "Q: a\nA: b\n", "http://a.b/ ", "[a](b)", "[a] (http://b.c)", "![a](b.png)",
    "<img src=a>", "{#a}", "{.a}", "{{a}}", "{{< a >}}", "{% a %}", "[[a]]", "[[a|b]]", "!!! note\n",
    '=== "a"\n', "```\n", "~~~\n", "    a\n", "---\n", "===\n", "a\n---\n", "|-|-|\n", "| a | b |\n|-|-|\n",
    "__a__", "_a_ b ", "a_b_", "'", '"', "“a” ", "é", "字", "😀", "^a", "#a ", "@a ", "{a}", "{a", "}", "a{",
    "<A b={", "import a\n", "export a\n", "%%a%%", "+++\n", "a::b\n", "- [ ] a\n", "> [!note]\n", "> > ",
    "> - ", "- - ", "* * ", "1) ", "a'b ", "&amp;", "&#35;", "a—b ", "a; ", "e.g. ", ")", "]", "](", "[](",
    "**", "***", "~~", "a|b\n", "Term | Definition\n---|---\na | b\n", "a—", "\n\n", "\n", "because ",
    ", which is ", "A.B. ", "<a href=", "<dl><dt>", "<h2>a", "<![a", '"a": ', "```{grid}\na\n", "```ad-a\n",
    "[@a99] ", "[@a99; ", "@fig-a ", "\\@ref(fig:a) ", '{% include a.html content="a b" %}\n', "- [/] a\n",
    "| a\n", "(@) a\n", "(@a) ", "```{r}\n#| a: b\n", "`a`{=html}", "id:: a\n", "((6531f0a2-", "<<< a/b\n",
    "<<<.",
)  # fmt: skip
# What the rules for definitions, names, kinds, questions, objectives and prerequisites look for: thousands of
# such sentences may stand in one paragraph.
SAYINGS = (
    "Kinds of boats include rafts, *canoes*. ", "A thing that is so is called a *leaf*. ",
    "You should already know **tides**. ", "The *tide* is a wave that needs the **moon**. ",
    "A **tide** is a wave of the sea. ", "Kinds of boats include rafts. ",
    "kinds of boats include *rafts*, ", "A tide is a wave of the sea. ",
    "A **tide** (also called *ebb*) is a wave. ", "By a **leaf** we mean the end of it. ",
    "We call the end of it a **leaf**. ", '"Tide" means a wave. ', "A tide consists of *waves*. ",
    "TLA (three letter acronym) is a *thing*. ", "the three letter acronym (TLA) is ",
    "A **tide** is a kind of wave. ", "A **tide**, and an **ebb** is a wave. ", "**A**, and **b** is a c, ",
    "Before this, read [tides](t.md) first. ", "You should know tides, ", "Prerequisites: *tides*, ",
    "Make sure you know tides ", "To understand tides you need knots, ", "Before reading this, know ",
    "Read tides before ", "If you are not familiar with tides ", "You should be familiar with ",
    "Prerequisites: tides. ", "This lesson assumes that you know *tides*. ", "A **tide** is a wave.\n",
    "**Tide**: a wave.\n", "*Tide* - a wave of the sea\n", "- **Tide**: a wave of the sea.\n",
    "- tide: a wave of the sea.\n", "* a tide is a *wave* of the sea\n", "1. **Tide** is a wave\n",
    "| **tide** | a wave of the sea |\n", "Tide\n: A wave of the sea.\n\n",
    "## Tide\n\nA wave of the sea.\n\n", "## What is a *tide*?\n\nA wave of the sea.\n\n",
    "# Kinds of boats\n\n- raft\n- canoe\n\n", "**Q: What is a tide?**\nA: A wave.\n\n",
    "Q: What is a *tide*? A: A wave. ", "1. What is a tide?\n   - [ ] a wave\n   - [x] a boat\n",
    "What is a tide? ", "What is a *tide*?\nA wave.\n", "a) wave\nb) boat *c*\n",
    "- What is a tide?\n  - A wave.\n", "<details><summary>What is a tide?</summary>A wave.</details>\n\n",
    "<details>\n<summary>Answer</summary>\n\nA *wave*.\n\n</details>\n\n",
    "See [tides](http://a.b/c) and `code` of *it*. ", "See `a.b` of *it*. ", "$x$ is the *norm*. ",
    "The **norm** $x$ is a number. ", "a <b>tide</b> is a wave. ", "&amp; *tide* is a wave. ",
    "[[tide]] is a *wave*. ", "![a](b.png) *tide* ", '<a href="b">tide</a> is a *wave*. ',
    "**G**lobal **P**ositioning **S**ystem ", "*a*: b; ", "the *tide* (a wave) is, in short, a wave; ",
    "The *tide*\n", "Tide: a wave. ", "Synonyms: tide, ", "also known as *tides*, ",
    "Tide is short for *tidal* wave. ", "By the end of this lesson you will know *tides*. ",
    "- [ ] know *tides*\n", "Requires: [tides](t.md). ", "tide (n.) a wave. ",
    "Term: *tide*\nDefinition: a wave\n", "> **tide**: a wave\n", "> [!note] tide\n> a wave\n\n",
    "tide := a wave\n", "*tide* → a wave\n", "tide -- a wave of *sea*\n", "Let **tide** be a wave. ",
    "Let us define the **datum** as the level. ", "whereas **flow** is a thing, ", "; the tide is a wave",
    "There are three kinds of *tides*: a, b. ", "A raft is a kind of boat. ",
    "A *raft* and a canoe are kinds of boat. ", "In music, a *tone* is a sound. ", "http://a.b/c *d* ",
    "a. *B* ", "。*字*", "Ebb is the same as *tide*. ", "[^1] *a* [^1]: b ", "*a* &eacute;t&eacute; b. ",
    "[![a](b.png)](c) ", "`tide`: *a* wave of the sea\n", "tide `t`: a wave of the sea\n",
    "tide is `a` wave of $b$. ",
)  # fmt: skip

LONG = 16_000  # characters
TIMES = 4
MOST_TIMES = 2 * TIMES  # quadratic time would be 16
SHORTEST = 0.25  # seconds; below that a clock says little
ROUND = 200


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs both parts and prints what they found; returns the exit status."""
    parser = argparse.ArgumentParser(description="Reads texts that nobody would write.")
    parser.add_argument("--minutes", type=float, default=10, help="how long to mix texts (10)")
    parser.add_argument("--seed", type=int, default=1, help="where chance begins (1)")
    parser.add_argument("--long", type=int, default=LONG, help=f"how long the repeated texts are ({LONG})")
    options = parser.parse_args(arguments)
    try:
        print(growth(options.long).plain(), end="\n\n", flush=True)
        print(mixed(options.minutes * 60, options.seed).plain())
    except WrongAnswer as wrong:
        print(f"fuzz: {wrong}", file=sys.stderr)
        return 1
    return 0


# --- time --------------------------------------------------------------------------------------------------


def growth(length: int, read: Callable[[str], object] = lambda text: read_document(text, "a.md")) -> Table:
    """How much longer four times the text takes, for every piece repeated; raises WrongAnswer for more than
    twice as much as that."""
    found = []
    for piece in (*PIECES, *SAYINGS):
        text = piece * max(1, length // len(piece))
        short, long = _quickest(read, text), _quickest(read, text * TIMES)
        if long > SHORTEST and long > MOST_TIMES * short:
            raise WrongAnswer(
                f"{piece!r} repeated: {TIMES} times the text takes {long / short:.0f} times as long"
            )
        found.append((long / max(short, 1e-6), long, piece))
    slowest = sorted(found, key=lambda f: -f[1])[:8]
    rows = tuple((repr(piece), f"{long:.3f}", f"{ratio:.1f}") for ratio, long, piece in slowest)
    note = f"The slowest of {len(found)} pieces, repeated to {length * TIMES:,} characters."
    return Table("Time against size", ("piece", "CPU s", f"times {TIMES}"), rows, note)


def _quickest(read: Callable[[str], object], text: str) -> float:
    """Processor seconds of the quicker of two readings, without the circle search of the whole process."""
    gc.disable()
    try:
        return min(timed(lambda: read(text))[1].processor for _ in range(2))
    finally:
        gc.enable()


# --- mixtures ----------------------------------------------------------------------------------------------


def mixed(seconds: float, first_seed: int) -> Table:
    """Mixes texts for so many seconds; raises WrongAnswer with the smallest text that goes wrong."""
    until = time.monotonic() + seconds
    rounds = 0
    while True:
        for prepared in (_documents, _folders):
            try:
                prepared(first_seed + rounds)
            except Exception as error:
                raise WrongAnswer(f"with --seed {first_seed + rounds}: {_told(error)}") from error
        rounds += 1
        if time.monotonic() >= until:
            row = (f"{rounds * ROUND:,}", f"{rounds * (ROUND // 10):,}")
            return Table("Mixtures that were read", ("texts", "folders"), (row,))


def _told(error: BaseException) -> str:
    notes = " ".join(getattr(error, "__notes__", ()))
    return f"{type(error).__name__}: {error} {notes}".strip()


@cache
def _sources() -> tuple[str, ...]:
    return tuple(file.read_text(encoding="utf-8") for file in sorted(sample_folder().glob("*.md")))


def _spoiled(number: int, pieces: list[str]) -> str:
    """A part of real notes with pieces thrown in, lines doubled, and lines left out."""
    chance = random.Random(number)
    lines = chance.choice(_sources()).split("\n")
    start = chance.randrange(len(lines))
    lines = lines[start : start + chance.randrange(1, 40)]
    for piece in pieces:
        at = chance.randrange(len(lines))
        place = chance.randrange(len(lines[at]) + 1)
        lines[at] = lines[at][:place] + piece + lines[at][place:]
        if chance.random() < 0.2:
            lines.insert(chance.randrange(len(lines)), lines[at])
        if chance.random() < 0.1 and len(lines) > 1:
            lines.pop(chance.randrange(len(lines)))
    return "\n".join(lines)


def _texts() -> st.SearchStrategy[str]:
    pieces = st.lists(st.one_of(st.sampled_from(PIECES + SAYINGS), st.text(max_size=4)), max_size=40)
    notes = st.builds(_spoiled, st.integers(0, 1 << 30), pieces)
    return st.one_of(pieces.map("".join), notes).map(_line_feeds)


def _line_feeds(text: str) -> str:
    """Files are read with their line ends made one; no NUL, which Markdown replaces."""
    return text.replace("\r", "").replace("\0", "")


def _rounds(examples: int) -> settings:
    return settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
        print_blob=False,
    )


def _documents(number: int) -> None:
    @seed(number)
    @_rounds(ROUND)
    @given(_texts())
    def reads(text: str) -> None:
        check(read_document(text, "a.md"), text)

    reads()


def _folders(number: int) -> None:
    @seed(number)
    @_rounds(ROUND // 10)
    @given(st.dictionaries(st.sampled_from(["a.md", "b.md", "c.ipynb", "d.mdx"]), st.binary(max_size=300)))
    def reads(files: dict[str, bytes]) -> None:
        with tempfile.TemporaryDirectory() as folder:
            for name, content in files.items():
                Path(folder, name).write_bytes(content)
            try:
                read_corpus([Path(folder)])
            except NoNotes:
                return

    reads()


def check(document: Document, text: str) -> None:
    """Raises AssertionError unless every place of a document lies in its text and holds what it says."""
    lines = text.split("\n")
    for place in _places(document):
        assert 1 <= place.first_line <= place.last_line <= len(lines), f"{place} is not in the text"
    for section in document.sections:
        for passage in section.passages:
            raw = passage.raw or passage.text
            there = "\n".join(lines[passage.location.first_line - 1 : passage.location.last_line])
            first = next(iter(raw.split()), "")
            assert first in there, f"{first!r} does not stand at {passage.location}"


def _places(document: Document) -> Iterator[SourceLocation]:
    yield from (section.location for section in document.sections)
    yield from (p.location for section in document.sections for p in section.passages)
    yield from (d.location for d in document.definitions)
    yield from (t.location for t in document.topics)
    yield from (k.location for k in document.kinds)
    yield from (r.location for r in document.resources)
    yield from (f.location for f in document.figures)
    yield from (q.location for q in document.questions)
    yield from (s.location for s in document.snippets)
    yield from (p.location for p in document.problems)


if __name__ == "__main__":
    sys.exit(main())
