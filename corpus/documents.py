"""One file's text -> what it says: the life of a lesson, from Markdown to definitions.

Text in, value out: nothing here opens a file, and no text makes it raise. What looked wrong is in the
document's problems.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import TypeVar

from corpus.acronyms import is_acronym_of, name_pairs
from corpus.blocks import BlockKind
from corpus.conflicts import without_conflict_marks
from corpus.definitions import Page, definitions, pages
from corpus.figures import figures
from corpus.frontmatter import FrontMatter, front_matter_of
from corpus.headings import bare_heading, names_a_subject
from corpus.html import abbreviations_in, names_in
from corpus.includes import includes_of
from corpus.kinds import kind_statements, kinds_by_definition
from corpus.labels import label_key
from corpus.languages import language_of, tag_named
from corpus.local_links import local_links
from corpus.markdown import Markdown, parse
from corpus.model import Alias, AliasKind, Definition, Document, NamePair, Section, SourceLocation, Topic
from corpus.names import split_names
from corpus.objectives import objectives
from corpus.order import title_of_file
from corpus.places import lines_before
from corpus.problems import Reading, problems_of
from corpus.questions import questions, quiz_lines
from corpus.relations import relation_statements, relations_by_definition
from corpus.requirements.finding import requirements
from corpus.resources import SeenLink, links, local_target, resources, snippets
from corpus.sections import OpenSection, Outline, close, outline
from corpus.wikilinks import wiki_name


@dataclass(frozen=True, slots=True)
class Parts:
    """A text taken apart, before anything is found in it: its blocks, front matter, title and sections, and
    each section as the rules that define may look at it; where the marks of conflicts stood."""

    markdown: Markdown
    matter: FrontMatter
    title: str
    outline: Outline
    pages: tuple[Page, ...]
    conflicts: tuple[int, ...] = ()


def take_apart(text: str, path: str, slug: str, line_numbers: Sequence[int] | None) -> Parts:
    """The parts of a text; the arguments are those of `read_document`. Never raises."""
    text, conflicts = without_conflict_marks(text)
    matter = front_matter_of(text)
    markdown = parse(_without(matter, text), line_numbers)
    if line_numbers and matter.last_line:
        matter = replace(
            matter,
            last_line=line_numbers[matter.last_line - 1],
            prerequisite_lines=tuple(n and line_numbers[n - 1] for n in matter.prerequisite_lines),
        )
    last_line = line_numbers[-1] if line_numbers else len(text.split("\n")) - text.endswith("\n")
    title = matter.title or _first_heading(markdown) or title_of_file(path)
    read = outline(markdown, path, slug, title, max(1, last_line))
    looked_at = tuple(pages(bare_heading(title), read.sections, bool(matter.title), path))
    lines = tuple(line_numbers[n - 1] if line_numbers else n for n in conflicts)
    return Parts(markdown, matter, title, read, looked_at, lines)


def read_document(
    text: str, path: str, slug: str = "", digest: str = "", line_numbers: Sequence[int] | None = None
) -> Document:
    """What one Markdown text says. Never raises.

    `path` is where it stands (relative, POSIX), `slug` what its addresses begin with (empty when the notes
    are one document), `digest` the SHA-256 of its bytes, `line_numbers` the file's line for each line of the
    text.
    """
    parts = take_apart(text, path, slug, line_numbers)
    markdown, matter, title = parts.markdown, parts.matter, parts.title
    read, looked_at = parts.outline, parts.pages
    sections = tuple(close(section, markdown) for section in read.sections)
    linked = [tuple(links(section)) for section in read.sections]
    asked = tuple(questions(read.sections, title))
    quizzes = quiz_lines(asked, read.sections, title)
    found = (d for page in looked_at for d in definitions(page, markdown))
    defined = tuple(d for d in found if not _is_asked(quizzes, d.location))
    document = Document(
        path=path,
        slug=slug,
        title=title,
        digest=digest,
        sections=sections,
        definitions=_with_front_matter_names(defined, title, matter),
        topics=tuple(
            _topics(read.sections, sections, defined, looked_at[0].title if looked_at else None, matter)
        ),
        name_pairs=tuple(_name_pairs(sections)),
        kinds=(
            *_of_each(read.sections, kind_statements),
            *(k for definition in defined for k in kinds_by_definition(definition)),
        ),
        relations=tuple(
            dict.fromkeys(
                (
                    *_of_each(read.sections, relation_statements),
                    *(r for definition in defined for r in relations_by_definition(definition)),
                )
            )
        ),
        resources=tuple(
            r for section, its in zip(read.sections, linked, strict=True) for r in resources(section, its)
        ),
        figures=_of_each(read.sections, figures),
        questions=asked,
        snippets=_of_each(read.sections, snippets),
        linked_files=tuple(_linked_files(read.sections, linked, path)),
        links=tuple(local_links(chain.from_iterable(linked), path)),
        ids=tuple(dict.fromkeys((*_ids(text), *sorted(markdown.targets), *_inner_anchors(read.sections)))),
        prerequisites=matter.prerequisites,
        prerequisite_lines=matter.prerequisite_lines,
        objectives=tuple(objectives(read.sections, matter.objectives, matter.last_line)),
        requirements=tuple(requirements(read.sections)),
        order=matter.order,
        language=tag_named(matter.language),
        words_language=language_of(_sample(sections)),
        includes=includes_of(text),
    )
    bad_line = line_numbers[matter.error_line - 1] if line_numbers else matter.error_line
    reading = Reading(
        document,
        read,
        matter.error,
        bad_line,
        matter.error_hint,
        markdown.unknown_macros,
        linked,
        parts.conflicts,
    )
    return replace(document, problems=problems_of(reading))


Found = TypeVar("Found")


def _of_each(
    sections: Sequence[OpenSection], read: Callable[[OpenSection], Iterable[Found]]
) -> tuple[Found, ...]:
    return tuple(chain.from_iterable(map(read, sections)))


_ENOUGH = 20_000  # letters, to tell a language by


def _sample(sections: Sequence[Section]) -> str:
    words: list[str] = []
    length = 0
    for passage in (p for section in sections for p in section.passages):
        words.append(passage.text)
        length += len(passage.text)
        if length > _ENOUGH:
            break
    return "\n".join(words)


def _without(matter: FrontMatter, text: str) -> str:
    """The text with the lines of its front matter left empty, so that every other line keeps its number."""
    if not matter.last_line:
        return text
    lines = text.split("\n", matter.last_line)
    return "\n" * matter.last_line + "".join(lines[matter.last_line :])


def _first_heading(markdown: Markdown) -> str:
    heading = next((b for b in markdown.blocks if b.kind is BlockKind.HEADING and b.level == 1), None)
    return " ".join(heading.inline.text.split()) if heading and heading.inline else ""


def _with_front_matter_names(
    defined: tuple[Definition, ...], title: str, matter: FrontMatter
) -> tuple[Definition, ...]:
    """Front matter gives other names for what the title names."""
    key = label_key(bare_heading(title))

    def named(definition: Definition) -> Definition:
        if not matter.aliases or key not in map(label_key, (definition.term, *_labels(definition))):
            return definition
        names = tuple(Alias(n, AliasKind.FRONT_MATTER, definition.location) for n in matter.aliases)
        return replace(definition, aliases=definition.aliases + names)

    return tuple(named(d) for d in defined)


def _labels(definition: Definition) -> Iterator[str]:
    return (alias.label for alias in definition.aliases)


def _is_asked(quizzes: frozenset[int], place: SourceLocation) -> bool:
    return place.first_line in quizzes and place.last_line in quizzes


def _topics(
    opened: Sequence[OpenSection],
    closed: Sequence[Section],
    defined: Sequence[Definition],
    subject: str | None,
    matter: FrontMatter,
) -> Iterator[Topic]:
    """Headings that could be names and under which nothing was defined by that name."""
    keys = {(d.section, label_key(d.term)) for d in defined}
    for section, read in zip(opened, closed, strict=True):
        is_subject = subject is not None and section.level <= 1 and (section.level == 1 or bool(matter.title))
        if section.level <= 1 and not is_subject:
            continue
        term, aliases = split_names(
            subject if is_subject and subject else bare_heading(section.title), section.location
        )
        if is_subject:
            aliases += tuple(Alias(n, AliasKind.FRONT_MATTER, section.location) for n in matter.aliases)
        linked = bool(section.heading and section.heading.inline and section.heading.inline.links)
        if (
            (section.id, label_key(term)) in keys
            or linked
            or "&" in term
            or not names_a_subject(term, longest=5)
        ):
            continue
        line = section.location.first_line
        yield Topic(
            term, read.content, section.id, SourceLocation(section.location.path, line, line), aliases
        )


def _name_pairs(sections: Sequence[Section]) -> Iterator[NamePair]:
    for section in sections:
        if section.level:
            line = SourceLocation(
                section.location.path, section.location.first_line, section.location.first_line
            )
            for pair in name_pairs(section.title):
                yield NamePair(pair.long, pair.short, pair.kind, section.id, line)
        for passage in section.passages:
            if "(" not in passage.text and "<abbr" not in passage.raw:
                continue
            for long, short in abbreviations_in(passage.raw) if "<abbr" in passage.raw else ():
                if is_acronym_of(short, long):
                    yield NamePair(long, short, AliasKind.ACRONYM, section.id, passage.location)
            for pair in name_pairs(passage.text):
                first = passage.location.first_line + lines_before(passage.text, pair.start)
                last = passage.location.first_line + lines_before(passage.text, pair.end)
                lines = SourceLocation(passage.location.path, first, last)
                yield NamePair(pair.long, pair.short, pair.kind, section.id, lines)


# In braces, and in the code that makes what is named.
_ID = re.compile(r"\{[^{}\n#]*#([\w:.-]+)")
_ID_OR_LABEL = re.compile(rf"{_ID.pattern}|^[ \t]*#\|[ \t]*label:[ \t]*[\"']?([\w:.-]+)", re.MULTILINE)


def _ids(text: str) -> tuple[str, ...]:
    """The anchors that a text sets itself."""
    pattern = _ID_OR_LABEL if "#|" in text else _ID
    stated = (match[match.lastindex or 0] for match in pattern.finditer(text))
    return tuple(dict.fromkeys((*stated, *names_in(text))))


def _inner_anchors(sections: Sequence[OpenSection]) -> Iterator[str]:
    for section in sections:
        yield from section.inner_anchors


_LISTS = frozenset({BlockKind.LIST, BlockKind.TABLE})


def _linked_files(
    sections: Sequence[OpenSection], linked: Sequence[Sequence[SeenLink]], path: str
) -> Iterator[str]:
    """The files that a document links to: those of lists and tables in their order, then those of prose,
    which tells where else to look."""
    in_lists: list[str] = []
    in_prose: list[str] = []
    for section, its in zip(sections, linked, strict=True):
        blocks = [b for b in section.all_blocks if b.kind in _LISTS] if its else ()
        lines = {n for b in blocks for n in range(b.first_line, b.last_line + 1)}
        for _, url, line in its:
            (in_lists if line in lines else in_prose).append(url)
        for block in (b for b in section.all_blocks if b.kind is BlockKind.CONTENTS):
            # Sphinx and MyST: a name a line; a title may stand before it.
            in_lists += [e.split("<")[-1].rstrip("> ") for e in block.text.split("\n")]
    targets = (url if wiki_name(url) else local_target(url, path) for url in (*in_lists, *in_prose))
    yield from dict.fromkeys(target for target in targets if target)
