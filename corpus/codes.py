"""The codes of problems, each with what it means in one sentence: the one that docs/problems.md begins with.

Reports for code hosts, and the page of problems, say it where the document is not at hand.
"""

from collections.abc import Mapping

MEANINGS: Mapping[str, str] = {
    "link-outside": "A file or a folder in the notes is a symbolic link to something outside of them.",
    "too-large": (
        "A file has more than eight million bytes and is left out: that is a dump of data, not a lesson."
    ),
    "unreadable": "A file or a folder cannot be opened and is left out.",
    "not-utf8": "A file is not UTF-8.",
    "not-text": "A file is called Markdown and holds bytes that are no text; it is left out.",
    "duplicate-file": "A file has the same bytes as another one and is left out.",
    "made-folder": "A folder was filled by a program, as a file in it or beside it shows, and is left out.",
    "other-format": "A text stands beside the notes in a format that is not read.",
    "bad-settings": "Something in `glosspath.toml` means nothing.",
    "bad-notebook": (
        "A file ends in `.ipynb` and is no Jupyter notebook that can be read: its JSON is broken, or "
        "it has no cells."
    ),
    "stale-anchor": (
        "A link leads to a heading that is not there, in the same document or in another one, mostly "
        "because the heading was renamed after the link was written."
    ),
    "missing-file": "A link leads to a file that should stand beside the notes, and does not.",
    "unwritten-note": "A link by name leads to a note, or to a heading in one, that is not written yet.",
    "missing-figure": "A picture is a file beside the notes, and the file is not there.",
    "leads-outside": "A link leads to a file outside of the folder of notes.",
    "malformed-link": (
        "Something was meant as a link and is read as plain words: a blank stands between its words "
        "and its address or inside the address, a bracket is not closed, or round and square brackets "
        "are swapped."
    ),
    "undefined-reference": (
        "A link by reference has a label that is defined nowhere, and is shown with its brackets."
    ),
    "bad-address": "A link has no address, or one that is spelled wrong.",
    "misleading-link": (
        "The words of a link are one address, and it leads to another; or an entry of the table of "
        "contents leads to a heading with which it has no word in common."
    ),
    "unlisted-heading": (
        "The table of contents lists nearly all headings of the levels that it goes down to, and "
        "leaves some out."
    ),
    "undescribed-figure": "Pictures have no words for those who cannot see them.",
    "unknown-macro": ("A macro of a site builder stands in the text, and what it shows is not known."),
    "bad-front-matter": "The block at the top is not valid YAML, TOML or JSON, or too long.",
    "conflict-marks": "The marks of a merge that was not finished stand in the text.",
    "empty-section": "A heading has nothing under it, neither words nor further headings.",
    "only-pictures": "A heading has pictures under it and not a word.",
    "skipped-level": "A heading is more than one level below the one before it.",
    "swallowed-block": (
        "A list, a heading or a block of code stands right under HTML, without a blank line."
    ),
    "duplicate-definition": "A term is defined again in the same words.",
    "near-duplicate-definition": "A term is defined again in nearly the same words.",
    "second-definition": "A term is defined again in other words.",
    "ambiguous-label": "A short name is said to stand for two things.",
    "undefined-concept": (
        "The notes give something a name of its own, a heading or an acronym, or list it as a "
        "prerequisite, and nowhere is it said what it is."
    ),
    "undefined-term": "A word is used like a term and never defined.",
    "unused-term": (
        "A glossary that is part of larger notes has an entry that nothing else in the notes uses."
    ),
    "out-of-alphabet": (
        "An entry of a glossary in one file does not stand where the alphabet puts it, as the other "
        "entries do."
    ),
    "used-before-defined": "A definition uses a term that is only defined further on in the notes.",
    "circular-definition": "Terms are defined by each other, so that none of them can come first.",
}
