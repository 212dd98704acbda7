"""What the documents for authors say about problems, shapes and weights is what the code does."""

import re
from collections.abc import Callable
from pathlib import Path
from shutil import copy

import pytest
from conftest import REPOSITORY
from texts import document

from corpus.codes import MEANINGS
from corpus.folders import LARGEST
from corpus.frontmatter import read_front_matter
from corpus.model import DefinitionStyle
from corpus.paths import SUFFIXES
from corpus.reading import read_corpus
from glosspath.looking import IS
from graph import build_graph
from graph.evidence import LATER_SENTENCE, TAIL_OF_A_PHRASE, WEIGHTS, support
from graph.model import EvidenceKind
from indexer import all_problems

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
    assert problems_explained()[code].startswith(f"{severity}. ")
    assert (code in EXAMPLES) != (code in STRANGE_FILES)


def test_every_code_has_a_meaning_and_its_paragraph_begins_with_it() -> None:
    paragraphs = {code: text.split(". ", 1)[1] for code, text in problems_explained().items()}
    assert set(MEANINGS) == set(paragraphs)
    assert [code for code, meaning in MEANINGS.items() if not paragraphs[code].startswith(meaning)] == []


def examples_of_problems() -> dict[str, tuple[str, str]]:
    """By code: the example of docs/problems.md, and the lines that are said to come out."""
    found = {}
    for part in re.split(r"^### ", doc("problems.md"), flags=re.MULTILINE)[1:]:
        if example := re.search(r"```markdown\n(.*?)```\n\n((?: {4}[^\n]*(?:\n|\Z))+)", part, re.DOTALL):
            said = "\n".join(line[4:] for line in example[2].rstrip("\n").split("\n"))
            found[part.split("\n", 1)[0]] = example[1], said
    return found


EXAMPLES = examples_of_problems()


def problems_of_folder(notes: Path) -> list[str]:
    """All problems of a folder, as `glosspath check` prints them."""
    corpus = read_corpus([notes])
    return [
        f"{p.location.path}:{p.location.first_line}: {p.severity}: {p.message} [{p.code}]"
        for p in all_problems(corpus, build_graph(corpus))
    ]


@pytest.mark.parametrize("code", EXAMPLES)
def test_reading_an_example_gives_exactly_the_problem_that_it_is_for(tmp_path: Path, code: str) -> None:
    text, said = EXAMPLES[code]
    (tmp_path / "notes.md").write_text(text, encoding="utf-8")
    assert "\n".join(problems_of_folder(tmp_path)) == said
    assert said.endswith(f"[{code}]")


_GLOSSARY = "## Glossary\n\n" + "".join(
    f"**{word.capitalize()}**: what sailors call part number {number} on board.\n\n"
    for number, word in enumerate("anchor bilge bow deck helm hull keel mast oar prow rudder sail".split())
)


def _made_folder(folder: Path) -> None:
    folder.mkdir(parents=True)
    for name in ("index.html", "index.md"):
        (folder / name).write_text("Up and down.\n")


STRANGE_FILES: dict[str, Callable[[Path], object]] = {
    "link-outside": lambda notes: (notes / "odd.md").symlink_to(__file__),
    "too-large": lambda notes: (notes / "odd.md").write_bytes(b"ebb " * (LARGEST // 4 + 1)),
    "unreadable": lambda notes: (notes / "odd.md").symlink_to(notes / "gone.md"),
    "not-utf8": lambda notes: (notes / "odd.md").write_bytes("Die Flut läuft.".encode("cp1252")),
    "not-text": lambda notes: (notes / "odd.md").write_bytes(b"\x89PNG\0\0"),
    "bad-notebook": lambda notes: (notes / "odd.ipynb").write_text("<<<<<<< {"),
    "duplicate-file": lambda notes: copy(notes / "notes.md", notes / "odd.copy.md"),
    "made-folder": lambda notes: _made_folder(notes / "odd.d" / "build"),
    "other-format": lambda notes: (notes / "odd.txt").write_text("The ebb.\n"),
    "bad-settings": lambda notes: (notes / "glosspath.toml").write_text('titel = "Sea"\n'),
    "unused-term": lambda notes: (notes / "odd.md").write_text(_GLOSSARY),
}


@pytest.mark.parametrize("code", STRANGE_FILES)
def test_a_strange_file_gives_exactly_its_problem(tmp_path: Path, code: str) -> None:
    used = (
        "The anchor, the bow, a deck, the helm, a hull, the keel, one mast, an oar, a prow, a rudder, a sail."
    )
    (tmp_path / "notes.md").write_text(f"## Aboard\n\n{used}\n", encoding="utf-8")
    STRANGE_FILES[code](tmp_path)
    found = problems_of_folder(tmp_path)
    assert len(found) == 1
    assert found[0].startswith(("odd.", "glosspath.toml:1:"))
    assert found[0].endswith(f"[{code}]")


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
    parts = [f"{r.one} {IS[r.kind]} {r.other}" for r in read.relations]
    return "\n".join([*definitions, *kinds, *parts, *(f"question: {q.question}" for q in read.questions)])


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


# --- how-prerequisites-are-found.md --------------------------------------------------------------------


def test_the_table_of_evidence_has_every_kind_with_its_weight() -> None:
    rows = re.findall(
        r"^\| `([a-z-]+)` \| (0\.[0-9]+) \|", doc("how-prerequisites-are-found.md"), re.MULTILINE
    )
    assert {EvidenceKind(kind): float(weight) for kind, weight in rows} == WEIGHTS
    assert [float(weight) for _, weight in rows] == sorted(WEIGHTS.values(), reverse=True)


def test_what_makes_a_reason_weaker_has_the_factors_of_the_code() -> None:
    text = doc("how-prerequisites-are-found.md")
    assert f"later sentence of a definition (times {LATER_SENTENCE})" in " ".join(text.split())
    assert f'"chalk line" (times {TAIL_OF_A_PHRASE};' in text
    rows = re.findall(
        r"^\| (first|later|from A to Z)\b.*\| times ([0-9.]+) \| times ([0-9.]+) \|", text, re.MULTILINE
    )
    shares = {place: (float(more), float(less)) for place, more, less in rows}
    assert shares == {
        name: (support(order, True), support(order, False))
        for name, order in (("first", True), ("later", False), ("from A to Z", None))
    }


def test_the_documents_lead_to_one_another() -> None:
    for name in ("problems.md", "reading-notes.md", "how-prerequisites-are-found.md"):
        for target in re.findall(
            r"\]\(([^)#\s]+)", re.sub(r"```.*?```|`[^`\n]*`", "", doc(name), flags=re.DOTALL)
        ):
            assert (REPOSITORY / "docs" / target).exists(), f"{name}: {target}"
