"""What an author says in glosspath.toml, and what is said about what is wrong there."""

import re
from dataclasses import replace
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from texts import collapsed, corpus_of

from corpus import read_corpus
from corpus.model import Corpus, Settings, SourceLocation
from corpus.settings import excludes, read_settings
from graph import ConceptGraph, build_graph
from graph.model import Answer, ConceptId
from graph.paths import PrerequisiteGraph, why

REPOSITORY = Path(__file__).parent.parent

EVERYTHING = """\
title = "Seamanship"
language = "en"
exclude = ["drafts/"]
order = ["winds.md"]
source_url = "https://example.org/sea/blob/main/{path}#L{line}"

[labels]
same = [["ebb", "low run"]]
different = [["bank (river)",
              "bank (money)"]]

[[prerequisites]]
prerequisite = "moon"
target = "tide"
reason = "The moon pulls the water."

[[prerequisites]]
prerequisite = "ship"
target = "tide"
remove = true
"""


def read(text: str) -> Settings:
    """Settings in which nothing is wrong."""
    settings, problems = read_settings(text)
    assert problems == []
    return settings


def check_problems(text: str, *expected: str) -> Settings:
    """The problems as `line: message; hint`, and what was read all the same."""
    settings, problems = read_settings(text)
    assert {p.code for p in problems} == {"bad-settings"}
    assert [f"{p.location.first_line}: {p.message}; {p.hint}" for p in problems] == list(expected)
    return settings


def test_everything_that_can_be_set() -> None:
    settings = read(EVERYTHING)
    assert (settings.title, settings.language, settings.order) == ("Seamanship", "en", ("winds.md",))
    assert [(s.labels, s.same, s.location.first_line) for s in settings.labels] == [
        (("ebb", "low run"), True, 8),
        (("bank (river)", "bank (money)"), False, 9),
    ]
    assert [(p.prerequisite, p.target, p.remove) for p in settings.prerequisites] == [
        ("moon", "tide", False),
        ("ship", "tide", True),
    ]


def test_nothing_has_to_be_set() -> None:
    assert read("") == Settings()


def test_the_example_of_the_documents_is_read_without_a_problem() -> None:
    text = (REPOSITORY / "docs" / "reading-notes.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    settings = read(example)
    assert settings.include == ("build",)
    assert len(settings.prerequisites) == 2


def test_a_quote_stands_in_its_lines() -> None:
    texts = [
        EVERYTHING,
        EVERYTHING.replace('"The moon', '"""\nThe\n  moon').replace('water."', 'water."""'),
        EVERYTHING.replace('"The moon pulls', '"The m\\u006fon pulls').replace('"ship"', '"sh\\u0069p"'),
        'prerequisites = [{prerequisite = "moon", target = "tide"}, {prerequisite = "sun", target = "tide"}]',
    ]
    for text in texts:
        lines = text.split("\n")
        found = read(text).prerequisites
        assert len(found) == 2
        for said in found:
            place = said.location
            assert said.quote in collapsed(" ".join(lines[place.first_line - 1 : place.last_line]))


def test_a_key_that_there_is_not_names_the_near_miss() -> None:
    settings = check_problems(
        'titel = "Sea"\nlanguage = "en"\n[[prerequisites]]\nprerequisite = "a"\ntarget = "b"\nbecause = ""\n',
        "1: there is no setting 'titel'; Did you mean 'title'?",
        "6: there is no setting 'because'; These can be set: prerequisite, target, reason, remove.",
    )
    assert (settings.language, len(settings.prerequisites)) == ("en", 1)


def test_a_line_that_is_no_toml_costs_nothing_but_itself() -> None:
    settings = check_problems(
        'title = Sea\norder = ["a.md"]\n[labels]\nsame = [["ebb", "low run"]]\n',
        "1: it is not valid TOML; the line is passed over; Put words between quotes.",
    )
    assert (settings.order, len(settings.labels)) == (("a.md",), 1)


def test_values_of_another_kind_are_passed_over() -> None:
    check_problems(
        'title = 3\nexclude = [1]\nlabels = "x"\nprerequisites = ["a"]\n',
        "1: 'title' is not words; Write title = \"...\".",
        "2: 'exclude' is not a list of words; Write exclude = [\"...\"].",
        '3: \'labels\' is no table; Write [labels] and below it same = [["ebb", "low run"]].',
        "4: 'prerequisites' is no table; Write [[prerequisites]] and below it "
        'prerequisite = "..." and target = "...".',
    )


def test_a_prerequisite_needs_both_ends() -> None:
    check_problems(
        '[[prerequisites]]\nprerequisite = "a"\n\n'
        '[[prerequisites]]\nprerequisite = "a"\ntarget = "b"\nremove = 1',
        "1: 'target' is missing; Write target = \"...\".",
        "7: 'remove' is neither true nor false; Write remove = true.",
    )


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("example.org/{path}", "'source_url' is no address with {path} in it"),
        ("https://example.org/", "'source_url' is no address with {path} in it"),
        ("https://example.org/{path}#{row}", "'source_url' has {row}, which stands for nothing"),
        ("javascript:alert({path})", "'source_url' is no address with {path} in it"),
    ],
)
def test_an_address_that_is_none_is_not_taken(address: str, message: str) -> None:
    hint = 'Write it like "https://example.org/notes/blob/main/{path}#L{line}".'
    assert check_problems(f'source_url = "{address}"', f"1: {message}; {hint}").source_url == ""


