"""Files as a corpus: what is opened, what is left out and said so, in which order."""

import json
import os
import socket
import sys
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus import read_corpus
from corpus.encodings import decoded
from corpus.errors import NoNotes, NotesNotFound
from corpus.folders import LARGEST
from corpus.reading import reader_version, sample_folder

EBB = "**Ebb**: the falling of the tide.\n"


def write(folder: Path, **files: str | bytes) -> Path:
    """Files by their names; `__` stands for a slash, and Markdown is what has no other suffix."""
    for name, content in files.items():
        path = name.replace("__", "/")
        file = folder / (path if "." in path else f"{path}.md")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def check_read(folder: Path, *expected: str) -> None:
    """What was read, in order, and after it what was not as it should be: `path [code]`."""
    corpus = read_corpus([folder])
    problems = [f"{p.location.path} [{p.code}]" for p in corpus.problems]
    assert [*(d.path for d in corpus.documents), *problems] == list(expected)


# --- which files -------------------------------------------------------------------------------------------


def test_markdown_and_notebooks_in_all_folders_but_hidden_ones(tmp_path: Path) -> None:
    files = [
        "a.md",
        "b.markdown",
        "c/d.MD",
        "e.ipynb",
        ".f.md",
        ".g/h.md",
        "node_modules/i.md",
        "j.txt",
        "k.html",
    ]
    for name in files:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text('{"cells": []}' if name.endswith("ipynb") else "words")
    found = {d.path for d in read_corpus([tmp_path]).documents}
    assert found == {"a.md", "b.markdown", "c/d.MD", "e.ipynb"}


def test_a_single_file(tmp_path: Path) -> None:
    corpus = read_corpus([write(tmp_path, a=EBB, b=EBB) / "a.md"])
    assert [d.path for d in corpus.documents] == ["a.md"]
    assert corpus.roots == {"": str(tmp_path.resolve())}


def test_several_roots_are_told_apart_by_their_names(tmp_path: Path) -> None:
    write(tmp_path, one__a=EBB, two__a=EBB, x__one__a=EBB)
    corpus = read_corpus([tmp_path / "one", tmp_path / "two", tmp_path / "x" / "one", tmp_path / "one"])
    assert [d.path for d in corpus.documents] == ["one/a.md", "one-2/a.md", "two/a.md"]
    assert set(corpus.roots) == {"one", "one-2", "two"}
    assert len({d.slug for d in corpus.documents}) == 3


def test_slugs_are_unique_and_readable(tmp_path: Path) -> None:
    corpus = read_corpus([write(tmp_path, **{"1 - The Sea!.md": "a", "1---the-sea.md": "b", "ä/b.md": "c"})])
    assert sorted(d.slug for d in corpus.documents) == ["1-the-sea", "1-the-sea-2", "ä/b"]
    corpus = read_corpus(
        [write(tmp_path / "more", **{"2.1 ebb.md": "a", "README.fr.md": "b", "./c.md": "c"})]
    )
    assert [d.slug for d in corpus.documents] == ["2-1-ebb", "c", "readme-fr"]


# --- strange files -----------------------------------------------------------------------------------------


def test_a_byte_order_mark_is_no_text(tmp_path: Path) -> None:
    check_read(write(tmp_path, a=b"\xef\xbb\xbf# Sea\n"), "a.md")
    assert read_corpus([tmp_path]).documents[0].title == "Sea"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_other_encodings_are_read_and_reported(tmp_path: Path, encoding: str) -> None:
    check_read(write(tmp_path, a="# Größe\n\nWords.\n".encode(encoding)), "a.md", "a.md [not-utf8]")
    assert read_corpus([tmp_path]).documents[0].title == "Größe"


