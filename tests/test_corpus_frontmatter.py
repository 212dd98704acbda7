"""What stands above a document's text and speaks about it, in YAML, TOML and JSON."""

import pytest
from cases import Case, load
from hypothesis import given
from hypothesis import strategies as st
from texts import document, lines

from corpus.frontmatter import FrontMatter, front_matter_of, read_front_matter


def as_shown(text: str) -> str:
    """Front matter and what stands under it, as the cases show it."""
    matter, read = front_matter_of(text), document(text)
    said = [
        f"lines: {matter.last_line}  title: {read.title}",
        *(f"also: {alias}" for alias in matter.aliases),
        *(f"needs: {name}" for name in matter.prerequisites),
        *([f"order: {matter.order:g}"] if matter.order is not None else []),
        *([f"language: {matter.language}"] if matter.language else []),
        *(f"{lines(d.location)}  {d.term}  {d.style}" for d in read.definitions),
        *(f"{lines(p.location)}  [{p.code}] {p.message}" for p in read.problems),
    ]
    return "\n".join(said)


@pytest.mark.parametrize("case", load("front-matter.md"), ids=str)
def test_front_matter(case: Case) -> None:
    case.check(as_shown(case.input))


def check_front_matter(text: str, expected: FrontMatter) -> None:
    assert read_front_matter(text) == expected


def test_title_other_names_order_and_prerequisites() -> None:
    check_front_matter(
        "title: Ebb\naliases: [falling tide, low run]\norder: 2\nprerequisites:\n  - tide\n  - moon\n",
        FrontMatter("Ebb", ("falling tide", "low run"), ("tide", "moon"), (5, 6), 2.0),
    )


def test_a_prerequisite_stands_in_the_line_of_its_words_below_its_key() -> None:
    text = "---\ntitle: Tide and moon\nPrerequisites: [tide,\n  spring tide, the\n  old moon]\n---\n"
    matter = front_matter_of(text)
    assert matter.prerequisites == ("tide", "spring tide", "the old moon")
    assert matter.prerequisite_lines == (3, 4, 0)
    assert front_matter_of("\n\ntide:: x\nrequires:: ebb, moon\n").prerequisite_lines == (4, 4)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("prerequisites:\n  - sailing\n  - sail", (2, 3)),
        ("prerequisites:\n  - site\n  - req", (2, 3)),
        ("requires: [sail]\nprereq:\n  - req\n", (3, 1)),
        ("title: moon\nrequires: C++, moon\n", (2, 2)),
    ],
)
def test_the_line_of_a_prerequisite_holds_its_whole_words_behind_the_key(
    text: str, lines: tuple[int, ...]
) -> None:
    assert read_front_matter(text).prerequisite_lines == lines


def test_lists_may_be_words_between_commas() -> None:
    check_front_matter("aka: falling tide, low run", FrontMatter(aliases=("falling tide", "low run")))


def test_names_that_are_given_twice_count_once() -> None:
    check_front_matter("aliases: [ebb, ebb]\nsynonyms: ebb", FrontMatter(aliases=("ebb",)))


def test_a_name_in_doubt_is_a_name() -> None:
    check_front_matter(
        'aliases: ["low run?", "falling tide ?", "?"]', FrontMatter(aliases=("low run", "falling tide"))
    )


def test_numbers_are_words_where_words_are_wanted_and_truth_is_no_number() -> None:
    check_front_matter("title: 2018\norder: true\naliases: [42]", FrontMatter("2018", ("42",)))


def test_what_is_something_else_is_passed_over() -> None:
    check_front_matter("title: [a, b]\naliases: {a: b}\norder: first\nprerequisites: 3", FrontMatter())
    check_front_matter("- a list", FrontMatter())
    check_front_matter("", FrontMatter())


