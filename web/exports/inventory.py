"""The glossary as a Sphinx inventory (`objects.inv`): other documentation links its terms by name.

All labels of concepts are terms, sections are labels, lessons are documents. Where they lead is below the
address that whoever uses the inventory gives in `intersphinx_mapping`.
"""

import re
import zlib
from collections.abc import Callable, Iterator

from web.addresses import Addresses
from web.model import Dump, SectionLink

# How Sphinx takes a line apart. A name that it would take apart elsewhere is left out.
_ENTRY = re.compile(r"(.+?)\s+(\S+)\s+(-?\d+)\s+?(\S*)\s+(.*)")
_SEARCHED_FIRST, _SEARCHED_LAST = 1, -1


def as_inventory(dump: Dump, placed: Callable[[str], str] = str) -> bytes:
    """The inventory; `placed` says where the page with an address stands."""
    head = (
        "# Sphinx inventory version 2\n"
        f"# Project: {_one_line(dump.title)}\n"
        "# Version: \n"
        "# The remainder of this file is compressed using zlib.\n"
    )
    lines = dict.fromkeys(sorted(filter(None, (_line(*entry) for entry in _entries(dump, placed)))))
    return head.encode() + zlib.compress("".join(lines).encode("utf-8", "replace"), 9)


def _entries(dump: Dump, placed: Callable[[str], str]) -> Iterator[tuple[str, str, int, str, str]]:
    """Name, type, priority, address and words to show of each thing."""
    to = Addresses()
    for concept, _ in dump.concepts:
        address = placed(to.concept(concept.id))
        labels = (concept.pref_label, *concept.alt_labels, *concept.hidden_labels)
        yield from ((label, "std:term", _SEARCHED_FIRST, address, label) for label in labels)
    for lesson in dump.lessons:
        yield lesson.id, "std:doc", _SEARCHED_LAST, placed(to.lesson(lesson.id)), lesson.title
    for section, read_in in dump.sections:
        if read_in and section.anchor:
            link = SectionLink(section.id, section.title, section.anchor, read_in)
            yield section.id, "std:label", _SEARCHED_LAST, placed(to.section(link)), section.title


def _line(name: str, kind: str, priority: int, address: str, shown: str) -> str:
    """One line of the inventory; "" for a name that Sphinx could not read from it."""
    name, shown = _one_line(name), _one_line(shown)
    fields = (name, kind, str(priority), address.removeprefix("/"), "-" if shown == name else shown)
    line = " ".join(fields)
    read = _ENTRY.fullmatch(line)
    return f"{line}\n" if read and read.groups() == fields else ""


def _one_line(words: str) -> str:
    return " ".join(words.split())