@pytest.mark.parametrize(
    ("encoding", "name", "text"),
    [
        ("cp1252", "Windows-1252", "La marée est le mouvement de la mer, créée par la lune à l’équinoxe.\n"),
        ("cp1251", "Windows-1251", "Прилив это подъём воды, и он не всегда высокий.\n"),
        ("koi8-r", "KOI8-R", "Прилив это подъём воды, и он не всегда высокий.\n"),
        ("cp1250", "Windows-1250", "Pływ jest to wznoszenie się wody i nie zawsze jest on wysoki.\n"),
        ("cp1253", "Windows-1253", "Η παλίρροια είναι η κίνηση του νερού και δεν είναι το ίδιο.\n"),
        ("gb18030", "GB 18030", "海是深的，风来的时候浪很高。这是一个关于海的笔记，我们在这里。\n"),
        ("big5", "Big5", "海是深的，風來的時候浪很高。這是一個關於海的筆記，我們在這裡。\n"),
        ("shift_jis", "Shift JIS", "海は深く、風が来ると波が高くなります。\n"),
        ("euc_jp", "EUC-JP", "海は深く、風が来ると波が高くなります。\n"),
        ("euc_kr", "EUC-KR", "바다는 깊고 바람이 오면 파도가 높다.\n"),
    ],
)
def test_an_encoding_is_guessed_by_the_words_that_it_makes(encoding: str, name: str, text: str) -> None:
    assert decoded(f"# Sea\n\n{text}".encode(encoding)) == (f"# Sea\n\n{text}", name)


def test_a_few_odd_bytes_in_other_words_are_western(tmp_path: Path) -> None:
    write(tmp_path, a=b"# Sea\n\nIt is \x93high\x94 water \x96 now.\n")
    corpus = read_corpus([tmp_path])
    assert [p.message for p in corpus.problems] == ["is not UTF-8; it is read as Windows-1252"]
    assert corpus.documents[0].sections[0].passages[0].text == "It is “high” water – now."


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names")
def test_a_pipe_is_left_out_and_nobody_waits_for_it(tmp_path: Path) -> None:
    write(tmp_path, a=EBB)
    os.mkfifo(tmp_path / "b.md")
    os.mkfifo(tmp_path / "mkdocs.yml")
    check_read(tmp_path, "a.md", "b.md [unreadable]")


def test_a_copy_of_a_file_is_told_once_and_no_second_lesson(tmp_path: Path) -> None:
    text = (
        "# Sea\n\n## Ebb\n\nThe falling of the tide, which lasts for six hours or so.\n\n"
        "See [more](gone.md) of it, and what comes after it.\n"
    )
    write(tmp_path, **{"a copy.md": text, "a.md": text, "x/a.md": text, "b.md": EBB, "c.md": EBB})
    corpus = read_corpus([tmp_path])
    assert [lesson.path for lesson in corpus.lessons] == ["a.md", "b.md", "c.md"]
    assert [(p.location.path, p.code, p.message) for p in corpus.problems] == [
        ("a copy.md", "duplicate-file", "is left out: it is a copy of a.md"),
        ("x/a.md", "duplicate-file", "is left out: it is a copy of a.md"),
    ]


def test_a_folder_that_is_called_like_a_file_is_a_folder(tmp_path: Path) -> None:
    check_read(write(tmp_path, **{"a.md/b.md": EBB}), "a.md/b.md")


def test_a_folder_that_cannot_be_opened_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, a=EBB, shut__b=EBB)
    scandir = os.scandir

    def refused(folder: Path) -> object:
        if Path(folder).name == "shut":
            raise PermissionError(13, "Permission denied", str(folder))
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", refused)
    check_read(tmp_path, "a.md", "shut [unreadable]")


def test_a_file_that_vanishes_while_it_is_read_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, a=EBB, b=EBB)
    opened = os.open

    def too_late(file: Path, flags: int) -> int:
        if Path(file).name == "b.md":
            Path(file).unlink(missing_ok=True)
        return opened(file, flags)

    monkeypatch.setattr(os, "open", too_late)
    check_read(tmp_path, "a.md", "b.md [unreadable]")


