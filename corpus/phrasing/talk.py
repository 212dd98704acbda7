"""Talk: sentences that go on talking, ask, tell somebody what to do, judge or only tell about a thing, and so
say of nothing what it is.
"""

import re

_ASIDE = re.compile(
    r"(?:we|you|i|he|she|let|let's|lets|here|now|next|so|but|and|or|if|when|while|once|before|after|as|since|because|"
    r"to|this|these|that|those|it|they|there|see|note|remember|recall|suppose|consider|imagine|try|make|use|run|"
    r"click|open|download|install|type|enter|create|write|read|answer|please|welcome|below|above|first|second|third|"
    r"finally|then|also|however|for|like|unlike|what|why|who|where|which|our|my|your|their|"
    r"beware|notice|avoid|keep|never|always|maybe|perhaps|unfortunately|today|yesterday|tomorrow|thanks|sorry|"
    r"although|though|despite|until|throughout|with|without|from|at|by|on|do|does|don't|not|no|yes|"
    r"[ivx]+\.|\d+[.)])(?=[\s,.!'’]|$)",
    re.IGNORECASE,
)


def opens_an_aside(text: str) -> bool:
    """Whether a text goes on talking: to somebody, from something said before, or to tell what to do."""
    return bool(_ASIDE.match(text.lstrip()))


_SPEAKS = re.compile(
    r"(?:i|we|you|he|she|they|yes|no|yeah|ok|okay|well|so|let's|my|our|your)(?=[\s,.!'’])", re.IGNORECASE
)


def speaks(text: str) -> bool:
    """Whether somebody speaks here: a transcript, not a definition."""
    return bool(_SPEAKS.match(text.lstrip()))


_ASKS = re.compile(
    r"(?:and\s+|so\s+|but\s+)?(?:how|what|why|when|where|which|who|whose|is|are|do|does|did|can|could|should|will|have|has)\b",
    re.IGNORECASE,
)


def asks(sentence: str) -> bool:
    """Whether a sentence is a question from its first word on."""
    return sentence.rstrip().endswith("?") and bool(_ASKS.match(sentence))


DETERMINERS = frozenset("the a an these those your our its their my all each every".split())
_BEFORE_DETERMINER = frozenset(
    "all both half such what how whether only just even the a an not each every one".split()
)
NOT_A_VERB = frozenset(
    "and or of in for with to on that which who whose from at by as like such per without but than where "
    "when if not also often usually always both vs versus under over between into using".split()
)


# A bare verb may end so, too: "bring", "feed", "press".
_INFLECTED = re.compile(r"[aeiouy].*(?:ing|(?<!e)ed)\Z|(?<!s)s\Z|\A(?:across|unless|less)\Z")


def instructs(sentence: str) -> bool:
    """Whether a sentence begins with a bare verb and what it acts on: "Open the door"."""
    words = sentence.split(maxsplit=2)
    first = words[0].casefold()
    return (
        len(words) > 2
        and words[1].casefold() in DETERMINERS
        and first.isalpha()
        and first not in NOT_A_VERB
        and first not in _BEFORE_DETERMINER
        and not _INFLECTED.search(first)
    )


# What tells about a thing without saying what it is: how it is done, where it is, what somebody thinks of it.
_TELLS = re.compile(
    r"(?:(?:can|could|may|might|should|must|has\s+to|have\s+to|needs?\s+to)\s+(?:\w+ly\s+|also\s+|often\s+|only\s+)?be\b"
    r"|(?:is|are)\s+(?:also|sometimes|often|commonly|otherwise)\s+(?:called|known|referred|named|termed)\b"
    r"|(?:is|are|was|were)\s+(?:(?:\w+ly|not|also|often|always|only|still|now|just|very|quite|so|too|really)\s+)*"
    r"(?:done|performed|created|configured|licensed|installed|returned|versioned|maintained|hosted|welcome|released|available|"
    r"located|stored|supported|recommended|required|important|necessary|essential|useful|helpful|implemented|similar|"
    r"good|bad|better|best|hard|easy|difficult|slow|fast|cheap|expensive|great|complicated|common|popular|everywhere)\b)",
    re.IGNORECASE,
)