@pytest.mark.parametrize(
    ("text", "error", "hint"),
    [
        ("title: a: b", 'the value of "title" holds a colon', "Write title: 'a: b'"),
        ("title: it's: b", 'the value of "title" holds a colon', "Write title: 'it''s: b'"),
        (
            "order: 1\nneeds: [a, [b,\nc: d",
            '"needs" opens a bracket that nothing closes',
            "Write needs: [a, [b]]",
        ),
        ("needs: [a, b]]", '"needs" closes a bracket that is not open', "Write needs: [a, b]"),
        ("needs: {a: b", '"needs" opens a bracket that nothing closes', "Write needs: {a: b}"),
        ("title: 'Ebb", '"title" opens a quote that nothing closes', "Write title: 'Ebb'"),
        (
            "title: Tides # note: draft\norder: 1\nneeds: a: b",
            'the value of "needs" holds a colon',
            "Write needs: 'a: b'",
        ),
        (
            'title: "Tides\n  and moons"\norder: 1\nneeds: a: b',
            'the value of "needs" holds a colon',
            "Write needs: 'a: b'",
        ),
        (
            "needs: [a, b # more: later\norder: 1",
            '"needs" opens a bracket that nothing closes',
            "Write needs: [a, b]",
        ),
        (
            "needs: [a, b]] more",
            '"needs" closes a bracket that is not open',
            "Quote values that hold a colon, and indent with spaces.",
        ),
        (
            "title: Ebb\n    and flow\norder: @1",
            "it is not valid YAML",
            "Quote values that hold a colon, and indent with spaces.",
        ),
        (
            "x: &x [*x]\ny: *z",
            "it is not valid YAML",
            "Quote values that hold a colon, and indent with spaces.",
        ),
    ],
)
def test_what_is_not_yaml_is_said_in_words(text: str, error: str, hint: str) -> None:
    matter = read_front_matter(text)
    assert (matter.error, matter.error_hint) == (error, hint)


def test_what_an_open_bracket_or_quote_holds_is_read_with_all_other_keys() -> None:
    matter = read_front_matter(
        'title: "Gybing\nprerequisites: [tack,\n  wind\norder: 3\naliases:\n  - jibe\n'
    )
    read = (matter.title, matter.prerequisites, matter.prerequisite_lines, matter.order, matter.aliases)
    assert read == ("Gybing", ("tack", "wind"), (2, 3), 3.0, ("jibe",))


def test_a_block_that_is_too_long_is_not_read() -> None:
    assert "longer than" in read_front_matter("title: " + "x" * 70_000).error


@pytest.mark.parametrize(
    "text",
    [
        "[" * 5000,
        "a: " + "{b: " * 3000,
        "order: 1e400",
        "a: !!python/object:os.system x",
        "a: &a {x: 1}\nb: &b {<<: [*a,*a]}\n" + "".join(f"c{n}: &b {{<<: [*b,*b,*b]}}\n" for n in range(99)),
        "aliases: &x [ebb, *x]",
        "order: .nan",
        "order: 1_000_000_000_000",
        "date: 2018-99-99",
        "a: 0b",
        "? [a]\n: b",
        "title: \ud800",
        "a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\ntitle: *c",
    ],
)
def test_hostile_yaml_is_read_without_raising(text: str) -> None:
    matter = read_front_matter(text)
    assert matter.order is None or abs(matter.order) < 1e9


@given(st.sampled_from(["YAML", "TOML", "JSON"]), st.text(max_size=200))
def test_any_text_is_read_without_raising(language: str, text: str) -> None:
    assert isinstance(read_front_matter(text, language), FrontMatter)


@given(
    st.sampled_from(["---\n", "+++\n", ";;;\n", "{", "---toml\n", "% ", ""]),
    st.text(alphabet='ab:=[]{}"\n\t -+;.#', max_size=80),
    st.sampled_from(["\n---\n", "\n+++\n", "\n;;;\n", "}\n", "\n"]),
)
def test_front_matter_ends_where_there_are_lines(opening: str, text: str, closing: str) -> None:
    whole = opening + text + closing
    matter = front_matter_of(whole)
    assert 0 <= matter.last_line <= whole.count("\n") + 1
    assert not matter.last_line or 1 <= matter.error_line <= matter.last_line + 1


def test_a_byte_order_mark_and_an_empty_line_may_stand_above_it() -> None:
    assert front_matter_of("\ufeff---\ntitle: Ebb\n---\n").title == "Ebb"
    assert front_matter_of("\n---\ntitle: Ebb\n---\n") == FrontMatter("Ebb", error_line=3, last_line=4)


def test_a_block_that_is_not_closed_is_text() -> None:
    assert document("---\ntitle: Ebb\n\nwords").title != "Ebb"


def test_the_title_comes_from_front_matter_then_the_first_heading_then_the_file() -> None:
    assert document("---\ntitle: One\n---\n# Two\n", "three.md").title == "One"
    assert document("# Two\n", "three.md").title == "Two"
    assert document("words", "three-or_four.md").title == "Three or four"


def test_a_bad_block_is_a_problem_and_the_rest_is_read() -> None:
    read = document("---\ntitle: a: b\n---\n\n**Ebb**: the falling of the tide.\n")
    assert [(p.code, p.location.first_line) for p in read.problems] == [("bad-front-matter", 2)]
    assert read.title == "a: b"
    assert [d.term for d in read.definitions] == ["Ebb"]