@pytest.mark.parametrize(
    ("files", "left_out"),
    [
        ("build/index.html build/a.md", "build [made-folder]"),
        ("docs/site/sitemap.xml docs/site/a.md", "docs/site [made-folder]"),
        ("target/a.md Cargo.toml", "target [made-folder]"),
        ("vendor/a.md go.mod", "vendor [made-folder]"),
        ("env/pyvenv.cfg env/a.md", "env [made-folder]"),
        ("any/CACHEDIR.TAG any/a.md", "any [made-folder]"),
        ("_build/a.md _site/a.md node_modules/a.md .venv/a.md .obsidian/a.md .trash/a.md", ""),
    ],
)
def test_folders_that_programs_fill_are_left_out(tmp_path: Path, files: str, left_out: str) -> None:
    for name in files.split():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(EBB)
    check_read(write(tmp_path, notes=EBB), "notes.md", *filter(None, [left_out]))


@pytest.mark.parametrize(
    ("names", "told"),
    [
        ("03_tides.txt", "03_tides.txt [other-format]"),
        ("a.rst b.org c.adoc d.docx e.txt", "a.rst [other-format]"),
        ("more/a.txt", ""),
        ("notes.txt requirements.txt requirements-dev.txt LICENSE.txt robots.txt .b.txt c.png d.py", ""),
    ],
)
def test_texts_of_other_formats_beside_notes_are_told(tmp_path: Path, names: str, told: str) -> None:
    for name in names.split():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("Up and down.\n")
    check_read(write(tmp_path, notes=EBB), "notes.md", *filter(None, [told]))


def test_of_many_texts_of_other_formats_three_are_named(tmp_path: Path) -> None:
    for name in "abcde":
        (tmp_path / f"{name}.txt").write_text("Up and down.\n")
    (problem,) = read_corpus([write(tmp_path, notes=EBB)]).problems
    assert problem.message == "is not read: it is no Markdown; nor are b.txt, c.txt and 2 more"


def test_folders_of_the_same_names_that_people_fill_are_read(tmp_path: Path) -> None:
    names = "build/a.md dist/a.md docs/a.md out/a.md public/a.md site/a.md target/a.md vendor/a.md"
    write(tmp_path, **dict.fromkeys(names.split(), EBB))
    check_read(tmp_path, *names.split())


def test_a_file_that_is_not_text_is_left_out(tmp_path: Path) -> None:
    check_read(write(tmp_path, a=b"\x89PNG\0\0", b=EBB), "b.md", "a.md [not-text]")


def test_a_text_with_a_few_zero_bytes_is_read_without_them(tmp_path: Path) -> None:
    check_read(write(tmp_path, a=EBB.encode() + b"The sea\0is wide.\0"), "a.md", "a.md [not-text]")
    (document,) = read_corpus([tmp_path]).documents
    assert any("The sea\N{REPLACEMENT CHARACTER}is wide" in p.text for p in document.sections[-1].passages)


def test_a_huge_file_is_left_out_and_its_size_said(tmp_path: Path) -> None:
    write(tmp_path, a=EBB, b="")
    os.truncate(tmp_path / "b.md", LARGEST + 1_500_000)
    check_read(tmp_path, "a.md", "b.md [too-large]")
    (problem,) = read_corpus([tmp_path]).problems
    assert problem.message == "is left out: it has 9.5 MB, and no more than 8 MB are read"
    assert problem.hint.startswith("Split it, or write largest_mb = 10 in glosspath.toml")


def test_an_author_can_have_larger_files_read(tmp_path: Path) -> None:
    write(tmp_path, a=EBB, b="word " * 250_000)
    (tmp_path / "glosspath.toml").write_text("largest_mb = 1")
    check_read(tmp_path, "a.md", "b.md [too-large]")
    (tmp_path / "glosspath.toml").write_text("largest_mb = 2")
    check_read(tmp_path, "a.md", "b.md")


def test_a_notebook_may_be_larger_for_its_pictures(tmp_path: Path) -> None:
    picture = {"output_type": "display_data", "data": {"image/png": "A" * (LARGEST + 1)}}
    cells = [{"cell_type": "code", "source": ["plot()"], "outputs": [picture]}]
    write(tmp_path, **{"a.ipynb": json.dumps({"cells": cells, "metadata": {}, "nbformat": 4}, indent=1)})
    check_read(tmp_path, "a.ipynb")


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="there are no sockets with names")
def test_a_socket_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(write(tmp_path, a=EBB))  # the name of a socket has to be short
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("b.md")
        check_read(tmp_path, "a.md", "b.md [unreadable]")
    assert "a device or a pipe" in read_corpus([tmp_path]).problems[0].message


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may open any file")
def test_a_file_that_may_not_be_opened_is_left_out(tmp_path: Path) -> None:
    write(tmp_path, a=EBB, b=EBB)
    (tmp_path / "b.md").chmod(0)
    check_read(tmp_path, "a.md", "b.md [unreadable]")


