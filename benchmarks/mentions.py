"""How long it takes to find many labels in much text, and whether that grows with the text and no faster.

    python benchmarks/mentions.py [--labels N] [--megabytes N] [--record]

Labels and text are made up, in the proportions of real notes: words as frequent as in a language, labels of
one to four of them, one use of a label in a dozen words, some in the plural, in paragraphs. Planted uses have
to be found, or the time means nothing. Times are processor times.
"""

import argparse
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from records import Table, command_line, write_record
from timing import Spent, WrongAnswer, timed

from graph.mentions import LabelFinder, forget_texts

SEED = 20
WORDS = 60_000
PARAGRAPH = 80  # words
WORDS_PER_USE = 12
MOST_SECONDS = 120.0
MOST_TIMES = 2.2

_ONSETS = "b br c ch d dr f fl g gr h j k l m n p pr qu r s sh st t th tr v w".split()
_VOWELS = "a e i o u ai ea ou".split()
_CODAS = " n r l t m nd st x ck".split(" ")


@dataclass(frozen=True, slots=True)
class Measured:
    """Text of so many bytes, the uses planted and found in it, and what finding them took."""

    size: int
    planted: int
    found: int
    spent: Spent


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures, prints, and writes a record if asked; returns the exit status: 1 for a wrong answer."""
    options = _options(arguments)
    try:
        table = measured(options.labels, options.megabytes)
    except WrongAnswer as wrong:
        print(f"mentions: {wrong}; a fast wrong answer is none", file=sys.stderr)
        return 1
    print(table.plain())
    if options.record:
        path = write_record("mentions", "Finding mentions", command_line("mentions.py"), [table])
        print(f"Recorded in benchmarks/records/{path.name}")
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measures how long finding labels takes.")
    parser.add_argument("--labels", type=int, default=100_000, metavar="N", help="how many labels")
    parser.add_argument("--megabytes", type=float, default=50.0, metavar="N", help="of how much text")
    parser.add_argument(
        "--record", action="store_true", help="keep the table in benchmarks/records/mentions.md"
    )
    return parser.parse_args(arguments)


def measured(labels: int, megabytes: float) -> Table:
    """A row for half of the text and one for all. WrongAnswer: uses are missed, or it is too slow."""
    chance = random.Random(SEED)
    words = made_up_words(chance, WORDS)
    names = made_up_labels(chance, words, labels)
    finder, made = timed(lambda: LabelFinder(enumerate((name,) for name in names)))
    half, whole = (searched(finder, words, names, size) for size in (megabytes / 2, megabytes))
    times = whole.spent.processor / half.spent.processor
    total = made.processor + whole.spent.processor
    if total > MOST_SECONDS or times > MOST_TIMES:
        raise WrongAnswer(f"{total:.0f} s, and {times:.2f} times as long for twice the text")
    rows = tuple(
        (
            f"{one.size / 1e6:.1f} MB of text",
            f"{one.planted:,}",
            f"{one.found:,}",
            f"{one.spent.processor:.1f}",
            f"{one.size / 1e6 / one.spent.processor:.2f}",
        )
        for one in (half, whole)
    )
    return Table(
        f"{labels:,} labels",
        ("", "planted", "found", "seconds", "MB/s"),
        (*rows, ("making ready for the labels", "", "", f"{made.processor:.1f}", "")),
        f"Twice the text takes {times:.2f} times as long (at most {MOST_TIMES}); all {total:.0f} s (at most\n"
        f"{MOST_SECONDS:.0f}). More is found than was planted: words in a row can be a label by chance.",
    )


def searched(finder: LabelFinder, words: Sequence[str], names: Sequence[str], megabytes: float) -> Measured:
    """Made-up text searched. WrongAnswer: a planted use is not found."""
    forget_texts()
    paragraphs = list(made_up_text(random.Random(SEED), words, names, megabytes))

    def search() -> list[set[int]]:
        return [{match.owner for match in finder.find(text)} for text, _ in paragraphs]

    found, spent = timed(search)
    planted = sum(len(owners) for _, owners in paragraphs)
    hit = sum(len(owners & seen) for (_, owners), seen in zip(paragraphs, found, strict=True))
    # Of labels that overlap by chance the longer one is taken: a few are hidden by the words beside them.
    if hit < 0.99 * planted:
        raise WrongAnswer(f"{hit:,} of {planted:,} planted uses found")
    size = sum(len(text) for text, _ in paragraphs)
    return Measured(size, planted, sum(map(len, found)), spent)


def made_up_words(chance: random.Random, count: int) -> list[str]:
    """Different words that can be said, short ones first."""
    found: dict[str, None] = {}
    while len(found) < count:
        syllables = 1 + min(3, int(len(found) / count * 4 + chance.random()))
        parts = (chance.choice(_ONSETS) + chance.choice(_VOWELS) for _ in range(syllables))
        found.setdefault("".join(parts) + chance.choice(_CODAS))
    return list(found)


def made_up_labels(chance: random.Random, words: Sequence[str], count: int) -> list[str]:
    """Different labels of one to four words, none of the most frequent."""
    found: dict[str, None] = {}
    common = len(words) // 100
    while len(found) < count:
        length = chance.choices((1, 2, 3, 4), (20, 50, 22, 8))[0]
        found.setdefault(" ".join(words[chance.randrange(common, len(words))] for _ in range(length)))
    return list(found)


def made_up_text(
    chance: random.Random, words: Sequence[str], names: Sequence[str], megabytes: float
) -> Iterator[tuple[str, set[int]]]:
    """Paragraphs, each with the labels that were planted in it."""
    # As in any language, the second word is half as frequent as the first, the third a third.
    heavy = list(accumulate(1 / rank for rank in range(1, len(words) + 1)))
    numbers = range(len(words))
    left = megabytes * 1e6
    while left > 0:
        planted: set[int] = set()
        said: list[str] = []
        for number in chance.choices(numbers, cum_weights=heavy, k=PARAGRAPH):
            said.append(words[number])
            if chance.random() < 1 / WORDS_PER_USE:
                label = chance.randrange(len(names))
                planted.add(label)
                # Other signs keep it apart from what stands beside it, as in half of all uses.
                ending = chance.choice((",", ".", "s," if names[label][-1] in "lmnrt" else ";"))
                said += (names[label] + ending, chance.choice(("and", "of")))
        text = " ".join(said)
        left -= len(text)
        yield text, planted


if __name__ == "__main__":
    sys.exit(main())
