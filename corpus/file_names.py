"""Notes that nothing but their file names: about what they are called, if other notes link to them.

In a vault the name of a file is the title of a note. Elsewhere it may be anything; that others link to the
note shows that it is a page about something.
"""

from collections.abc import Sequence
from dataclasses import replace

from corpus.model import DefinitionStyle, Document


def without_idle_names(documents: Sequence[Document]) -> tuple[Document, ...]:
    """The documents without the definitions of what only their files name, where no other one links there."""
    linked = {path for document in documents for path in document.linked_files if path != document.path}
    return tuple(d if d.path in linked else _without_its_name(d) for d in documents)


def _without_its_name(document: Document) -> Document:
    kept = tuple(d for d in document.definitions if d.style is not DefinitionStyle.FILE_NAME)
    return replace(document, definitions=kept) if len(kept) < len(document.definitions) else document