def test_where_a_place_can_be_looked_at() -> None:
    settings = read(EVERYTHING)
    place = SourceLocation("a b/c.md", 3, 5)
    assert settings.source_address(place) == "https://example.org/sea/blob/main/a%20b/c.md#L3"
    inner = replace(settings, prefix="a b", source_url="https://example.org/{path}?{line}-{last_line}")
    assert inner.source_address(place) == "https://example.org/c.md?3-5"


@pytest.mark.parametrize(
    ("pattern", "left_out", "read"),
    [
        ("drafts/", "drafts a/drafts", "drafts.md a/drafting"),
        ("*.old.md", "a.old.md b/c.old.md", "a.md old.md"),
        ("/top.md", "top.md", "a/top.md"),
        ("a/**/z.md", "a/z.md a/b/z.md a/b/c/z.md", "z.md b/a/z.md"),
        ("week?/x.md", "week1/x.md", "week10/x.md"),
        ("[x].md", "[x].md", "x.md"),
        ("docs/**", "docs/a docs/a/b.md", "docs.md a/docs/b"),
        ("docs/**.md", "docs/a.md docs/a/b.md", "docs/a.txt"),
        ("a*b*c", "abc x/aXbXc abbcbc", "ab/c abcd"),
        ("a/*b/c*d", "a/b/cd a/xbb/ccdd", "a/b/x/cd a/bx/cd"),
        ("**/a*b/**/c*d", "ab/cd x/a/ab/cc/cxd x/ab/y/ccd", "a/b/cd ab/cdx"),
        ("*a*b**c", "xaxbx/c aab/y/abcc", "a/bc"),
    ],
)
def test_patterns_are_those_of_gitignore(pattern: str, left_out: str, read: str) -> None:
    settings = Settings(exclude=(pattern,))
    assert [path for path in left_out.split() if not excludes(settings, path)] == []
    assert [path for path in read.split() if excludes(settings, path)] == []


_PATTERN = st.lists(st.sampled_from(["a", "b", "/", "*", "**/", "**", "?"]), min_size=1, max_size=8).map(
    "".join
)
_PATH = st.lists(st.text("ab", min_size=1, max_size=4), min_size=1, max_size=4).map("/".join)


def _fits(pattern: str, path: str) -> bool:
    """Whether a pattern of a .gitignore fits, by trying everything."""
    if not pattern:
        return not path
    mark = next((m for m in ("**/", "**", "*", "?") if pattern.startswith(m)), pattern[0])
    rest = pattern[len(mark) :]
    if mark == "**/":
        ends = [0, *(n for n, sign in enumerate(path, 1) if sign == "/")]
    elif mark in ("**", "*"):
        ends = [n for n in range(len(path) + 1) if mark == "**" or "/" not in path[:n]]
    else:
        ends = [1] if path[:1] == mark or (mark == "?" and path[:1] not in ("", "/")) else []
    return any(_fits(rest, path[end:]) for end in ends)


