"""The anchors that GitHub gives to headings."""

import unicodedata
from functools import cache


def github_slug(title: str) -> str:
    """The anchor that GitHub makes of a heading's text, before it is made unique.

    >>> github_slug("MLP (Multi Layer Perceptron) Structure & Class Scores")
    'mlp-multi-layer-perceptron-structure--class-scores'
    """
    return "".join(filter(_is_kept, title.strip().lower())).replace(" ", "-")


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
