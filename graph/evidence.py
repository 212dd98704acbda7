"""What a mention in a sentence says about what comes first: its kind, or nothing.

A mention counts for what the words before it make of it. "A kind of X" leans on X; "such as X", "used for X",
"unlike X" lean on nothing. The weights are hand-set shares: of such edges in human-labelled collections, how
many lie in the closure of the labels.
"""

import re

from graph.model import EvidenceKind

WEIGHTS: dict[EvidenceKind, float] = {
    EvidenceKind.STATED: 0.95,
    EvidenceKind.KIND: 0.80,
    EvidenceKind.HEAD_NOUN: 0.75,
    EvidenceKind.IS_A: 0.70,
    EvidenceKind.DEFINITION: 0.60,
    EvidenceKind.BODY: 0.55,
}
# A later sentence of a definition explains; the first one defines.
LATER_SENTENCE = 0.85

_KIND = re.compile(
    r"\b(?:kinds?|types?|forms?|variants?|variety|versions?|generali[sz]ations?|extensions?|speciali[sz]ations?|special\s+cases?|"
    r"instances?|implementations?|subsets?|subclass(?:es)?|class|family|sort|flavou?r)\s+of\s+(?:[\w'’-]+\s+){0,3}\Z"
    r"|\b(?:methods?|techniques?|ways?|algorithms?|strateg(?:y|ies)|procedures?|approach(?:es)?|metrics?|measures?)\s+"
    r"(?:for|of|to)\s+(?:[\w'’-]+\s+){0,3}\Z",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"\A(?:(?:in|for)\s+[^,]{3,60},\s+)?(?:[^,]{0,80}?\s(?:is|are|means|refers\s+to)\s+)?"
    r"(?:an?|the|one|any|some|two|another)?\s*(?:[\w'’-]+\s+){0,3}\Z",
    re.IGNORECASE,
)
_NOWHERE = re.compile(
    r"\b(?:such\s+as|for\s+(?:example|instance)|e\.g\.|like|unlike|similar(?:ly)?\s+to|analogous\s+to|analogously\s+to|"
    r"compared?\s+(?:to|with)|in\s+contrast\s+(?:to|with)|contrary\s+to|as\s+opposed\s+to|instead\s+of|rather\s+than|"
    r"different\s+from|differs?\s+from|not\s+to\s+be\s+confused\s+with|see(?:\s+also)?|"
    r"used\s+(?:to|for|in|by|as|with|when|throughout)|applied\s+(?:to|in)|applications?\s+(?:of|in|include)|"
    r"examples?\s+(?:of|are|include)|includ(?:e|es|ing)|input\s+to|passed\s+to|fed\s+(?:in)?to|feeds?|leads?\s+to|"
    r"allows?|enables?|makes?\s+(?:it\s+)?possible)\s+(?:[^.;:]{0,80})\Z",
    re.IGNORECASE,
)
_EXAMPLE_SENTENCE = re.compile(
    r"\A\W*(?:for\s+(?:example|instance)|e\.g\.|see\b|compare|contrast|examples?\b|unlike|suppose|imagine|consider)",
    re.IGNORECASE,
)


def is_example(sentence: str) -> bool:
    """Whether a whole sentence only illustrates: what it names is not needed."""
    return bool(_EXAMPLE_SENTENCE.match(sentence))


def cue(sentence: str, start: int, first: bool) -> EvidenceKind | None:
    """What the mention at `start` of a definition's sentence says, None if it points backward or nowhere.

    `first` tells whether it is the definition's first sentence.
    """
    before = sentence[:start]
    near = re.split(r"[;:]|\)\s|,\s(?:but|while|and\s+then)\s", before)[-1]
    if _NOWHERE.search(_open_clause(near)):
        return None
    if _KIND.search(before):
        return EvidenceKind.KIND
    if first and _OPENING.match(before):
        return EvidenceKind.IS_A
    return EvidenceKind.DEFINITION


def _open_clause(before: str) -> str:
    """The part of the text before a mention that still governs it: brackets that were closed do not."""
    text = re.sub(r"\([^()]*\)", " ", before)
    opened = text.rfind("(")
    return (
        text[opened + 1 :]
        if opened >= 0
        else text.rsplit(", ", 1)[-1]
        if text.count(", ")
        and not re.search(r"\b(?:such as|like|e\.g\.|including|include)\b[^.]*\Z", text, re.IGNORECASE)
        else text
    )
