"""What a mention in a sentence says about what comes first: its kind, or nothing.

A mention counts for what the words before it make of it. "A kind of X" leans on X, what cannot be done
without X needs it; "such as X", "used for X", "unlike X", "before X" lean on nothing. What a thing brings
about ("produces X", "to make X") may come first or last: there the notes' order decides. The weights are
estimates of shares: of such edges in labelled collections how many lie in the closure of the labels. A plain
mention stays under 0.7, where an edge begins to be strong, unless the notes as a whole speak for it.
"""

import re

from corpus.phrasing.talk import instructs
from graph.model import EvidenceKind

WEIGHTS: dict[EvidenceKind, float] = {
    EvidenceKind.STATED: 0.95,
    EvidenceKind.KIND: 0.90,
    EvidenceKind.NEEDS: 0.85,
    EvidenceKind.HEAD_NOUN: 0.80,
    EvidenceKind.IS_A: 0.80,
    EvidenceKind.DEFINITION: 0.705,
    EvidenceKind.NAME: 0.695,
    EvidenceKind.BODY: 0.65,
}
# A later sentence of a definition explains; the first one defines.
LATER_SENTENCE = 0.9

# An other name that begins with something may only say what the thing is used with: "deal timber".
OTHER_NAME = 0.6

# One word that ends a longer noun phrase ("gradient step") may not be the concept of that name ("step").
TAIL_OF_A_PHRASE = 0.9

# What a mention in a definition is worth, by whether the notes define what it names first (None: their order
# says nothing) and whether they explain more with it than with the other. Fitted to labels; the figures stand
# in docs/how-prerequisites-are-found.md.
_SUPPORT: dict[tuple[bool | None, bool], float] = {
    (True, True): 1.15,
    (True, False): 0.99,
    (None, True): 0.99,
    (None, False): 0.85,
    (False, True): 0.85,
    (False, False): 0.6,
}


def support(stands_first: bool | None, explains_more: bool) -> float:
    """The share of its weight that a mention has where the notes as a whole speak for it or against it."""
    return _SUPPORT[stands_first, explains_more]