def test_a_link_that_leads_to_itself_is_left_out(tmp_path: Path) -> None:
    write(tmp_path, a=EBB)
    (tmp_path / "b.md").symlink_to("b.md")
    check_read(tmp_path, "a.md", "b.md [unreadable]")


def test_a_link_to_nothing_is_left_out(tmp_path: Path) -> None:
    write(tmp_path, a=EBB)
    (tmp_path / "b.md").symlink_to("gone.md")
    check_read(tmp_path, "a.md", "b.md [unreadable]")


def test_a_link_out_of_the_notes_is_not_followed(tmp_path: Path) -> None:
    secret = write(tmp_path, secret=EBB) / "secret.md"
    notes = write(tmp_path / "notes", a=EBB)
    (notes / "b.md").symlink_to(secret)
    (notes / "folder").symlink_to(tmp_path)
    (tmp_path / "elsewhere.toml").write_text('title = "Secret"\n', encoding="utf-8")
    (notes / "glosspath.toml").symlink_to(tmp_path / "elsewhere.toml")
    check_read(notes, "a.md", "glosspath.toml [link-outside]", "b.md [link-outside]", "folder [link-outside]")


def test_a_link_within_the_notes_is(tmp_path: Path) -> None:
    write(tmp_path, a=EBB)
    (tmp_path / "b.md").symlink_to("a.md")
    check_read(tmp_path, "a.md", "b.md")


def test_a_notebook_that_is_none_is_reported(tmp_path: Path) -> None:
    write(tmp_path, **{"a.ipynb": "no notebook"})
    (document,) = read_corpus([tmp_path]).documents
    assert [p.code for p in document.problems] == ["bad-notebook"]


def test_old_line_ends_and_odd_separators_count_as_editors_count(tmp_path: Path) -> None:
    write(tmp_path, a="# Sea\r\n\r\nWords\u2028and\x0c more.\r\r**Ebb**: the falling of the tide.\n")
    (document,) = read_corpus([tmp_path]).documents
    assert [(d.term, d.location.first_line) for d in document.definitions] == [("Ebb", 5)]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux takes any bytes as a name")
