"""How long builds and answers take.

    python benchmarks/speed.py [NOTES] [--copies N] [--quick] [--record]

NOTES is a folder, the bundled notes if none is given; reading is also measured on the folder that
GLOSSPATH_CORPORA names. Every measure checks its answer first, so that a fast wrong one fails. Times are
processor times; what can be compared between machines is their ratios.
"""

import argparse
import re
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from pathlib import Path
from string import ascii_lowercase
from urllib.parse import quote

from copies import head_words, multiply
from flask.testing import FlaskClient
from markdown_it import MarkdownIt
from markupsafe import escape
from notes import corpora_folder
from records import Table, command_line, write_record
from timing import Latency, Spent, WrongAnswer, expect, latency_of, median_of, repeated, timed, timed_command

from corpus import read_corpus, sample_folder
from corpus.documents import read_document
from corpus.files import SourceFile, survey
from corpus.markdown import parse
from corpus.paths import SUFFIXES
from corpus.reading import no_search_for_circles
from glosspath.options import processors
from glosspath.pipeline import build_library
from graph import build_graph
from graph.model import Concept
from indexer import Snapshot, build_snapshot, open_snapshot
from indexer.model import Manifest
from indexer.queries import MOST_TERMS
from web.app import create_app

# What the bundled notes must give at least; anything less, and the time was spent on something else.
BUNDLED = {"documents": 13, "lessons": 12, "sections": 200, "concepts": 200, "prerequisites": 200}
MOST_QUESTIONS = 200