_KIND = re.compile(
    r"\b(?:kinds?|types?|forms?|variants?|variety|versions?|generali[sz]ations?|extensions?|speciali[sz]ations?|"
    r"special\s+cases?|instances?|implementations?|subsets?|subclass(?:es)?|class|family|sort|flavou?r)\s+of\s+"
    # "The kind of values a column takes" is no kind of column.
    r"(?:(?:an?|the|any)\s+)?(?:(?!(?:an?|the|that|which|each|every)\s)[\w'’-]+\s+){0,2}\Z",
    re.IGNORECASE,
)
# What stands before the head of a phrase and belongs to it; "putting the rope", "a loop inside the rope" do
# not.
_MODIFIERS = (
    r"(?:(?!(?:for|not|to|by|of|in|used|with|from|on|as|than|that|which|and|or|an?|the|its|their|his|her|your|our|"
    r"inside|outside|into|onto|between|behind|under|over|above|below|without|within|all|both|each|every)\b)[\w'’-]+\s+){0,3}"
)
# "Pulls ropes in" is no rope.
_DOES = r"[a-z]{3,}(?<![siu])s\s"
_OPENING = re.compile(
    r"\A(?:(?:in|for)\s+[^,]{3,60},\s+)?(?:[^,;:]{0,80}?\s(?:is|are|means|refers\s+to)\s+(?!not\b))?"
    rf"(?:(?:an?|the|one|any|some|two|another)\s*|\s*(?!{_DOES})){_MODIFIERS}\Z",
    re.IGNORECASE,
)
# "An adaptive learning rate optimizer" is an optimizer: the label must be the head of its phrase.
_ENDS_PHRASE = re.compile(
    r"\s*(?:\Z|[.,;:()\[\]–—]|(?:of|for|in|to|with|on|by|from|at|as|that|which|whose|where|who|and|or|when|"
    r"is|are|while|if|between|over|under|into|such|because|so|without|within|used|made|\w+ing|\w+ed)\b)",
    re.IGNORECASE,
)
# "Tides are read from a table": a sentence about tides, and no definition that begins with what a thing is.
_FINITE_VERB = re.compile(
    r"(?:(?:,\s(?:[\w'’-]+\s?){1,4}){0,5},?\s+and(?:\s+[\w'’-]+){1,3})?\s*(?:is|are|was|were|has|have|had|can|will|may|must|should|do|does)\b",
    re.IGNORECASE,
)
# What governs a mention stands near it. Looked for in all that stands before, it would take the square of the
# length of a sentence; so would a word, here with the blanks behind it.
_FURTHEST = 400
_LONGEST_WORD = 80
_PHRASE_BEFORE = re.compile(r"(?P<word>[\w'’-]*[^\W\d_])[\s-]+\Z")
_NO_PART_OF_A_NAME = frozenset(
    "a an the one any some each every all both no this that these those its their our your his her "
    "another other such of for in to with on by from at as and or nor but is are was were be been has "
    "have had can will may not than between over under into through per via using while when where if "
    "whether which who whose many much more most several two three four few single same previous next "
    "first last current given new whole entire certain different particular resulting corresponding".split()
)
_NEXT_WORDS = (
    r"(?:(?!(?:of|in|into|on|at|by|from|with|using|for|to|as|than|and|or|that|which|is|are)\b)"
    r"[\w'’-]+\s+){0,4}"
)
_NEEDS = re.compile(
    rf"(?:\b(?:requir(?:es?|ing)|needs|depends?\s+on|rel(?:y|ies|ying)\s+on|presuppos(?:es?|ing)|"
    rf"(?:builds?|built|based)\s+(?:up)?on)\s+(?!no\b)|"
    rf"(?:\b(?:cannot|impossible|never|not|no|nothing|hardly)|n['’]t)\b[^.;:]{{0,80}}\bwithout\s+)"
    rf"{_NEXT_WORDS}\Z",
    re.IGNORECASE,
)
_NEEDS_NOT = re.compile(
    r"(?:\b(?:not|never|no|without|nor)|n['’]t)\s+(?:[\w'’-]+\s+)?"
    r"(?:requir|need|depend|rel[yi]|presuppos|build|built|based)",
    re.IGNORECASE,
)
# What a thing brings about, or is there for: it is cut "for a better rise", but "a tool for shaping" and "one
# for each tide" say what it is.
_OUTCOMES = (
    r"(?:produc|creat|generat|caus|achiev|promot|encourag|giv|mak)(?:e|es|ing)(?!\s+up\b)|(?:yield|build|get|"
    r"obtain|reach|develop)(?:s|ting|ing)?|turn(?:s|ing)?\s+into|(?:divided|split|broken)\s+(?:up\s+)?into|becom(?:e|es|ing)|result(?:s|ing)?\s+in|"
    r"(?:giv(?:es?|ing)|brings?|bringing)\s+(?:rise\s+to|about)"
)
_BRINGS_ABOUT = re.compile(
    rf"\b(?:{_OUTCOMES})\s+{_NEXT_WORDS}\Z|\b(?:so\s+that|in\s+order\s+to)\s[^.;:]{{0,80}}\Z",
    re.IGNORECASE,
)
_FOR = re.compile(
    rf"\S\s+for\s+(?!(?:the|an?|each|every|any|its|one|two|all|this|some|given)\b){_NEXT_WORDS}\Z",
    re.IGNORECASE,
)
_THING_FOR = re.compile(
    r"\A\W*(?:(?:[\w'’-]+\s+){1,4}(?:is|are)\s+)?(?:(?:an?|the|any|some|one|of)\s+)?"
    r"(?:(?!(?:\w+(?:ed|en)|that|which|who|is|are|was|were|made|done|left|kept|cut|put|set|held|in|on|by|with)\b)"
    r"[\w'’-]+\s+){1,5}for\s[^,.;:]*\Z",
    re.IGNORECASE,
)
# "Oak for boats, ash for oars" says what is done with them; "It is a tool for shaping" what it is.
_SAYS_WHAT = re.compile(r"\b(?:is|are|an?|the|one)\s", re.IGNORECASE)
_CAN_DO = re.compile(r"\b(?:it|they|which|that)\s+can\s+(?!be\b|not\b)[^.;:]{0,80}\Z", re.IGNORECASE)
_NOWHERE = re.compile(
    r"\b(?:such\s+as|for\s+(?:example|instance),?|e\.g\.,?|like|unlike|similar(?:ly)?\s+to|analogous(?:ly)?\s+to|"
    r"compared?\s+(?:to|with)|in\s+contrast\s+(?:to|with)|contrary\s+to|as\s+opposed\s+to|instead\s+of|rather\s+than|"
    r"than(?!\s+(?:one|two|three|half|\d+)\b)|equivalent(?:ly)?(?:\s+to)?|different\s+from|differs?\s+from|(?:nothing|little)\s+to\s+do\s+with|not\s+to\s+be\s+confused\s+with|see(?:\s+also)?|"
    r"used\s+(?:to|for|in|by|as|with|when|throughout)|applied\s+in|applications?\s+(?:of|in|include)|"
    r"(?:useful|handy)\s+for|(?:common|rare|frequent|popular)\s+(?:in|on|among|with)|"
    r"examples?\s+(?:of|are|include)|includ(?:e|es|ing)|input\s+to|passed\s+to|fed\s+(?:in)?to|feeds?|leads?\s+to|"
    r"(?:needs?|requires?)\s+no|prior\s+to|before|after\s+which|without|"
    r"(?:in|as)\s+preparation\s+for|(?:goals?|aims?|purposes?)\s+(?:is|are|of)|"
    r"(?:also|often|sometimes|otherwise)\s+(?:called|known\s+as)|a\.?k\.?a\.?|synonyms?|"
    r"(?:confuse[ds]?|mistaken|mix(?:ed)?\s+up)\s+(?:[^.;:]{1,40}?\s)?(?:with|for|and)|"
    r"(?:prerequisites?|preconditions?)\s+(?:for|of|to)|no\s+(?:danger|risk|threat|harm|match|substitute|replacement)\s+(?:to|for)|"
    r"(?:go(?:es)?\s+away|disappears?|vanish(?:es)?)\s+(?:with|by|through|under|in)|"
    r"(?:prevented|cured|healed|avoided|remedied|eliminated|mitigated|alleviated|counteracted|combat(?:t?ed)?|fought|undone)"
    r"\s+(?:by|with|through|using|via)|"
    r"(?:can|could|may|might|must|should|has\s+to|have\s+to)\s+be\s+(?:[a-z]+ly\s+)?"
    r"(?:removed|treated|fixed|corrected|reduced|stopped|killed|destroyed|repaired|controlled|relieved)"
    r"\s+(?:by|with|through|using|via)|"
    r"allows?|enables?|makes?\s+(?:it\s+)?possible)\s+(?:[^.;:]{0,80})\Z"
    r"|\bthen\s+(?:(?:an?|the|its)\s+)?\Z"
    r"|\b(?:is|are|was|were|does|do)(?:\s+not|n['’]t)\s+[^,.;:]{0,40}\Z",
    re.IGNORECASE,
)
# What a definition says that a thing is applied to, it works on; said later, it is a use. So what removes a
# thing that is defined already undoes it: "leather is hide that is treated with bark" needs the bark.
_NOWHERE_LATER = re.compile(
    r"\b(?:applied\s+to|(?:is|are)\s+(?:[a-z]+ly\s+)?"
    r"(?:removed|treated|fixed|corrected|reduced|stopped|killed|destroyed|repaired|relieved)\s+(?:by|with|through|using|via))"
    r"\s+(?:[^.;:]{0,80})\Z",
    re.IGNORECASE,
)
# "Made after the king was lost": when something happens.
_WHEN = re.compile(r"\b(?:after|since)\s+(?:(?:an?|the|its|their)\s+)?(?:[\w'’-]+\s+)?\Z", re.IGNORECASE)
_HAPPENS = re.compile(r"\s+(?:is|are|was|were|had)\b", re.IGNORECASE)
_OPENS_LIST = re.compile(
    r"\b(?:such as|for example|for instance|like|e\.g\.|including|includes?)\b[^.]*\Z", re.IGNORECASE
)
_GOES_ON = re.compile(
    r"\b(?P<to>to|for|in|from|of)\s[^,.;:]{1,60},\s+(?:and|or|but)\s+(?P=to)\s+[^,]*\Z", re.IGNORECASE
)
_EXAMPLE_SENTENCE = re.compile(
    r"\A\W*(?:for\s+(?:example|instance)|e\.g\.|see\b|compare|contrast|examples?\b|unlike|suppose|imagine|"
    r"consider|(?:the|an?|some)\s+(?:(?:best|well|most|more)[\s-](?:known|common|famous|popular|frequent|usual|typical|important)|"
    r"usual|classic|typical|commonest|famous|common|popular)\s+(?:[\w-]+\s+){0,2}?(?:is|are)\s"
    # What is told apart, and where a name comes from.
    r"|(?:please\s+)?(?:do\s+not|don['’]t|never|not\s+to\s+be|should\s+not\s+be|(?:it\s+is\s+)?easily)\s+"
    r"(?:confused?|mix(?:ed)?|mistaken?)\b"
    r"|(?:(?:the|its|their|this)\s+(?:[\w-]+\s+)?(?:names?|terms?|words?)\s+(?:[a-z]+ly\s+|also\s+|itself\s+)?"
    r"(?:com(?:es?|ing)|came|stems?|deriv(?:es?|ed)|goes\s+back|originat(?:es?|ed)|(?:is|was)\s+(?:borrowed|taken|coined|derived|from))"
    r"|(?:(?:it|they)\s+(?:is|are|was|were)\s+)?named\s+(?:after|for)|(?:it|they)\s+(?:gets?|got|takes?|took|owes?)\s+(?:its|their)\s+names?)\b)",
    re.IGNORECASE,
)


