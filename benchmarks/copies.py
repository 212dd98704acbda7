"""Notes made larger without making them the same: copies in which every concept goes by another name.

The head word of each label gets a beginning of its own in each copy ("gradient descent" becomes "gradient
qabdescent"), so nothing merges, and plurals still fold.
"""

import re
import shutil
from collections.abc import Collection, Iterable
from pathlib import Path

from measures import labels_of

from corpus.labels import label_words
from corpus.paths import SUFFIXES
from graph.model import Concept

# What is not prose: fences, code, targets of links, addresses. Names of files must stay.
_KEPT = r"```.*?```|~~~.*?~~~|`[^`\n]*`|\]\([^)\n]*\)|\]:\s*\S+|https?://\S+|<[^>\n]*>"
_WORD = r"(?<![\w-])[^\W\d_][\w]*"
_PARTS = re.compile(f"(?P<kept>{_KEPT})|(?P<word>{_WORD})", re.DOTALL)


def head_words(concepts: Iterable[Concept]) -> frozenset[str]:
    """The folded last words of all labels."""
    return frozenset(words[-1] for c in concepts for label in labels_of(c) if (words := label_words(label)))


def multiply(source: Path, target: Path, copies: int, heads: Collection[str]) -> Path:
    """Writes TARGET/copy-1 ... with each copy's concepts renamed; what is not Markdown is copied as it is."""
    for number in range(copies):
        folder = target / f"copy-{number + 1:03}"
        shutil.copytree(source, folder)
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                file.chmod(0o644)
                if file.suffix.lower() in SUFFIXES and file.suffix != ".ipynb":
                    text = file.read_text(encoding="utf-8", errors="replace")
                    file.write_text(renamed(text, heads, beginning(number)), encoding="utf-8")
    return target


def beginning(number: int) -> str:
    """The letters before the words of a copy: pronounceable by nobody, so no word of any subject.

    >>> beginning(0), beginning(27)
    ('qaa', 'qbb')
    """
    return "q" + chr(ord("a") + number // 26) + chr(ord("a") + number % 26)


def renamed(text: str, heads: Collection[str], start: str) -> str:
    """A text with every word that heads a label renamed, its capital kept.

    >>> renamed("Descents along a [descent](descent.md)", {"descent"}, "qaa")
    'Qaadescents along a [qaadescent](descent.md)'
    """

    def rename(match: re.Match[str]) -> str:
        word = match["word"]
        if word is None or label_words(word) == () or label_words(word)[-1] not in heads:
            return match[0]
        return f"{start.capitalize()}{word[0].lower()}{word[1:]}" if word[0].isupper() else start + word

    return _PARTS.sub(rename, text)
