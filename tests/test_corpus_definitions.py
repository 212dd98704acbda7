"""Where a text defines something, and where it does not."""

import re
from time import process_time

import pytest
from cases import Case, load
from hypothesis import given, settings
from texts import NOTES, document, lines, of_file

from corpus.definitions import RULES, points_to
from corpus.labels import label_words
from corpus.model import Definition, DefinitionStyle
from corpus.phrasing.noun_phrases import is_noun_phrase


def shown(definition: Definition) -> str:
    """A definition as the cases show it."""
    names = ", ".join(a.label for a in definition.aliases)
    text = " ¶ ".join(" ".join(part.split()) for part in definition.text.split("\n\n"))
    also = f" (= {names})" if names else ""
    return f"{definition.term}  {lines(definition.location)}  {definition.style}: {text}{also}"


@pytest.mark.parametrize("case", [*load("definitions.md"), *load("definitions-found.md")], ids=str)
def test_definitions(case: Case) -> None:
    found = document(*of_file(case.input)).definitions
    case.check("\n".join(map(shown, found)) or "nothing")


def test_every_rule_has_a_name_of_its_own_and_a_case() -> None:
    assert set(RULES) == set(DefinitionStyle)
    shown_styles = {
        s for case in load("definitions.md") for s in re.findall(r"\d  ([a-z-]+): ", case.expected)
    }
    assert shown_styles == set(DefinitionStyle)


def test_no_rule_is_certain_and_what_is_set_out_counts_more_than_running_prose() -> None:
    confidence = {style: max(c for _, c in rules) for style, rules in RULES.items()}
    assert all(0 < c < 1 for c in confidence.values())
    assert confidence[DefinitionStyle.HEADING] > confidence[DefinitionStyle.LINE_IS]
    assert confidence[DefinitionStyle.LINE_IS] > confidence[DefinitionStyle.IN_SENTENCE]


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("- falling tide\n\nSynonym for the ebb.", "ebb"),
        ("- falling tide\n\nAnother name for the ebb tide.", "ebb tide"),
        ("- falling tide\n\nThe tide that falls to the sea.", None),
    ],
)
def test_a_definition_that_only_points_elsewhere_says_where(text: str, target: str | None) -> None:
    (definition,) = document(text).definitions
    assert points_to(definition) == target


def check_html(text: str, *html: str) -> None:
    (definition,) = document(text).definitions
    assert [part for part in html if part not in definition.html] == []


def test_a_definition_keeps_its_markup() -> None:
    check_html("**Ebb**: the *falling* of the `tide`.", "<em>falling</em>", "<code>tide</code>")
    check_html("## Ebb\n\nThe falling [tide](t.md) in two steps:\n\n- out", '<a href="t.md">tide</a>', "<li>")


def test_a_definition_belongs_to_the_section_it_stands_in() -> None:
    read = document("# Sea\n\n## Words\n\n**Ebb**: the falling of the tide.\n", slug="sea")
    assert [(d.term, d.section) for d in read.definitions] == [("Ebb", "sea/words")]


@settings(max_examples=50)
@given(NOTES)
def test_the_words_of_a_term_stand_in_the_lines_of_its_definition(text: str) -> None:
    for definition in document(text).definitions:
        place = definition.location
        source = " ".join(text.split("\n")[place.first_line - 1 : place.last_line])
        assert (
            set(label_words(definition.term))
            <= {word for piece in re.split(r"[\s*_`\[\](){}#|:]+", source) for word in label_words(piece)}
            or definition.term in source
        )


@settings(max_examples=50)
@given(NOTES)
def test_passages_of_a_definition_lie_in_its_lines(text: str) -> None:
    for definition in document(text).definitions:
        assert definition.passages
        for part in definition.passages:
            assert definition.location.first_line <= part.location.first_line <= part.location.last_line
            assert part.location.last_line <= definition.location.last_line


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A net in a shed helps nobody but its owner.", False),
        ("A boat with a sail needs a keel.", False),
        ("A net of cords that catches the fish.", True),
        ("A set of points the same distance from one place.", True),
        ("A knot which holds an eye in the end of a line.", True),
    ],
)
def test_a_verb_and_its_object_make_a_sentence(text: str, expected: bool) -> None:
    assert is_noun_phrase(text) is expected


@pytest.mark.parametrize(
    "line",
    [
        "- **Hydration** = " + "water over " * 200 + "water is so!",
        "<<<" + "." * 5_000 + " x",
        "- Ab" + " " * 20_000 + "(x) is a thing",
    ],
)
def test_a_line_that_could_be_read_in_many_ways_is_read_at_once(line: str) -> None:
    began = process_time()
    document(f"# Bread\n\n{line}\n")
    assert process_time() - began < 3  # in all ways: for ever, or for minutes


HOSTILE = {
    "slashes in a cell": ("| Term | Meaning |\n|---|---|\n| Ebb", " / a", " | a tide |\n"),
    "borders in bullets": ("+--+\n| a\n\n", "+ +--+\n", ""),
    "tabs in a question": ("# Quiz\n\nWhat ", "\t", "?"),
    "options in a question": ("# Quiz\n\nWhat is ", "a. ", "?"),
    "options behind a mark": ("# Quiz\n\n**Q:** ", "a. ", ""),
    "names for short": ("A boat", ", or a for short", "."),
    "nested brackets": ("A boat ", "[(", ""),
    "stars": ("", "*a **b ", ""),
}


@pytest.mark.parametrize(("before", "sign", "behind"), HOSTILE.values(), ids=HOSTILE)
def test_time_is_linear_in_a_line_of_signs(before: str, sign: str, behind: str) -> None:
    """Twice the text takes about twice as long."""

    def seconds(size: int) -> float:
        text = before + sign * (size // len(sign)) + behind
        took = []
        for _ in range(3):
            started = process_time()
            document(text)
            took.append(process_time() - started)
        return min(took)

    assert seconds(20_000) < 3 * max(seconds(10_000), 0.2)


def test_notes_in_a_folder_of_people_define_no_concept() -> None:
    note = "# Ebba\n\nEbba is a sailor who likes long trips.\n"
    assert document(note, "crew/ebba.md").definitions
    assert not document(note, "people/ebba.md").definitions