def tells(predicate: str) -> bool:
    """Whether a sentence, from its verb on, only tells about its subject: how it is done, what it is like."""
    return bool(_TELLS.match(predicate))


_OPENING = (
    r"(?:an?\s+)?(?:(?:very|really|quite|pretty|rather|such|so|always|also|just|only|still)\s+)*"
    r"(?:an?\s+)?(?:very\s+)?"
)
_OPINION = re.compile(
    rf"{_OPENING}(?:good|bad|great|excellent|interesting|nice|big|huge|lot|bit|mess|must|necessary|essential|crucial|"
    r"difficult|hard|easy|easier|better|best|worse|worst|bigger|slower|faster|safe|perfect|fine|pain|joy|gift|"
    r"pleasure|shame|virtue|nightmare|hassle|few|usual|main|first-class|notable|favou?rite|winner|only|same|other|everything|nothing|king|classic|major|vital|significant|all\s+(?:that|you|we)|what\s+(?:matters|counts)|"
    r"opposite|one\s*(?:$|[.,;])|(?:fairly|quite|rather|somewhat)\s+\w+\s+(?:way|approach|practice|choice))\b",
    re.IGNORECASE,
)
# What a thing is to another, not what it is: "a problem", "a part of the trip".
_ROLE = re.compile(
    rf"{_OPENING}(?:problem|issue|challenge|cause|reason|part|example|application|use|result|sign|symptom|feature|"
    r"piece|matter|factor|component|option|task|choice|solution|step|thing|topic|subject|question|risk|danger)\b",
    re.IGNORECASE,
)
# What a thing is like or which one it is, which says little: "a long story", "a first try".
_LIKE = re.compile(
    rf"{_OPENING}(?:first|second|third|last|next|long|short|little|complex|strong|weak|slow|fast|cheap)\b",
    re.IGNORECASE,
)
_ENDS_NAME = re.compile(
    r"\s*(?:[.,;:!]|$)|\s+(?:of|for|in|to|that|which|when|if|with|and|or|but|because|as|at|on|than|here)\b",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r"\s(?:that|which|who|whose|where)\s", re.IGNORECASE)


def has_opinion(predicate: str, set_off: bool = False) -> bool:
    """Whether a sentence's "a ..." is a remark on the thing ("a good idea") and no kind of thing.

    Of a subject that is `set_off` by its author, "a feature extractor" and "a part of a ship that ..." are
    kinds, too.
    """
    if _OPINION.match(predicate) or (_LIKE.match(predicate) and not set_off):
        return True
    role = _ROLE.match(predicate)
    if role is None or not _ENDS_NAME.match(predicate, role.end()):
        return False
    return not (set_off and _RELATIVE.search(predicate))


_IN_THE_PAST = re.compile(
    r"(?:[a-z]+ly\s+|also\s+|never\s+)?(?:was|were|had|did|came|went|took|gave|saw|ran|fell|broke|sank|began|wrote|knew|"
    r"became|flew|grew|drove|rose|ate|spoke|chose|swam|sang|drank|rang|shook|wore|threw|forgot|got|stood|said|told|left(?!\s+of)"
    r"|[a-z]{2,}ed\s+(?:home|away|back|up|down|out|off|it|him|her|them|us|the|an?|his|their|its))\b"
)


def tells_what_happened(text: str, start: int) -> bool:
    """Whether a verb in the past stands at a place of a text: "..., came"."""
    return bool(_IN_THE_PAST.match(text, start))


_POINTS = re.compile(
    r"(?:a\s+)?(?:synonym|synonymous|short\s+for|abbreviation|acronym|another\s+(?:name|word|term)|same\s+as|alternative\s+name)\b",
    re.IGNORECASE,
)


def points_elsewhere(text: str) -> bool:
    """Whether a text only gives another name: "Synonym for ...", "Short for ..."."""
    return bool(_POINTS.match(text.lstrip()))