def test_a_name_that_is_not_utf8_can_still_be_written_out(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/a\xff.md")).write_text(EBB)
    (document,) = read_corpus([tmp_path]).documents
    assert document.path.encode("utf-8").decode() == "a\N{REPLACEMENT CHARACTER}.md"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such names")
def test_names_that_can_only_be_written_alike_are_told_apart(tmp_path: Path) -> None:
    for name in ("a\nb.md", "a\tb.md", "a & b?.md"):
        (tmp_path / name).write_text(EBB)
    found = read_corpus([tmp_path]).documents
    mark = "\N{REPLACEMENT CHARACTER}"
    assert sorted(d.path for d in found) == ["a & b?.md", f"a{mark}b-2.md", f"a{mark}b.md"]
    assert len({d.slug for d in found}) == 3


def test_names_that_differ_in_case_only_are_two_documents(tmp_path: Path) -> None:
    write(tmp_path, a=EBB, A=EBB)
    if len(list(tmp_path.iterdir())) == 2:
        assert {d.slug for d in read_corpus([tmp_path]).documents} == {"a", "a-2"}


def test_folders_deeper_than_calls_can_nest_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    depth = min(1200, (4000 - len(str(tmp_path))) // 2)
    for _ in range(depth):
        Path("d").mkdir()
        os.chdir("d")
    Path("a.md").write_text(EBB)
    (document,) = read_corpus([tmp_path]).documents
    assert document.path == "d/" * depth + "a.md"
    for _ in range(depth):
        # pytest's own clearing away nests its calls.
        Path("a.md").unlink(missing_ok=True)
        os.chdir("..")
        Path("d").rmdir()


# --- nothing to read ---------------------------------------------------------------------------------------


def test_notes_that_are_not_there_name_the_near_miss(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    with pytest.raises(NotesNotFound, match=r"There is no '.*/note'. Did you mean '.*/notes'\?"):
        read_corpus([tmp_path / "note"])
    with pytest.raises(NotesNotFound, match="Give a folder of Markdown notes"):
        read_corpus([tmp_path / "nowhere" / "at-all"])


def test_a_folder_without_notes_says_what_is_wanted(tmp_path: Path) -> None:
    with pytest.raises(NoNotes, match=r"Markdown \(.md\) or Jupyter notebooks"):
        read_corpus([tmp_path])


def test_a_folder_of_unreadable_notes_says_why(tmp_path: Path) -> None:
    with pytest.raises(NoNotes, match=r"a.md is left out: it is not text"):
        read_corpus([write(tmp_path, a=b"\0")])


# --- order and titles --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("mkdocs.yml", "nav:\n  - Home: c.md\n  - a.md\nx: !!python/name:y\n"),
        ("_toc.yml", "root: c\nchapters:\n- file: a\n"),
        ("SUMMARY.md", "* [C](c.md)\n* [A](a.md)\n"),
    ],
)
def test_a_navigation_file_gives_the_order(tmp_path: Path, name: str, text: str) -> None:
    write(tmp_path, a="a", b="b", c="c", **{name: text})
    paths = [d.path for d in read_corpus([tmp_path]).documents if d.path != "SUMMARY.md"]
    assert paths == ["c.md", "a.md", "b.md"]


def test_a_broken_navigation_file_orders_nothing(tmp_path: Path) -> None:
    check_read(write(tmp_path, a="a", b="b", **{"mkdocs.yml": "@b.md"}), "a.md", "b.md")


def test_notes_are_called_by_their_only_document_or_their_folder(tmp_path: Path) -> None:
    assert read_corpus([write(tmp_path / "sea_notes", a="# Sea\n")]).title == "Sea"
    assert read_corpus([write(tmp_path / "sea_notes", b="# Land\n")]).title == "Sea notes"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("mkdocs.yml", "site_name: The sea\nnav: [a.md]\n"),
        ("_quarto.yml", "book:\n  title: The sea\n"),
        ("myst.yml", "project:\n  title: The sea\n"),
        ("config.yaml", "title: 'The sea'\n"),
        ("glosspath.toml", 'title = "The sea"\n'),
    ],
)
def test_notes_are_called_as_their_settings_say(tmp_path: Path, name: str, text: str) -> None:
    assert read_corpus([write(tmp_path, a="# A\n", b="# B\n", **{name: text})]).title == "The sea"


def test_notes_are_called_by_their_contents_page_but_not_contents(tmp_path: Path) -> None:
    notes = write(tmp_path / "sea_notes", a="# A\n", b="# B\n", README="# All of it\n\n[a](a.md) [b](b.md)\n")
    assert read_corpus([notes]).title == "All of it"
    write(notes, README="# Contents\n\n[a](a.md) [b](b.md)\n")
    assert read_corpus([notes]).title == "Sea notes"


# --- pictures ----------------------------------------------------------------------------------------------


def test_pictures_are_found_or_missed(tmp_path: Path) -> None:
    text = "![a](img/a.png) ![b](img/A.PNG) ![c](../a.png) ![d](https://example.org/d.png)\n"
    write(tmp_path, notes__a=text, **{"notes/img/a.png": b"png", "a.png": b"png"})
    (document,) = read_corpus([tmp_path / "notes"]).documents
    assert [(f.file, f.missing) for f in document.figures] == [
        ("img/a.png", False),
        ("", True),
        ("", False),
        ("", False),
    ]
    assert [p.code for p in document.problems] == ["missing-figure"]