def is_example(sentence: str) -> bool:
    """Whether a whole sentence only illustrates, tells two things apart or where a name comes from: what it
    names is not needed."""
    return bool(_EXAMPLE_SENTENCE.match(sentence))


# "Once the sail is up", "Given a rope": no orders.
_NO_ORDER = re.compile(
    r"\W*(?:once|because|given|while|whilst|when|whenever|where|if|since|after|before|until|till|although|though|as|unless|"
    r"during|whereas|throughout|despite|considering|regarding|assuming|provided|suppose|upon|via|across|among|around|behind|"
    r"inside|outside|within|without|through|toward|towards|unlike|let)\b",
    re.IGNORECASE,
)


def is_order(sentence: str) -> bool:
    """Whether a sentence tells what to do: "Put the lid on before it boils"."""
    return instructs(sentence.lstrip(" *_`\n")) and not _NO_ORDER.match(sentence)


def ends_phrase(text: str, end: int) -> bool:
    """Whether a noun phrase ends at a place: what follows is no further noun of it."""
    return bool(_ENDS_PHRASE.match(text, end))


def cue(sentence: str, start: int, end: int, first: bool) -> tuple[EvidenceKind, float] | None:
    """What the mention from `start` to `end` of a definition's sentence says, and the share of the kind's
    weight that it has; None if it points backward or nowhere. `first` tells whether it is the first sentence.
    """
    before, words = sentence[max(0, start - _FURTHEST) : start], sentence[start:end]
    after = sentence[end : end + _LONGEST_WORD]
    first = first and start <= _FURTHEST
    near = _near(before)
    if _NEEDS.search(near) and not _NEEDS_NOT.search(near):
        return EvidenceKind.NEEDS, 1.0
    clause = _open_clause(near)
    if _NOWHERE.search(clause) or (not first and _NOWHERE_LATER.search(clause)):
        return None
    happens = _WHEN.search(clause) and _HAPPENS.match(after)
    if happens or _is_what_is_done(first, before, words, after):
        return None
    share = TAIL_OF_A_PHRASE if _is_tail(before, words) else 1.0
    if _KIND.search(before):
        return EvidenceKind.KIND, share
    opens = first and share == 1.0 and _OPENING.match(before)
    if opens and ends_phrase(sentence, end) and not _FINITE_VERB.match(sentence, end):
        return EvidenceKind.IS_A, share
    return EvidenceKind.DEFINITION, share


