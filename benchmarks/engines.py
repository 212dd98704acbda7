"""How long a search takes in notes of 1,000 to 100,000 sections, with every engine that is installed.

    python benchmarks/engines.py [--sections N]... [--questions N] [--data FOLDER] [--record]

The notes are made, always the same: words of made-up syllables, as common and as rare as words are (Zipf), in
sections as long as sections are, a concept for every tenth. Every question is new to the snapshot that is
timed, and its answer, which all engines must give alike, has its snippets and counts.
"""

import argparse
import gc
import json
import random
import sys
from bisect import bisect
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import accumulate, pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from records import Table, command_line, write_record
from timing import Latency, WrongAnswer, expect, latency_of, timed

from corpus.model import (
    Corpus,
    Definition,
    DefinitionStyle,
    Document,
    Lesson,
    LessonId,
    Passage,
    PassageKind,
    Section,
    SectionContent,
    SectionId,
    SourceLocation,
)
from graph.model import Concept, ConceptGraph, ConceptId
from indexer import build_snapshot, open_snapshot
from indexer.engines import engines_here
from indexer.queries import MOST_TERMS
from indexer.suggestions import Label, Suggester

SEED = 5
VOCABULARY = 60_000
SECTIONS_PER_DOCUMENT = 12
LABELS = 100_000
SIZES = (1_000, 10_000, 100_000)
# Milliseconds of the processor: what is asked of the 95th percentile at a size, and of any answer at all.
GOALS = {10_000: {"whoosh": 10.0, "tantivy": 10 / 15}, 100_000: {"whoosh": 50.0, "tantivy": 50 / 40}}
WORST_GOAL = {"whoosh": 250.0, "tantivy": 25.0}
SUGGESTION_GOAL = 0.3


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures, prints, and writes a record if asked."""
    parser = argparse.ArgumentParser(description="Times searches with every engine, side by side.")
    parser.add_argument("--sections", type=int, action="append", metavar="N", help="once for each size")
    parser.add_argument("--questions", type=int, default=100, metavar="N", help="of each kind")
    parser.add_argument("--data", type=Path, help="where snapshots are kept, and found by the next run")
    parser.add_argument("--record", action="store_true", help="keep the tables in benchmarks/records")
    options = parser.parse_args(arguments)
    tables = [suggestion_table(options.questions)]
    print(tables[0].plain(), end="\n\n", flush=True)
    for sections in options.sections or SIZES:
        for table in tables_of(sections, options.questions, options.data):
            tables.append(table)
            print(table.plain(), end="\n\n", flush=True)
        if options.record:  # after each size: the largest takes many minutes
            path = write_record("engines", "Search engines", command_line("engines.py"), tables)
            print(f"Recorded in benchmarks/records/{path.name}", flush=True)
    return 0


# Made notes


class Words:
    """Made-up words, the first ones the most common."""

    def __init__(self, chance: random.Random, count: int = VOCABULARY) -> None:
        self._chance = chance
        syllables = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "an", "el", "or")]
        made: dict[str, None] = {}
        while len(made) < count:
            long = 1 + min(3, len(made) // 200) + chance.randrange(2)
            made["".join(chance.choices(syllables, k=long))] = None
        self.all = tuple(made)
        self._until = list(accumulate(1 / (rank + 2.7) for rank in range(count)))

    def some(self, count: int) -> list[str]:
        """As many words as a text would have them."""
        whole, random_ = self._until[-1], self._chance.random
        return [self.all[bisect(self._until, random_() * whole)] for _ in range(count)]


@dataclass(frozen=True, slots=True)
class Made:
    """Generated notes, with the words of some of their sections."""

    corpus: Corpus
    graph: ConceptGraph
    words: Words
    texts: tuple[tuple[str, ...], ...]


def made_notes(sections: int) -> Made:
    """Notes of so many sections, the same every time."""
    chance = random.Random(SEED)
    words = Words(chance)
    documents: list[Document] = []
    lessons: list[Lesson] = []
    concepts: list[Concept] = []
    texts: list[tuple[str, ...]] = []
    for number in range(0, sections, SECTIONS_PER_DOCUMENT):
        path = f"{number // SECTIONS_PER_DOCUMENT:05}.md"
        found = []
        for line in range(min(SECTIONS_PER_DOCUMENT, sections - number)):
            text = words.some(max(4, min(600, round(chance.lognormvariate(4, 0.8)))))
            section = _section(path, line, " ".join(words.some(3)), " ".join(text))
            found.append(section)
            if (number + line) % 10 == 0:
                concepts.append(_concept(len(concepts), section, words))
            texts.append(tuple(text))
        documents.append(Document(path, path[:-3], found[0].title, path, tuple(found)))
        ids = tuple(section.id for section in found)
        lessons.append(Lesson(LessonId(path[:-3]), found[0].title, path, ids))
    graph = ConceptGraph(tuple(concepts), (), (), (), (), (), ())
    spread = texts[:: max(1, len(texts) // 2000)]
    return Made(Corpus("Made notes", tuple(documents), tuple(lessons)), graph, words, tuple(spread))


def _section(path: str, line: int, title: str, text: str) -> Section:
    where = SourceLocation(path, line + 1, line + 1)
    id = SectionId(f"{path[:-3]}/{line}")
    passage = Passage(text, PassageKind.PARAGRAPH, where)
    return Section(id, title, 2, str(line), None, where, SectionContent.TEXT, "", (passage,))


def _concept(number: int, section: Section, words: Words) -> Concept:
    label = f"{' '.join(words.some(2))} {words.all[-1 - number % 30_000]}"
    text = " ".join(words.some(14))
    definition = Definition(label, text, "", DefinitionStyle.HEADING, 0.9, section.id, section.location)
    lesson = LessonId(section.location.path[:-3])
    return Concept(ConceptId(f"c{number}"), label, (), (), (definition,), section.id, lesson, number)


# Questions


def questions_of(made: Made, most: int) -> dict[str, list[str]]:
    """What people type who have read the notes, by kind."""
    chance = random.Random(SEED)
    texts = [text for text in made.texts if len(text) > 12]
    picked = chance.sample(texts, min(len(texts), most))
    starts = [(text, chance.randrange(len(text) - 4)) for text in picked]
    long = [next((w for w in text[at:] if len(w) > 6), text[0]) for text, at in starts]
    return {
        "one word": [text[at] for text, at in starts],
        "two or three words": [" ".join(text[at : at + 2 + at % 2]) for text, at in starts],
        "a sentence": [" ".join(text[at : at + 9]) for text, at in starts],
        "OR": [f"{text[at]} OR {text[at + 2]} OR {text[at + 3]}" for text, at in starts],
        "NOT": [f"{text[at]} -{text[at + 2]}" for text, at in starts],
        "phrase": [f'"{text[at]} {text[at + 1]}"' for text, at in starts],
        "title: or label:": [f"{('title:', 'label:')[at % 2]}{text[at]}" for text, at in starts],
        "one kind": [f"{text[at]} kind:concept" for text, at in starts],
        "begin*": [f"{text[at][:3]}*" for text, at in starts],
        "typo": [word[:3] + word[4:] for word in long],
    }


def worst_of(made: Made) -> dict[str, str]:
    """What takes longest of all that fits into the search box, by name."""
    common, rare = made.words.all, made.words.all[2000:]
    some = common[:MOST_TERMS]
    return {
        "the most common words": " ".join(some),
        "any of the most common words": " OR ".join(some),
        "all beginnings": " ".join(f"{letter}*" for letter in "bdfgklmnprstvzaeiou"),
        "any beginning": " OR ".join(f"{letter}*" for letter in "bdfgklmnprstvzaeiou"),
        "a phrase of common words": f'"{" ".join(common[:6])}"',
        "many phrases of common words": " OR ".join(f'"{a} {b}"' for a, b in pairwise(some[:13])),
        "typos of many words": " ".join(f"{word}~" for word in rare[: MOST_TERMS * 7 : 7]),
        "unknown words": " ".join(f"{word[:-2]}qqx{word[-2:]}" for word in rare[: MOST_TERMS * 7 : 7]),
        "brackets in brackets": " ".join(
            f"({a} OR {b} -({c}*))" for a, b, c in zip(some[::3], some[1::3], some[2::3], strict=False)
        ),
        "all but the most common word": f"kind:section -{common[0]}",
    }


# Tables


def tables_of(sections: int, most: int, keep: Path | None) -> Iterator[Table]:
    """Building and asking notes of one size."""
    made = made_notes(sections)
    with TemporaryDirectory() as passing:
        folder = (keep or Path(passing)) / str(sections)
        data = {engine: folder / engine for engine in engines_here()}
        yield building_table(made, sections, data)
        yield asking_table(made, sections, data, most)
        yield worst_table(made, sections, data)


def building_table(made: Made, sections: int, data: Mapping[str, Path]) -> Table:
    """A first build of what was read, and what it takes on disk."""
    rows = []
    for engine, folder in data.items():
        taken = folder.with_suffix(".json")  # what the build took that is found
        if taken.exists():
            seconds = json.loads(taken.read_text())
        else:
            build = partial(build_snapshot, folder, made.corpus, made.graph, engine=engine)
            manifest, spent = timed(build)
            expect("sections", manifest.counts["sections"], sections)
            seconds = spent.processor
            taken.write_text(json.dumps(seconds))
        search = folder / "snapshots" / (folder / "current").read_text().strip() / "search"
        size = sum(file.stat().st_size for file in search.rglob("*"))
        rows.append((engine, f"{seconds:.1f}", f"{size / 2**20:.1f}"))
    columns = ("", "CPU s", "index MB")
    return Table(f"Building the snapshot of {sections:,} sections", columns, tuple(rows))


def asking_table(made: Made, sections: int, data: Mapping[str, Path], most: int) -> Table:
    """Every kind of question, asked of every engine."""
    goals = GOALS.get(sections, {})
    rows = []
    for kind, questions in questions_of(made, most).items():
        found = {engine: _latency(data, engine, questions) for engine in data}
        p95 = {engine: one.p95 for engine, one in found.items()}
        cells = [f"{value:.2f}" for one in found.values() for value in (one.p50, one.p95)]
        rows.append((kind, *cells, *_ratio(p95), *_met(p95, goals)))
    columns = [f"{engine} {what}" for engine in data for what in ("p50 ms", "p95 ms")]
    return Table(
        f"Asking {sections:,} sections", ("", *columns, *_times(data), *_goals(data, goals)), tuple(rows)
    )


def worst_table(made: Made, sections: int, data: Mapping[str, Path]) -> Table:
    """The questions that cost the most."""
    rows = []
    for name, question in worst_of(made).items():
        # It is not answered before: `latency_of` leaves out the first of several only.
        found = {engine: _latency(data, engine, [question]).p95 for engine in data}
        cells = [f"{value:.1f}" for value in found.values()]
        rows.append((name, *cells, *_ratio(found), *_met(found, WORST_GOAL)))
    columns = ("", *(f"{engine} ms" for engine in data), *_times(data), *_goals(data, WORST_GOAL))
    return Table(f"The worst questions of {sections:,} sections", columns, tuple(rows))


def _latency(data: Mapping[str, Path], engine: str, questions: Sequence[str]) -> Latency:
    checked = {name: open_snapshot(folder) for name, folder in data.items()}
    asked = open_snapshot(data[engine])
    for question in ("warm", "warmt", "bad~ sad*"):  # what the first visitor waits for
        asked.search(question)

    def check(question: str) -> None:
        mine, first = (checked[name].search(question) for name in (engine, next(iter(data))))
        if mine != first:
            raise WrongAnswer(f"{question!r}: {engine} answers otherwise than {next(iter(data))}")

    gc.collect()
    gc.disable()
    try:
        return latency_of(questions, check, asked.search)
    finally:
        gc.enable()
        for snapshot in (*checked.values(), asked):
            snapshot.close()


def _ratio(found: Mapping[str, float]) -> list[str]:
    first, *others = found.values()
    return [f"{first / other:.1f}" for other in others]


def _times(data: Mapping[str, Path]) -> list[str]:
    first, *others = data
    return [f"{first} / {other}" for other in others]


def _met(found: Mapping[str, float], goals: Mapping[str, float]) -> list[str]:
    """Whether each engine that has a goal met it."""
    return ["yes" if found[engine] <= goals[engine] else "no" for engine in found if engine in goals]


def _goals(data: Mapping[str, Path], goals: Mapping[str, float]) -> list[str]:
    return [f"{engine} at most {goals[engine]:.3g}" for engine in data if engine in goals]


def suggestion_table(most: int) -> Table:
    """Completions among very many labels."""
    chance = random.Random(SEED)
    words = Words(chance)
    labels = [" ".join((*words.some(1 + n % 3), words.all[n % VOCABULARY])) for n in range(LABELS)]
    labels_of_concepts = [
        Label(label, 0, ConceptId(str(n)), label, 0) for n, label in enumerate(dict.fromkeys(labels))
    ]
    suggester = Suggester(labels_of_concepts)
    typed = [label[:length] for label in labels[:: LABELS // most] for length in (1, 2, 3, 5, 8)]

    def check(beginning: str) -> None:
        expect(f"suggestions for {beginning!r}", len(suggester.suggest(beginning, 8)), 1)

    asked = Suggester(labels_of_concepts)
    found = latency_of(typed, check, lambda beginning: asked.suggest(beginning, 8))
    cells = (f"{found.p50:.3f}", f"{found.p95:.3f}", "yes" if found.p95 <= SUGGESTION_GOAL else "no")
    columns = ("", "p50 ms", "p95 ms", f"at most {SUGGESTION_GOAL:g}")
    return Table(f"Suggestions among {LABELS:,} labels", columns, (("suggestions", *cells),))


if __name__ == "__main__":
    sys.exit(main())