def test_embeds_are_found_by_name_anywhere_in_the_notes(tmp_path: Path) -> None:
    text = "![[Ebb.png]] ![[low/neap.png]] ![[gone.png]] ![flood](flood.png) ![](img/neap.png) [[sea.pdf]]\n"
    files = dict.fromkeys(("x/ebb.png", "x/y/ebb.png", "x/low/neap.png", "flood.png", "x/sea.pdf"), b"png")
    write(tmp_path, deep__down__a=text, **files)
    document = read_corpus([tmp_path]).documents[0]
    assert [(f.file, f.missing) for f in document.figures] == [
        ("x/ebb.png", False),
        ("x/low/neap.png", False),
        ("", True),
        ("flood.png", False),
        ("", True),
    ]
    told = [p.message for p in document.problems if p.code in ("missing-figure", "missing-file")]
    assert told == ["the picture 'gone.png' is not there", "the picture 'img/neap.png' is not there"]


def test_an_embed_has_the_size_and_the_words_beside_it(tmp_path: Path) -> None:
    write(tmp_path, a="![[ebb.png|200]]\n\n![[ebb.png|The ebb|300x100]]\n", **{"ebb.png": b"png"})
    figures = read_corpus([tmp_path]).documents[0].figures
    assert [(f.alt, f.width, f.height) for f in figures] == [("A", "200", ""), ("The ebb", "300", "100")]


def test_without_embeds_a_picture_stands_where_its_address_says(tmp_path: Path) -> None:
    write(tmp_path, a="![](ebb.png)", **{"x/ebb.png": b"png"})
    assert read_corpus([tmp_path]).documents[0].figures[0].missing


def test_a_folder_of_pictures_that_is_missing_is_told_once(tmp_path: Path) -> None:
    text = "\n\n".join(f"![{name}](img/{name}.png)" for name in ("ebb", "flood", "neap"))
    folder = write(tmp_path, tides=text)
    (problem,) = read_corpus([folder]).documents[0].problems
    assert (problem.code, problem.location.first_line) == ("missing-figure", 1)
    assert "the other 2 of the folder 'img'" in problem.message
    (folder / "img").mkdir()
    (folder / "img" / "flood.png").write_bytes(b"x")
    assert [p.location.first_line for p in read_corpus([folder]).documents[0].problems] == [1, 5]


def test_links_to_files_and_their_headings_are_checked(tmp_path: Path) -> None:
    links = (
        "[a](b.md) [b](b.md#ebb) [c](b.md#gone) [d](gone.md) [e](B.md) [f](/b.md) [g](b) [h](b.html#ebb) "
        "[i](gone) [j](gone.html) [k](../up.md) [l](www.example.org) "
        "[m](mailto:a@example.org) [n](b.md?raw=1#ebb)"
    )
    folder = write(tmp_path, a=links, b="## Ebb\n\nThe falling of the tide.\n")
    found = read_corpus([folder]).documents[0].problems
    assert sorted((p.message.split('"')[1], p.code) for p in found) == [
        ("c", "stale-anchor"),
        ("d", "missing-file"),
        ("e", "missing-file"),
        ("k", "leads-outside"),
        ("l", "missing-file"),
    ]
    hints = {p.message.split('"')[1]: p.hint for p in found}
    assert (hints["e"], hints["l"]) == ("Did you mean b.md?", "Write https:// before it.")


def told(folder: Path) -> list[str]:
    """What is wrong with the links of notes, as code and message."""
    documents = read_corpus([folder]).documents
    return [f"{p.location.path} {p.code}: {p.message}" for d in documents for p in d.problems]


def test_places_that_some_note_names_hold_in_the_whole_folder(tmp_path: Path) -> None:
    links = (
        "See {ref}`sec-ebb`, {ref}`the picture <Fig-Ebb>`, {numref}`fig-ebb`, {doc}`b`, {doc}`c` "
        "and {ref}`gone`.\n"
    )
    named = "(sec-ebb)=\n# Ebb\n\n```{figure} ebb.png\n:name: fig-ebb\n\nThe harbour at ebb.\n```\n"
    folder = write(tmp_path, a=links, b=named, **{"c.ipynb": b'{"cells": []}', "ebb.png": b"png"})
    assert told(folder) == ['a.md stale-anchor: "gone" points to #gone, which no heading has']
    html = read_corpus([folder]).documents[0].sections[0].html
    assert 'href="b.md#sec-ebb"' in html and 'href="b.md#fig-ebb"' in html


