"""What the documents for authors say about problems, shapes and weights is what the code does."""

import re

import pytest
from conftest import REPOSITORY
from texts import document

from corpus.files import LARGEST, SUFFIXES
from corpus.frontmatter import read_front_matter
from corpus.model import DefinitionStyle
from graph.evidence import LATER_SENTENCE, TAIL_OF_A_PHRASE, WEIGHTS
from graph.model import EvidenceKind

_RAISED = re.compile(
    r'(?:Problem|unread)\(\s*(?:[\w.]+,\s*)?"(?P<code>[a-z0-9-]+)",\s*(?:Severity\.(?P<severity>\w+))?'
)


def doc(name: str) -> str:
    return (REPOSITORY / "docs" / name).read_text(encoding="utf-8")


# --- problems.md -------------------------------------------------------------------------------------------


def problems_in_the_code() -> dict[str, str]:
    """Every code that the reader and the graph can report, with its severity."""
    sources = [*(REPOSITORY / "corpus").glob("*.py"), *(REPOSITORY / "graph").glob("*.py")]
    found = [m for file in sources for m in _RAISED.finditer(file.read_text(encoding="utf-8"))]
    return {m["code"]: (m["severity"] or "WARNING").capitalize() for m in found}


def problems_explained() -> dict[str, str]:
    """Every code that has a paragraph, with that paragraph."""
    parts = re.split(r"^### ", doc("problems.md"), flags=re.MULTILINE)[1:]
    return {
        head: " ".join(text.split("\n## ")[0].split()) for head, text in (p.split("\n", 1) for p in parts)
    }


def test_every_code_has_its_paragraph_and_every_paragraph_its_code() -> None:
    assert set(problems_explained()) == set(problems_in_the_code())
    assert len(problems_in_the_code()) >= 15


@pytest.mark.parametrize(("code", "severity"), sorted(problems_in_the_code().items()))
def test_a_paragraph_says_how_bad_it_is_and_gives_an_example(code: str, severity: str) -> None:
    paragraph = problems_explained()[code]
    assert paragraph.startswith(f"{severity}. ")
    assert "Example: " in paragraph


def test_the_size_of_a_file_that_is_too_large_is_the_one_in_the_code() -> None:
    assert LARGEST == 8_000_000
    assert "eight million bytes" in problems_explained()["too-large"]


# --- reading-notes.md --------------------------------------------------------------------------------------


def examples() -> list[tuple[str, str]]:
    """Each example of docs/reading-notes.md and what is said to come out."""
    found = re.findall(r"```markdown\n(.*?)```\n\n((?: {4}[^\n]*\n)+)", doc("reading-notes.md"), re.DOTALL)
    return [(text, "\n".join(line[4:] for line in said.rstrip("\n").split("\n"))) for text, said in found]


def what_is_read(text: str) -> str:
    """Definitions, kinds and questions in the words of docs/reading-notes.md."""
    read = document(text)
    definitions = [
        " = ".join([f"{d.term} ({d.style})", *(a.label for a in d.aliases)]) for d in read.definitions
    ]
    kinds = [f"{k.narrower} is a kind of {k.broader}" for k in read.kinds]
    return "\n".join([*definitions, *kinds, *(f"question: {q.question}" for q in read.questions)])


def test_there_is_an_answer_to_every_example() -> None:
    assert len(examples()) == doc("reading-notes.md").count("```markdown") >= 10


@pytest.mark.parametrize(("text", "said"), examples(), ids=lambda words: words.split("\n")[0])
def test_what_an_example_is_said_to_give_is_what_is_read(text: str, said: str) -> None:
    assert what_is_read(text) == said


def test_every_shape_is_explained() -> None:
    assert [style for style in DefinitionStyle if f"`{style}`" not in doc("reading-notes.md")] == []


def test_every_suffix_and_every_key_that_is_named_is_read() -> None:
    text = doc("reading-notes.md")
    assert [suffix for suffix in SUFFIXES if f"`{suffix}`" not in text] == []
    row = re.search(r"^\| (`aliases`.*?) \|", text, re.MULTILINE)
    needs = re.search(r"^\| (`prerequisites`.*?) \|", text, re.MULTILINE)
    assert row
    assert needs
    assert all(
        read_front_matter(f"{key}: [ebb]").aliases == ("ebb",) for key in re.findall(r"`(\w+)`", row[1])
    )
    assert all(
        read_front_matter(f"{k}: [ebb]").prerequisites == ("ebb",) for k in re.findall(r"`(\w+)`", needs[1])
    )


# --- prerequisites.md --------------------------------------------------------------------------------------


def test_the_table_of_evidence_has_every_kind_with_its_weight() -> None:
    rows = re.findall(r"^\| `([a-z-]+)` \| ([0-9.]+) \|", doc("prerequisites.md"), re.MULTILINE)
    assert {EvidenceKind(kind): float(weight) for kind, weight in rows} == WEIGHTS
    assert [float(weight) for _, weight in rows] == sorted(WEIGHTS.values(), reverse=True)


def test_what_makes_a_reason_weaker_has_the_factors_of_the_code() -> None:
    text = doc("prerequisites.md")
    assert f"later sentence of a definition (times {LATER_SENTENCE})" in " ".join(text.split())
    assert f'"gradient step" (times {TAIL_OF_A_PHRASE})' in text


def test_the_documents_lead_to_one_another() -> None:
    for name in ("problems.md", "reading-notes.md", "prerequisites.md"):
        for target in re.findall(r"\]\(([^)#\s]+)", re.sub(r"`[^`\n]*`", "", doc(name))):
            assert (REPOSITORY / "docs" / target).exists(), f"{name}: {target}"
