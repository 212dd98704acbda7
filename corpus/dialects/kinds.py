"""The names that notes give to boxes and to directives that hold text, in all dialects alike."""

KINDS = frozenset(
    "note notes tip tips info warning warn caution danger important hint attention error seealso success "
    "question questions help faq example examples abstract summary tldr quote bug failure fail missing "
    "check done todo admonition callout alert notice aside sidebar margin details dropdown collapse expander "
    "accordion spoiler solution answer challenge exercise objectives objective keypoints key-points prereq "
    "prerequisites prerequisite instructor discussion testimonial checklist definition theorem lemma "
    "corollary proposition proof remark axiom conjecture criterion algorithm property observation assumption "
    "grid-item-card deprecated versionadded versionchanged versionremoved topic tab tab-item tabitem card "
    "task activity primary secondary default reflection takeaway goal goals".split()
)
FOLDED = frozenset("details dropdown collapse expander accordion spoiler solution answer".split())
_TONES = {
    "tip": "tip hint success check done",
    "warning": "warning warn attention caution important",
    "danger": "danger error bug failure fail missing",
}
TONES = {kind: tone for tone, kinds in _TONES.items() for kind in kinds.split()}
PLAIN_TEXT = frozenset(
    "glossary tab-set grid grid-item card-carousel epigraph pull-quote highlights compound "
    "container div centered hlist only ifconfig figure table list-table cssclass rst-class rubric".split()
)
_PREFIXES = ("callout-", "alert-", "admonition-", "custom-", "ad-")


def box_kind(name: str) -> str | None:
    """The kind of box that a name means; None if it names no box but mere layout.

    >>> box_kind("callout-tip"), box_kind("prf:theorem"), box_kind("column")
    ('tip', 'theorem', None)
    """
    bare = name.strip().lower().rpartition(":")[2].lstrip(".")
    for prefix in _PREFIXES:
        if bare.removeprefix(prefix) in KINDS:
            bare = bare.removeprefix(prefix)
    return bare if bare in KINDS else None


def holds_text(directive: str) -> bool:
    """Whether what stands in a directive is text of the notes, not code or data. What has a colon in its name
    describes a part of a program, in words."""
    return directive in PLAIN_TEXT or ":" in directive or box_kind(directive) is not None