@dataclass(frozen=True, slots=True)
class Effort:
    """How often builds are repeated, and how many different questions are asked."""

    rounds: int
    questions: int


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures, prints, and writes a record if asked; returns the exit status: 1 for a wrong answer."""
    options = _options(arguments)
    effort = Effort(1, 10) if options.quick else Effort(3, MOST_QUESTIONS)
    tables = []
    try:
        for table in measured(options.notes, effort, options.copies):
            print(table.plain(), end="\n\n", flush=True)
            tables.append(table)
    except WrongAnswer as wrong:
        print(f"speed: {wrong}; a fast wrong answer is none", file=sys.stderr)
        return 1
    if options.record:
        path = write_record("speed", "Speed", command_line("speed.py"), tables)
        print(f"Recorded in benchmarks/records/{path.name}")
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measures how long builds and answers take.")
    option = parser.add_argument
    option("notes", nargs="?", type=Path, default=sample_folder(), help="a folder; else the bundled notes")
    option("--copies", type=int, default=0, metavar="N", help="also build N renamed copies, and half of them")
    option("--quick", action="store_true", help="one round and few questions: does it still work?")
    option("--record", action="store_true", help="keep the tables in benchmarks/records/speed.md")
    options = parser.parse_args(arguments)
    if not options.notes.is_dir():
        parser.error(f"there is no folder {options.notes}")
    if options.copies < 0 or options.copies == 1 or options.copies > 600:
        parser.error("--copies takes 2 to 600")
    return options


def measured(notes: Path, effort: Effort, copies: int = 0) -> Iterator[Table]:
    """Every table, as soon as it is measured."""
    with tempfile.TemporaryDirectory() as place:
        own = Path(place) / "notes"
        shutil.copytree(notes, own)
        floors = BUNDLED if notes.resolve() == sample_folder().resolve() else _floors(own)
        data = Path(place) / "data"
        manifest = _checked(build_library([own], data), floors)
        yield counts_table(manifest)
        yield reading_table(own, effort)
        if large := corpora_folder():
            yield reading_table(large, effort, "Reading a large folder against markdown-it")
            yield clock_table(_larger(large, Path(place)) if copies else large, effort)
        yield build_table(own, Path(place), effort, floors)
        yield again_table(own, data, manifest.id, effort, floors)
        yield process_table(own, Path(place), effort)
        snapshot = open_snapshot(data)
        questions = Questions.of(snapshot, effort.questions)
        yield search_table(data, questions)
        yield suggestion_table(data, questions)
        yield page_table(data, questions)
        if copies:
            yield growth_table(own, Path(place), copies, list(snapshot.all_concepts()))


def _floors(notes: Path) -> dict[str, int]:
    """For notes that nobody counted: every file that is not empty is a document, and something is defined."""
    files = [f for f in notes.rglob("*") if f.is_file() and f.suffix.lower() in SUFFIXES]
    hidden = [f for f in files if any(part.startswith(".") for part in f.relative_to(notes).parts)]
    return {"documents": (len(files) - len(hidden)) * 9 // 10, "sections": len(files) // 2, "concepts": 1}


def _checked(manifest: Manifest, floors: dict[str, int]) -> Manifest:
    for what, at_least in floors.items():
        expect(what, manifest.counts[what], at_least)
    return manifest


# Reading


def reading_table(notes: Path, effort: Effort, title: str = "Reading against markdown-it") -> Table:
    """Reading against what markdown-it-py takes for the same texts by itself, all in one run."""
    found = survey([notes]).files
    files = [file for file in found if file.path.lower().endswith(".md")]
    bare = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    works: tuple[tuple[str, Callable[[SourceFile], bool]], ...] = (
        ("markdown-it-py's own parse", lambda file: bool(bare.parse(file.text)) or not file.text.strip()),
        ("blocks, in all dialects", lambda file: bool(parse(file.text).blocks) or not file.text.strip()),
        ("whole documents", lambda file: bool(read_document(file.text, file.path).sections)),
    )
    spent: dict[str, list[float]] = {name: [] for name, _ in works}
    for _ in range(effort.rounds):
        # By turns, so that each meets the machine in the same moods.
        for name, work in works:
            with no_search_for_circles() if work is not works[0][1] else nullcontext():
                read, taken = timed(lambda work=work: sum(map(work, files)))  # type: ignore[misc]
            expect(f"texts read as {name}", read, len(files))
            spent[name].append(taken.processor)
    fastest = {name: min(times) for name, times in spent.items()}
    alone = fastest[works[0][0]]
    rows = tuple((name, f"{taken:.3f}", _times(taken, alone)) for name, taken in fastest.items())
    size = sum(len(file.text) for file in files) / 1e6
    note = f"{len(files)} texts of {size:.2f} million characters; the best of {effort.rounds}."
    return Table(title, ("", "CPU s", "times markdown-it"), rows, note)


_COPIES_OF_A_LARGE_FOLDER = 4


def _larger(notes: Path, place: Path) -> Path:
    heads = head_words(build_graph(read_corpus([notes])).concepts)
    return multiply(notes, place / "large", _COPIES_OF_A_LARGE_FOLDER, heads)


def clock_table(notes: Path, effort: Effort) -> Table:
    """A folder read by the clock, as a build without a cache reads it: from looking for files to the lessons,
    with a process for each core. Against markdown-it-py, which has one process, in the same run."""
    texts = [file.text for file in survey([notes]).files if file.path.lower().endswith(".md")]
    bare = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])

    def parsed(_: int) -> int:
        return sum(bool(bare.parse(text)) or not text.strip() for text in texts)

    def read(processes: int) -> int:
        with no_search_for_circles():
            return len(read_corpus([notes], None, processes).documents)

    works = [("markdown-it-py's own parse", parsed, 1), ("the whole folder", read, 1)]
    if processors() > 1:
        works.append(("the whole folder", read, processors()))
    spent: list[list[float]] = [[] for _ in works]
    for _ in range(effort.rounds):
        for taken, (name, work, processes) in zip(spent, works, strict=True):
            done, time = timed(lambda work=work, processes=processes: work(processes))  # type: ignore[misc]
            expect(f"texts read by {name}", done, len(texts))
            taken.append(time.clock)
    fastest = [min(taken) for taken in spent]
    rows = tuple(
        (name, str(processes), f"{taken:.3f}", _times(taken, fastest[0]))
        for (name, _, processes), taken in zip(works, fastest, strict=True)
    )
    size = sum(map(len, texts)) / 1e6
    amount = f"{len(texts)} texts of {size:.2f} million characters"
    note = f"{amount}; {processors()} cores; the best of {effort.rounds}."
    columns = ("", "processes", "clock s", "times markdown-it")
    return Table("Reading a large folder by the clock", columns, rows, note)


# Builds


@dataclass(frozen=True, slots=True)
class BuildTimes:
    """What the parts of one first build take."""

    parse: Spent
    graph: Spent
    snapshot: Spent

    @property
    def whole(self) -> Spent:
        """All parts together."""
        parts = (self.parse, self.graph, self.snapshot)
        return Spent(sum(p.processor for p in parts), sum(p.clock for p in parts))


def build_times(notes: Path, place: Path, effort: Effort, floors: dict[str, int]) -> BuildTimes:
    """A first build, part by part, each the median of its rounds."""
    corpus, parse = repeated(effort.rounds, lambda: read_corpus([notes]))
    expect("documents read", len(corpus.documents), floors["documents"])
    graph, related = repeated(effort.rounds, lambda: build_graph(corpus))

    def build(number: int) -> Spent:
        data = place / f"first-{number}"
        manifest, spent = timed(lambda: build_snapshot(data, corpus, graph))
        _checked(manifest, floors)
        shutil.rmtree(data)
        return spent

    return BuildTimes(parse, related, median_of(effort.rounds, build))


def build_table(notes: Path, place: Path, effort: Effort, floors: dict[str, int]) -> Table:
    """The parts of a first build, and the whole against parsing alone."""
    times = build_times(notes, place, effort, floors)
    parts = (
        ("reading and parsing", times.parse),
        ("concept graph", times.graph),
        ("snapshot and index", times.snapshot),
    )
    rows = [_build_row(name, spent, times.parse) for name, spent in (*parts, ("whole build", times.whole))]
    return Table("A first build", ("", "CPU s", "clock s", "times parsing"), tuple(rows))


def _build_row(name: str, spent: Spent, against: Spent) -> tuple[str, ...]:
    return name, f"{spent.processor:.3f}", f"{spent.clock:.3f}", _times(spent.processor, against.processor)


def again_table(notes: Path, data: Path, before: str, effort: Effort, floors: dict[str, int]) -> Table:
    """A build when nothing changed and one when one file did, against a first one and a look at every file.

    `before` is the id of the snapshot that is in `data`.
    """

    def first(number: int) -> Spent:
        manifest, spent = timed(lambda: build_library([notes], data.with_name(f"cold-{number}")))
        _checked(manifest, floors)
        return spent

    def unchanged(_: int) -> Spent:
        manifest, spent = timed(lambda: build_library([notes], data))
        expect("snapshot taken over", int(manifest.id == before), 1)
        return spent

    def changed(number: int) -> Spent:
        with _some_note(notes).open("a", encoding="utf-8") as file:
            file.write(f"\n\nOne more sentence, number {number}.\n")
        manifest, spent = timed(lambda: build_library([notes], data))
        _checked(manifest, floors)
        expect("snapshot made anew", int(manifest.id != before), 1)
        return spent

    cold = median_of(effort.rounds, first)
    same = median_of(effort.rounds, unchanged)
    one = median_of(effort.rounds, changed)
    look = median_of(effort.rounds, lambda _: timed(lambda: [f.stat() for f in sorted(notes.rglob("*"))])[1])
    named = (
        ("first", cold),
        ("nothing changed", same),
        ("one file changed", one),
        ("looking at every file", look),
    )
    rows = tuple((*_build_row(n, s, cold), _times(s.processor, look.processor)) for n, s in named)
    return Table("Builds one after another", ("", "CPU s", "clock s", "times first", "times looking"), rows)


def _some_note(notes: Path) -> Path:
    found = sorted(f for f in notes.rglob("*.md") if f.stat().st_size)
    return found[len(found) // 2]


def process_table(notes: Path, place: Path, effort: Effort) -> Table:
    """The command from a cold start, against importing and parsing alone."""
    reading = (
        "import sys, pathlib, corpus; print(len(corpus.read_corpus([pathlib.Path(sys.argv[1])]).documents))"
    )
    parsing = [sys.executable, "-c", reading, str(notes)]
    building = [sys.executable, "-m", "glosspath", "build", str(notes), "--data"]

    def parse(_: int) -> Spent:
        said, spent = timed_command(parsing)
        expect("documents read", int(said), 1)
        return spent

    def build(number: int) -> Spent:
        data = place / f"process-{number}"
        _, spent = timed_command([*building, str(data)])
        expect("documents in the snapshot", open_snapshot(data).manifest.counts["documents"], 1)
        return spent

    alone, whole = median_of(effort.rounds, parse), median_of(effort.rounds, build)
    rows = (_build_row("import and parse", alone, alone), _build_row("glosspath build", whole, alone))
    return Table("From a cold process", ("", "CPU s", "clock s", "times parsing"), rows)


# Questions, made from the notes' own labels


@dataclass(frozen=True, slots=True)
class Questions:
    """What is asked: labels that are defined, and queries made of their words."""

    concepts: tuple[Concept, ...]
    one_word: tuple[str, ...]
    some_words: tuple[str, ...]
    phrases: tuple[str, ...]
    typos: tuple[str, ...]
    any_word: tuple[str, ...]
    beginnings: tuple[str, ...]
    worst: Mapping[str, str]

    @classmethod
    def of(cls, snapshot: Snapshot, most: int) -> "Questions":
        """Spread over all concepts, the same for the same notes."""
        concepts = [c for c in snapshot.all_concepts() if c.definitions]
        labels = [_plain(c.pref_label) for c in concepts]
        words = [label.split() for label in labels]
        long = [label for label in labels if label.isalpha() and len(label) > 6]
        some = [" ".join(w[:3]) for w in words if len(w) > 1]
        one = _distinct([w[-1] for w in words if len(w[-1]) > 2], most)
        far = (f"{one[i]} {one[-i - 1]} {one[i // 2]}" for i in range(len(one) // 2))
        return cls(
            concepts=tuple(concepts[:: max(1, len(concepts) // most)][:most]),
            one_word=one,
            some_words=_distinct(some, most),
            phrases=_distinct([f'"{text}"' for text in some], most),
            typos=_distinct([word[:3] + word[4:] for word in long], most),
            any_word=_distinct([words for words in far if snapshot.search(words).any_word], most),
            beginnings=_distinct([label[:n] for label in labels for n in (2, 3, 5) if len(label) >= n], most),
            worst={
                "all words of a letter": " ".join(f"{letter}*" for letter in ascii_lowercase[:MOST_TERMS]),
                "any of many words": " OR ".join(one[:MOST_TERMS]),
                "typos of many words": " ".join(f"{word}~" for word in one[:MOST_TERMS]),
                "many in each other": " ".join(
                    f"({a} OR {b} -({c}*))" for a, b, c in _threes(one[:MOST_TERMS])
                ),
            },
        )


def _threes(words: Sequence[str]) -> Iterable[tuple[str, ...]]:
    return zip(words[::3], words[1::3], words[2::3], strict=False)


def _plain(label: str) -> str:
    """A label's words as somebody types them, without what a query language reads as an operator."""
    return " ".join(re.findall(r"[^\W_]+", label.casefold())) or label


