"""The anchors that GitHub gives to headings, and which of them one may mean that no heading has."""

import re
import unicodedata
from collections.abc import Collection
from difflib import get_close_matches
from functools import cache


def github_slug(title: str) -> str:
    """The anchor that GitHub makes of a heading's text, before it is made unique: each blank is a hyphen,
    also one beside another, before or behind the words.

    >>> github_slug("MLP (Multi Layer Perceptron) Structure & Class Scores")
    'mlp-multi-layer-perceptron-structure--class-scores'
    """
    return "".join(filter(_is_kept, title.lower())).replace(" ", "-")


@cache
def _is_kept(character: str) -> bool:
    """Letters with their marks, digits, "_", "-" and blanks; no signs, so no emoji and no superscripts."""
    category = unicodedata.category(character)
    return character in " -" or category[0] in "LM" or category in ("Nd", "Nl", "Pc")


class Anchors:
    """The anchors of one document, each given once: the second `lectures` is `lectures-1`."""

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}

    def unique(self, slug: str) -> str:
        """The anchor of the next heading whose text makes this slug."""
        anchor = slug
        while anchor in self._seen:
            self._seen[slug] += 1
            anchor = f"{slug}-{self._seen[slug]}"
        self._seen[anchor] = 0
        return anchor


_NO_HEADING = re.compile(r"(?:top|[!/].*|.*:~:.*|user-content-.*|fn.*|cite.*)?\Z", re.IGNORECASE | re.DOTALL)


def means_a_heading(anchor: str) -> bool:
    """Whether an anchor is one that a heading could have: no sign of a browser, a program or a footnote.

    >>> means_a_heading("winds-and-waves"), means_a_heading("fnref1"), means_a_heading("top")
    (True, False, False)
    """
    return not _NO_HEADING.match(anchor)


class NearestAnchors:
    """Which of a document's anchors one may mean that is not there. Of very many, only those that begin alike
    are compared; and where very many are not there, no more is guessed: so time grows with the text."""

    MOST = 300

    def __init__(self, known: Collection[str]) -> None:
        self._known = sorted(filter(means_a_heading, known))
        self._answers: dict[str, str | None] = {}

    def nearest(self, anchor: str) -> str | None:
        """The anchor most like this one; None if none is like it."""
        if anchor not in self._answers and not self.too_many:
            self._answers[anchor] = self._most_like(anchor)
        return self._answers.get(anchor)

    @property
    def too_many(self) -> bool:
        """Whether so many were asked for that no more is guessed."""
        return len(self._answers) >= self.MOST

    def _most_like(self, anchor: str) -> str | None:
        known = self._known
        if len(known) > self.MOST:
            known = [a for a in known if a[:3] == anchor[:3]][: self.MOST]
        return next(iter(get_close_matches(anchor[:200], known, n=1, cutoff=0.6)), None)