def test_a_place_that_two_notes_name_is_the_one_of_the_same_document(tmp_path: Path) -> None:
    folder = write(tmp_path, a="(ebb)=\n# A\n\nWords.\n", b="(ebb)=\n# B\n\nSee {ref}`ebb`.\n")
    assert 'href="#ebb"' in read_corpus([folder]).documents[1].sections[-1].html


def test_half_an_address_is_no_missing_file_as_well(tmp_path: Path) -> None:
    (document,) = read_corpus([write(tmp_path, a=f"{EBB}\nSee [a](https//example.org/a.md).\n")]).documents
    assert [p.code for p in document.problems] == ["bad-address"]


def test_links_by_name_to_what_is_not_written_are_told(tmp_path: Path) -> None:
    links = (
        "[[B]], [[b#Falling tide|x]], [[B#Rising tide]], [[Nowhere]] twice: [[Nowhere]], [[sub/Slack]], "
        "[[b#^x1]].\n"
    )
    defines = "## Falling tide\n\n**Slack**: the time between two tides.\n"
    assert told(write(tmp_path, a=links, b=defines)) == [
        'a.md unwritten-note: "B > Rising tide" leads to #rising-tide, which no heading of b.md has',
        "a.md unwritten-note: \"Nowhere\" leads to 'Nowhere', and neither a note nor a term is called so",
    ]


def test_a_block_right_under_html_is_told_of_no_notebook(tmp_path: Path) -> None:
    cells = (
        '{"cells": [\n{"cell_type": "markdown", "source": ["<div>Ebb</div>"]},\n'
        '{"cell_type": "code", "source": ["1"]}\n]}'
    )
    assert told(write(tmp_path, **{"a.ipynb": cells})) == []


def test_pictures_are_found_however_their_names_write_accents(tmp_path: Path) -> None:
    composed, apart = "M\u00f4le.png", "Mo\u0302le.png"
    for name, link in ((composed, apart), (apart, composed)):
        notes = write(tmp_path / name, a=f"![the mole]({link})\n", **{name: b"png"})
        (document,) = read_corpus([notes]).documents
        assert [f.missing for f in document.figures] == [False]


def test_pictures_of_several_roots(tmp_path: Path) -> None:
    write(tmp_path, one__a="![a](a.png)", two__a="![a](a.png)", **{"one/a.png": b"png"})
    found = read_corpus([tmp_path / "one", tmp_path / "two"])
    assert [(f.file, f.missing) for d in found.documents for f in d.figures] == [
        ("one/a.png", False),
        ("", True),
    ]


# --- again -------------------------------------------------------------------------------------------------


class Remembered:
    """A cache in memory; it is falsy as long as it is empty."""

    def __init__(self) -> None:
        self.documents: dict[bytes, bytes] = {}

    def __len__(self) -> int:
        return len(self.documents)

    def recall(self, key: bytes) -> bytes | None:
        return self.documents.get(key)

    def keep(self, key: bytes, value: bytes) -> None:
        self.documents[key] = value


def test_what_is_in_the_cache_is_not_read_again(tmp_path: Path) -> None:
    write(tmp_path, a=EBB, b="# Sea\n")
    cache = Remembered()
    told: list[tuple[str, int, int]] = []
    first = read_corpus([tmp_path], cache)
    write(tmp_path, b="# Land\n")
    second = read_corpus([tmp_path], cache, progress=lambda *step: told.append(step))
    assert told == [("reading", 1, 2), ("reading", 2, 2)]
    assert (len(cache), first.documents[0]) == (3, second.documents[0])
    assert second.documents[1].title == "Land"


def test_several_processes_read_the_same(tmp_path: Path) -> None:
    write(tmp_path, **{f"n{n}": f"# Sea {n}\n\n{EBB * 400 * (n % 3)}" for n in range(20)})
    cache, again = Remembered(), Remembered()
    assert read_corpus([tmp_path], cache, jobs=2) == read_corpus([tmp_path], again)
    assert len(cache) == 20
    assert cache.documents == again.documents