@given(_PATTERN, _PATH)
def test_a_pattern_fits_what_trying_everything_finds(pattern: str, path: str) -> None:
    bare = pattern.rstrip("/").lstrip("/")
    if not bare or "***" in bare or "//" in bare or re.search(r"[^/]\*\*/", bare):
        return
    whole = bare if "/" in pattern.rstrip("/") else f"**/{bare}"
    assert excludes(Settings(exclude=(pattern,)), path) == _fits(whole, path)


@pytest.mark.parametrize("piece", ["*a", "**a", "**/a*", "*?a", "**/*a*/", "?*a*"])
def test_no_pattern_takes_long(piece: str) -> None:
    settings = Settings(exclude=(piece * 12 + "b",))
    start = process_time()
    assert not excludes(settings, "a" * 200)
    assert not excludes(settings, "a/" * 100 + "c")
    assert process_time() - start < 1


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"tides{n} = 1\n" for n in range(8000)),
        "".join(f'[[prerequisites]]\nebb = 1\ntarget = "{n}"\n' for n in range(8000)),
        "prerequisites = [\n"
        + "".join(f'{{prerequisite = "a{n}", target = "b{n}"}},\n' for n in range(8000))
        + "]",
        "[labels]\nsame = [\n" + "".join(f'["a{n}", "b{n}"],\n' for n in range(8000)) + "]",
    ],
)
def test_thousands_of_settings_take_no_time(text: str) -> None:
    start = process_time()
    _, problems = read_settings(text)
    assert process_time() - start < 3
    assert len(problems) <= 101
    assert not problems or "00 more settings" in problems[-1].message


def test_a_pattern_with_a_mark_takes_back() -> None:
    settings = Settings(exclude=("*.md", "!keep.md"))
    assert (excludes(settings, "a.md"), excludes(settings, "keep.md")) == (True, False)


@given(st.text(max_size=300))
def test_any_text_is_read_without_raising(text: str) -> None:
    settings, problems = read_settings(text)
    assert isinstance(settings, Settings)
    assert {p.code for p in problems} <= {"bad-settings"}


@given(st.lists(st.sampled_from(EVERYTHING.split("\n")), max_size=30))
def test_any_mix_of_lines_is_read_with_places_that_exist(lines: list[str]) -> None:
    settings, problems = read_settings("\n".join(lines))
    places = [
        *(p.location for p in problems),
        *(s.location for s in settings.labels),
        *(s.location for s in settings.prerequisites),
    ]
    assert [p for p in places if not 1 <= p.first_line <= p.last_line <= max(1, len(lines))] == []


# --- what becomes of it ------------------------------------------------------------------------------------

NOTES = """\
**Moon**: the light of the night that goes around the earth.

**Ship**: a vessel that sails far out on the sea.

**Tide**: what lifts a ship twice a day and lowers it again.

**Ebb**: the hours in which the sea falls, also called falling hours.

**Low run**: six hours in which all water leaves the harbour.
"""


def said(settings: str, notes: str = NOTES) -> tuple[Corpus, ConceptGraph]:
    """A corpus with its settings, and the graph that comes out."""
    corpus = replace(corpus_of(notes), settings=(read(settings),))
    return corpus, build_graph(corpus)


def labels(graph: ConceptGraph) -> list[str]:
    return [" = ".join((c.pref_label, *c.alt_labels)) for c in graph.concepts]


def test_names_that_are_said_to_be_one_are_one_called_by_the_first() -> None:
    assert labels(said("")[1]) == ["Moon", "Ship", "Tide", "Ebb = falling hours", "Low run"]
    _, graph = said('[labels]\nsame = [["low run", "ebb"]]')
    assert labels(graph) == ["Moon", "Ship", "Tide", "low run = ebb = falling hours"]
    assert len(graph.concepts[-1].definitions) == 2


def test_names_that_are_said_to_be_different_stay_apart() -> None:
    text = NOTES.replace("falling hours", "low run")
    _, graph = said('[labels]\ndifferent = [["ebb", "low run"]]', text)
    assert labels(graph) == ["Moon", "Ship", "Tide", "Ebb", "Low run"]
    _, graph = said('[labels]\ndifferent = [["ebb", "falling hours"]]')
    assert labels(graph)[3] == "Ebb"


