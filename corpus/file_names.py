"""Notes that nothing but their file names: about what they are called, if other notes link to them.

In a vault the name of a file is the title of a note. Elsewhere it may be anything; that others link to the
note, or that it has other names, shows that it is a page about something. Where that is so of most of them,
the others are such pages, too.
"""

from collections.abc import Sequence
from dataclasses import replace

from corpus.model import AliasKind, Definition, DefinitionStyle, Document


def without_idle_names(documents: Sequence[Document]) -> tuple[Document, ...]:
    """The documents without the definitions of what only their files name, where no other one links there."""
    linked = {path for document in documents for path in document.linked_files if path != document.path}
    named = {d.path: x for d in documents for x in d.definitions if x.style is DefinitionStyle.FILE_NAME}
    known = {path for path, x in named.items() if path in linked or _has_another_name(x)}
    if len(known) >= _SEVERAL and 2 * len(known) > len(named):
        return tuple(documents)
    return tuple(d if d.path in linked | known else _without_its_name(d) for d in documents)


_SEVERAL = 5


def _has_another_name(definition: Definition) -> bool:
    """Whether front matter tells other names of what a note is about."""
    return any(alias.kind is AliasKind.FRONT_MATTER for alias in definition.aliases)


def _without_its_name(document: Document) -> Document:
    kept = tuple(d for d in document.definitions if d.style is not DefinitionStyle.FILE_NAME)
    return replace(document, definitions=kept) if len(kept) < len(document.definitions) else document