def test_the_reader_has_a_version_of_its_own() -> None:
    assert len(reader_version()) == 64


def test_the_bundled_notes_are_read_without_an_error() -> None:
    corpus = read_corpus([sample_folder()])
    assert len(corpus.lessons) > 5
    assert not [p for p in corpus.problems if p.severity == "error"]


# --- anything ----------------------------------------------------------------------------------------------


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.one_of(st.binary(max_size=60), st.text(max_size=60).map(str.encode)), min_size=1, max_size=3)
)
def test_any_bytes_are_read_without_raising_and_twice_the_same(tmp_path: Path, contents: list[bytes]) -> None:
    for number, content in enumerate(contents):
        (tmp_path / f"{number}.md").write_bytes(content)
        (tmp_path / f"{number}.ipynb").write_bytes(content)
    (tmp_path / "sound.md").write_text(EBB)
    first, second = (msgspec.json.encode(read_corpus([tmp_path])) for _ in range(2))
    assert first == second
    assert json.loads(first)["documents"]


def defined_by(notes: dict[str, str], folder: Path) -> list[str]:
    for name, text in notes.items():
        (folder / name).write_text(text, encoding="utf-8")
    documents = read_corpus([folder]).documents
    return [f"{d.term}: {d.text} ({d.style})" for document in documents for d in document.definitions]


def test_a_note_without_a_title_is_about_what_it_is_called_where_others_link_to_it(tmp_path: Path) -> None:
    notes = {
        "Mirepoix.md": "A mix of onion, carrot and celery, cut small.\n",
        "Braise.md": "To cook slowly in a little liquid, with the lid on.\n",
        "Roux.md": "Flour that was fried in as much butter.\n",
        "Fond.md": "Brown bits were left in the pan.\n",
        "Trip.md": "A day at the market where we bought a crate of onions.\n",
        "Stock.md": "We begin with [[mirepoix]], then [[Braise|braise]] it with [[Roux]] and [[Fond]].\n",
    }
    assert defined_by(notes, tmp_path) == [
        "Braise: To cook slowly in a little liquid, with the lid on. (file-name)",
        "Mirepoix: A mix of onion, carrot and celery, cut small. (file-name)",
        "Roux: Flour that was fried in as much butter. (file-name)",
    ]


def test_where_most_notes_that_only_their_files_name_are_linked_all_count(tmp_path: Path) -> None:
    notes = {
        "Ebb.md": "The falling of the tide.\n\n[[Flood]]\n",
        "Flood.md": "The rising of the tide.\n\n[[Ebb]]\n",
        "Lull.md": "A short time without wind, unlike a [[Squall]].\n",
        "Squall.md": "A gust of wind that lasts for minutes, see [[Lull]] and [[Swell]].\n",
        "Swell.md": "Long waves that come from far away.\n",
        "Bore.md": "A wave that runs up a river with the tide.\n",
    }
    assert "Bore: A wave that runs up a river with the tide. (file-name)" in defined_by(notes, tmp_path)
    few = {
        "Seiche.md": "A wave that stands in a lake.\n",
        "Lake.md": "---\naliases: [mere]\n---\nWater between banks of land.\n",
    }
    (tmp_path / "few").mkdir()
    assert defined_by(few, tmp_path / "few") == ["Lake: Water between banks of land. (file-name)"]


def test_a_note_that_says_its_name_again_needs_no_link(tmp_path: Path) -> None:
    notes = {
        "Searing.md": "Searing: browning the surface at high heat. It is done first.\n",
        "Day.md": "Rain.\n",
    }
    assert defined_by(notes, tmp_path) == [
        "Searing: browning the surface at high heat. It is done first. (title)"
    ]


def test_what_only_a_file_says_keeps_nothing_else_from_being_read(tmp_path: Path) -> None:
    notes = {
        "Galley.md": "The room in which one cooks. A **cook** is a person who cooks.\n",
        "Day.md": "Rain.\n",
    }
    assert defined_by(notes, tmp_path) == ["cook: A cook is a person who cooks. (bold-is)"]