def is_brought_about(sentence: str, start: int, first: bool) -> bool:
    """Whether the mention that begins at `start` names what the thing that is explained is there to bring
    about, or, in a later sentence, what it can do: that may come first or last."""
    clause = _open_clause(_near(sentence[max(0, start - _FURTHEST) : start]))
    if _BRINGS_ABOUT.search(clause) or (not first and _CAN_DO.search(clause)):
        return True
    is_for = _THING_FOR.match(clause) and (first or _SAYS_WHAT.search(clause))
    return bool(_FOR.search(clause) and not is_for)


def _near(before: str) -> str:
    """What stands before a mention in its part of the sentence."""
    return re.split(r"[;:]|\)\s|,\s(?:but|while|and\s+then)\s", before)[-1]


def _is_what_is_done(first: bool, before: str, words: str, after: str) -> bool:
    """Whether a definition opens with the word as a verb: "Mapping a vector onto ..." mentions no mapping."""
    opens = first and not before.strip()
    return (
        opens
        and words.casefold().endswith("ing")
        and bool(re.match(r"\s+(?:an?|the|one|each|\w+s)\b", after))
    )


def _is_tail(before: str, words: str) -> bool:
    """Whether a one-word label stands at the end of a longer noun phrase."""
    if " " in words or "-" in words:
        return False
    phrase = _PHRASE_BEFORE.search(before[-_LONGEST_WORD:])
    return phrase is not None and phrase["word"].casefold() not in _NO_PART_OF_A_NAME


def _open_clause(before: str) -> str:
    """The part of the text before a mention that still governs it: brackets that were closed do not, nor what
    stands before a comma unless it opened a list of examples."""
    text = re.sub(r"\([^()]*\)", " ", before)
    opened = text.rfind("(")
    if opened >= 0:
        return text[opened + 1 :]
    listing = _OPENS_LIST.search(text)
    # "Leads to a ebb, and to a flood": what the comma parts goes on.
    goes_on = _GOES_ON.search(text)
    return text if listing or goes_on else text.rsplit(", ", 1)[-1]