def edges(graph: ConceptGraph) -> list[str]:
    return [f"{e.prerequisite} > {e.target}" for e in graph.prerequisites]


def test_a_prerequisite_that_is_added_stands_on_its_reason() -> None:
    text = '[[prerequisites]]\nprerequisite = "Moon"\ntarget = "tide"\nreason = "It pulls the water."'
    _, graph = said(text)
    assert edges(graph) == ["moon > tide", "ship > tide"]
    (evidence,) = graph.prerequisites[0].evidence
    assert (evidence.kind, evidence.quote) == ("stated", "It pulls the water.")
    assert evidence.location == SourceLocation("glosspath.toml", 4, 4)


def test_what_an_author_states_is_believed_before_what_a_definition_says() -> None:
    _, graph = said('[[prerequisites]]\nprerequisite = "tide"\ntarget = "ship"\n')
    assert edges(graph) == ["tide > ship"]


def test_a_prerequisite_that_is_removed_is_kept_out_and_why_says_so() -> None:
    text = (
        '[[prerequisites]]\nprerequisite = "ship"\ntarget = "tide"\nremove = true\nreason = "It only rides."'
    )
    _, graph = said(text)
    assert edges(graph) == []
    assert [p.code for p in graph.problems if p.code == "circular-definition"] == []
    walk = PrerequisiteGraph({c.id: c.position for c in graph.concepts}, graph.prerequisites, graph.dropped)
    answer = why(walk, ConceptId("ship"), ConceptId("tide"))
    assert answer.answer is Answer.DROPPED
    assert answer.dropped is not None
    assert (answer.dropped.reason, answer.dropped.loop) == ("It only rides.", ())
    assert answer.dropped.removed_at == SourceLocation("glosspath.toml", 5, 5)


def test_labels_that_no_concept_has_are_problems_with_the_near_miss() -> None:
    text = (
        '[labels]\nsame = [["tyde", "flod"]]\ndifferent = [["tide", "tides"]]\n'
        '[[prerequisites]]\nprerequisite = "mooon"\ntarget = "tide"\n'
        '[[prerequisites]]\nprerequisite = "tide"\ntarget = "tides"\n'
    )
    _, graph = said(text)
    assert [
        f"{p.location.first_line}: {p.message}; {p.hint}" for p in graph.problems if p.code == "bad-settings"
    ] == [
        "2: no concept is called 'tyde'; Did you mean 'Tide'?",
        (
            "3: labels that are to be different differ only in case, number or hyphens; "
            "Give one of them a name of its own in the notes, as in bank (river)."
        ),
        "5: no concept is called 'mooon'; Did you mean 'Moon'?",
        "8: 'tide' and 'tides' are one concept; A concept is not before itself: name another one.",
    ]


# --- in a folder -------------------------------------------------------------------------------------------


def test_title_order_and_what_is_left_out(tmp_path: Path) -> None:
    for name in ("winds.md", "tides.md", "drafts/a.md", "site/b.md", "site/index.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("words", encoding="utf-8")
    (tmp_path / "glosspath.toml").write_text(EVERYTHING.replace("order", 'include = ["site"]\norder'))
    corpus = read_corpus([tmp_path])
    assert (corpus.title, [d.path for d in corpus.documents]) == (
        "Seamanship",
        ["winds.md", "site/b.md", "tides.md"],
    )
    assert corpus.problems == ()


def test_each_of_several_folders_has_its_own(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.md").write_text("words", encoding="utf-8")
        (tmp_path / name / "b.md").write_text("words", encoding="utf-8")
    (tmp_path / "two" / "glosspath.toml").write_text('order = ["b.md"]\nnothing = 1\n')
    corpus = read_corpus([tmp_path / "one", tmp_path / "two"])
    assert [d.path for d in corpus.documents] == ["one/a.md", "one/b.md", "two/b.md", "two/a.md"]
    assert [(s.prefix, s.order) for s in corpus.settings] == [("one", ()), ("two", ("b.md",))]
    assert [f"{p.location.path}:{p.location.first_line}" for p in corpus.problems] == ["two/glosspath.toml:2"]