def _distinct(items: Iterable[str], most: int) -> tuple[str, ...]:
    """At most so many of the items, each once, spread over all of them."""
    each = tuple(dict.fromkeys(items))
    return each[:: max(1, len(each) // most)][:most]


# Answers


def search_table(data: Path, questions: Questions) -> Table:
    """Search in process: every question new to the snapshot that is timed."""
    checked, asked = open_snapshot(data), open_snapshot(data)
    titled = Counter(word for c in checked.all_concepts() for word in set(_plain(c.pref_label).split()))
    asked.search("warm")

    def check(question: str, at_least: int = 1, any_word: bool = False) -> None:
        results = checked.search(question)
        expect(f"hits for {question!r}", results.total, at_least)
        if any_word:
            expect(f"answers with any of the words {question!r}", int(results.any_word), 1)

    kinds: tuple[tuple[str, Sequence[str], Callable[[str], None]], ...] = (
        ("one term", questions.one_word, lambda q: check(q, titled[q])),
        ("two or three words", questions.some_words, check),
        ("phrase", questions.phrases, check),
        ("typo", questions.typos, check),
        ("any of the words", questions.any_word, lambda q: check(q, 2, any_word=True)),
        *((f"worst: {name}", (query,), check) for name, query in questions.worst.items()),
    )
    rows = tuple(_latency_row(name, latency_of(q, fits, asked.search)) for name, q, fits in kinds if q)
    return Table("Search, with snippets", ("", "p50 ms", "p95 ms", "questions"), rows)


def suggestion_table(data: Path, questions: Questions) -> Table:
    """Completions of the first letters of labels."""
    snapshot = open_snapshot(data)

    def check(typed: str) -> None:
        expect(f"suggestions for {typed!r}", len(snapshot.suggest(typed)), 1)

    row = _latency_row("suggestions", latency_of(questions.beginnings, check, snapshot.suggest))
    return Table("Suggestions", ("", "p50 ms", "p95 ms", "questions"), (row,))


def page_table(data: Path, questions: Questions) -> Table:
    """Pages and the API through Flask, against an address that answers the same to everybody."""
    checked = create_app(data).test_client()
    lessons = [lesson.id for lesson in open_snapshot(data).lessons()]
    rows: list[tuple[str, ...]] = []
    constant = None
    for name, addresses in _addresses(questions, lessons):
        # A new application for each: what one page made the snapshot keep must not help the next.
        asked = create_app(data).test_client()
        shown = dict(addresses)
        latency = latency_of([a for a, _ in addresses], partial(_check_page, checked, shown), asked.get)
        constant = constant or latency
        rows.append((*_latency_row(name, latency), _times(latency.p50, constant.p50)))
    return Table("Pages and API", ("", "p50 ms", "p95 ms", "questions", "times constant"), tuple(rows))


def _check_page(client: FlaskClient, shown: Mapping[str, str], address: str) -> None:
    response = client.get(address)
    expect(f"{address} answers with status 200", int(response.status_code == HTTPStatus.OK), 1)
    expect(f"{shown[address]!r} in {address}", response.get_data(as_text=True).count(shown[address]), 1)


def _addresses(questions: Questions, lessons: Sequence[str]) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """(what, [(address, what its answer must hold)])."""
    concepts = questions.concepts
    searches = [quote(words) for words in questions.some_words or questions.one_word]
    beginnings = [quote(typed) for typed in questions.beginnings]
    named = [(quote(c.id), str(escape(c.pref_label))) for c in concepts]
    labelled = [(quote(c.pref_label, safe=""), c.id) for c in concepts]
    yield "constant: /healthz", [("/healthz", '"ok"')] * len(concepts)
    yield "page: concept", [(f"/concepts/{id}", label) for id, label in named]
    yield "page: lesson", [(f"/lessons/{quote(lesson)}", "<h1") for lesson in lessons]
    yield "page: path", [(f"/path/{id}", label) for id, label in named]
    yield "page: search", [(f"/search?q={words}", "hit-title") for words in searches]
    yield "page: glossary", [("/glossary", "<h1")] * len(concepts)
    yield "page: home", [("/", "<h1")] * len(concepts)
    yield "API: concept", [(f"/api/v1/concepts/{quote(c.id)}", f'"id":"{c.id}"') for c in concepts]
    yield "API: lookup", [(f"/api/v1/lookup?label={label}", id) for label, id in labelled]
    yield "API: search", [(f"/api/v1/search?q={words}", '"snippet"') for words in searches]
    yield "API: suggest", [(f"/api/v1/suggest?q={typed}", "prefLabel") for typed in beginnings]
    yield "API: path", [(f"/api/v1/path?to={quote(c.id)}", c.id) for c in concepts]


# Growth


def growth_table(notes: Path, place: Path, copies: int, concepts: Iterable[Concept]) -> Table:
    """Builds of half as many and as many renamed copies: what doubling costs."""
    known = list(concepts)
    heads = head_words(known)
    defined = sum(bool(concept.definitions) for concept in known)
    documents = len(read_corpus([notes]).documents)
    times = []
    for count in (copies // 2, copies):
        folder = multiply(notes, place / f"copies-{count}", count, heads)
        # A document in which no concept is named comes out the same each time: its copies are left out.
        floors = {"documents": documents * count * 9 // 10, "concepts": defined * count * 9 // 10}
        times.append(build_times(folder, place, Effort(1, 0), floors))
        shutil.rmtree(folder)
    half, full = times
    parts = (
        ("reading and parsing", half.parse, full.parse),
        ("concept graph", half.graph, full.graph),
        ("snapshot and index", half.snapshot, full.snapshot),
        ("whole build", half.whole, full.whole),
    )
    rows = tuple(
        (name, f"{one.processor:.3f}", f"{two.processor:.3f}", _times(two.processor, one.processor))
        for name, one, two in parts
    )
    columns = ("", f"{copies // 2} copies, CPU s", f"{copies} copies, CPU s", "times")
    return Table(f"Growth: {documents * copies} documents, {defined * copies} concepts", columns, rows)


# Rows


def counts_table(manifest: Manifest) -> Table:
    """What is measured."""
    return Table("Notes", ("", "count"), tuple((what, str(count)) for what, count in manifest.counts.items()))


def _latency_row(name: str, latency: Latency) -> tuple[str, ...]:
    return name, f"{latency.p50:.3f}", f"{latency.p95:.3f}", str(latency.answers)


def _times(one: float, other: float) -> str:
    return f"{one / other:.2f}" if other else "-"


if __name__ == "__main__":
    sys.exit(main())
