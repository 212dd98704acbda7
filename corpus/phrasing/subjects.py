"""Subjects: what a sentence is about, and what it says of that from its verb on."""

import re
from collections.abc import Iterator
from functools import lru_cache

from corpus.acronyms import spells
from corpus.labels import label_key, singular
from corpus.phrasing.talk import NOT_A_VERB, tells
from corpus.sentences import first_sentence

# "A can with a lid", "the will to win": no verb follows an article. "A signal to do something" has none.
_FINITE = re.compile(
    r"(?<!\S)(?:is|are|was|were|has|(?<!\bto\s)(?:have|do)|had|(?<!\ba\s)(?<!\bthe\s)(?:can|will|must)|cannot|could|"
    r"would|does|did|may|might|should|isn't|aren't|doesn't|don't|can't|won't)(?=[\s,])",
    re.IGNORECASE,
)


def has_verb(words: str) -> bool:
    """Whether words say something by a finite verb: "the tide is responsible" is no name."""
    return bool(_FINITE.search(words))


# After one of these the verb belongs to a clause inside the definition.
SUBORDINATE = re.compile(
    r"(?<!\S)(?:that|which|who|whose|whom|where|when|if|because|so|while|as|how|what|whether|until|although|though|"
    r"since|after|before|than|whenever|wherever|unless|once)(?=[\s,])|[,:;(—–]",
    re.IGNORECASE,
)


def subject_of(sentence: str) -> str | None:
    """The words before a sentence's main verb; None when it has none before its first clause ends: a
    fragment."""
    verb = _FINITE.search(sentence)
    clause = SUBORDINATE.search(sentence)
    if not verb or (clause and clause.start() < verb.start()):
        return None
    return None if _is_in_bare_clause(sentence, verb) else sentence[: verb.start()]


# "The note a chord is named after", "Anything a crew does", "Goods we bought": a clause about a noun, though
# no "that" begins it.
_PRONOUNS = frozenset("you we they it one he she i people".split())
PREPOSITIONS = frozenset(
    "of in on at by for from to with into over under between through about against across along around and "
    "or than as like is are was were has have had but".split()
)
_BARE_CLAUSE = re.compile(
    rf"(?:(?:an?|the|any|one)\s+|(?=(?:any|every|some)thing\s))(?P<head>(?:[\w'’-]+\s+){{1,3}}?)"
    rf"(?P<whose>{'|'.join(sorted(_PRONOUNS))}|an?|the|your|our|their|its)\s",
    re.IGNORECASE,
)


def _is_in_bare_clause(sentence: str, verb: re.Match[str]) -> bool:
    """Whether a verb belongs to such a clause, and the sentence has no other: "the top of a mast is painted"
    and "the bread the baker has made is good" say something of a thing."""
    bare = _BARE_CLAUSE.match(sentence, 0, verb.start() + 1)
    if bare is None:
        return False
    # "Must have" is one verb, and "could not fill because it was late" has a clause behind it.
    whole = _FINITE.match(sentence, verb.end() + 1) or verb
    later = _FINITE.search(sentence, whole.end())
    if later and not SUBORDINATE.search(sentence, whole.end(), later.start() + 1):
        return False
    head, who = bare["head"].casefold().split(), sentence[bare.end() : verb.start()].split()
    acts = [words[-1] for words in (head, who) if len(words) > 1]
    return (
        PREPOSITIONS.isdisjoint(head)
        and (bare["whose"].casefold() in _PRONOUNS) == (not who)
        and len(who) <= 1
        and not any(word.casefold().endswith(("s", "ed")) for word in acts)
    )


_VERB = re.compile(
    r"(?:is|are|was|were|means?|refers?|describes?|denotes?|consists?|can|may|will"
    r"|[a-z]+(?<!s)s(?!\s+(?:is|are|was|were|can|may|might|will|would|has|have|had|do|does|did|must|should)\b))\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=8192)  # several rules ask about the same name and the same words
def is_subject(term: str, text: str) -> bool:
    """Whether a text's first sentence is about the term: "A basis is ...", "Bases (of a space) are ..."."""
    one = bool(_ONE.match(text))
    return any(_is_said_of(term, rest, one) and not tells(rest) for rest in _after_subject(term, text))


_ONE = re.compile(r"[^\w]*(?:an?|each|every)\s", re.IGNORECASE)


def _is_said_of(term: str, rest: str, one: bool) -> bool:
    """Whether a verb follows a subject. After a plural it has no ending: "Macros record keys", but of `one`
    it has: "A tide table lists" speaks of tables."""
    verb = _VERB.match(rest)
    if verb or one:
        return verb is not None
    words = rest.split(maxsplit=1)
    plural = term.rsplit(maxsplit=1)[-1].casefold()
    return (
        singular(plural) != plural
        and len(words) > 1
        and words[0].isalpha()
        and words[0].islower()
        and words[0] not in NOT_A_VERB
        and not words[0].endswith(("ed", "ing", "s"))
    )


_SCOPE = re.compile(
    r"(?!(?:for\s+(?:example|instance|this|these|that|now)|in\s+(?:fact|short|contrast|addition|other\s+words|this|these|that|"
    r"order|summary|particular)|on\s+the\s+other|at\s+first|to\s+(?:be|do|make|get|begin|see|use))\b)(?:(?:in|for|within|on|at|among|under|with|to)\s+[^,.;:]{2,60}?|from\s+[^,.;:]{3,50}?(?:perspective|viewpoint|"
    r"point\s+of\s+view|standpoint|angle)(?:\s+of\s+[^,.;:]{1,40})?|(?:more\s+)?(?:generally|formally|technically|informally|strictly|broadly|"
    r"loosely|simply|mathematically|historically|traditionally|basically|essentially)(?:\s+(?:speaking|put))?),\s+",
    re.IGNORECASE,
)
# "To tack is to turn the bow through the wind."
_INFINITIVE = re.compile(r"to\s+(?=[\w-]+\s+(?:is|means)\s)", re.IGNORECASE)
# "The term X refers to ..." is about X.
_NAMING = re.compile(
    r"(?:the|this|a)\s+(?:term|word|concept|phrase|name|notion|expression|acronym|abbreviation)\s+(?:of\s+)?",
    re.IGNORECASE,
)


def _after_subject(term: str, text: str) -> Iterator[str]:
    """What a first sentence says of the term that it opens with, if it does: from the verb on."""
    sentence = first_sentence(text)
    scope = _SCOPE.match(sentence)
    infinitive = _INFINITIVE.match(sentence)
    for start in dict.fromkeys(m.end() if m else 0 for m in (None, scope, infinitive)):
        naming = _NAMING.match(sentence, start)
        rest = _opened(term, sentence[naming.end() if naming else start :])
        if rest is not None:
            yield rest


def after_subject(term: str, text: str) -> str | None:
    """What a first sentence says of the term that it opens with, from the verb on; None if it opens with
    something else."""
    return next(_after_subject(term, text), None)


def scope_end(text: str) -> int:
    """Where a sentence goes on that says first where it holds: "In music, ..."."""
    scope = _SCOPE.match(text)
    return scope.end() if scope else 0


_WORDS = re.compile(r"\S+")
_FIRST_WORD = re.compile(r"[^\w&+#]*(?:(?:the|an?)\s+)?", re.IGNORECASE)
# What stands between a subject and its verb: "(...)", ", or drift,", "- also called ... -".
_BETWEEN = re.compile(
    r"(?:\s*\([^)]*\))?(?:,[^.]{1,100}?,|\s+[-–—]{1,3}\s+[^.]{1,100}?\s+[-–—]{1,3}(?=\s))?\s*"
)


def _opened(term: str, sentence: str) -> str | None:
    key = label_key(term)
    # Most sentences begin with another letter than the term, and need no look at their words.
    first = _FIRST_WORD.match(sentence)
    begins = sentence[first.end() : first.end() + 1].casefold() if first else ""
    if begins.isascii() and begins.isalpha() and key[:1] not in (begins, "a", "t"):
        return None
    words = list(_WORDS.finditer(sentence[:200]))
    for count in range(1, min(len(words), len(term.split()) + 3) + 1):
        end = words[count - 1].end()
        if label_key(sentence[:end].rstrip(",:")) == key:
            between = _BETWEEN.match(sentence, end - (sentence[end - 1] == ","))
            return sentence[between.end() :] if between else sentence[end:].lstrip()
    return None


_RESTATED = re.compile(
    r"(?P<name>[^.:()\n–—]{2,80}?)\s*(?:\((?P<other>[^()]{2,60})\))?\s*(?:[:.](?=\s)|\s[-–—]{1,3}(?=\s))\s*(?=\S)"
)


def restated(term: str, text: str) -> int:
    """Where the definition begins in a text that says its term again first ("VLAN: a part of ...", "Virtual
    LAN (VLAN). A part of ..."); 0 where it does not."""
    match = _RESTATED.match(text)
    if not match:
        return 0
    said = {label_key(match["name"]), label_key(match["other"] or match["name"])}
    return match.end() if label_key(term) in said or spells(term, match["name"]) else 0


_IS_A = re.compile(
    r"(?:an?\s+|the\s+)?[\w'’-]+(?:\s+[\w'’-]+){0,3}?\s+(?:is|are)\s+(?:an?|the|any|how)\s", re.IGNORECASE
)


def begins_with_is(sentence: str) -> bool:
    """Whether a sentence begins "An X is a ...": its subject is what it is about."""
    return bool(_IS_A.match(sentence))


# "Every boat needs three things", "the kiln takes eight hours": what it has, wants and does.
_OF_EACH = re.compile(r"(?:every|each|most|many|some|all|no|our|my)\s", re.IGNORECASE)
_IS_A_KIND = re.compile(r"\s(?:is|are|means?|refers?\s+to)\s+(?:an?|the|any|one|how)\s", re.IGNORECASE)
_ONLY_TELLS = re.compile(
    r"(?:ha(?:s|ve|d)|(?:was|were)(?!\s+(?:an?|the)\s)|(?:need|take|come|know|want|get|begin|start|last|cost|look|seem|like|live|stand|"
    r"hang|trade|love|hate)s?)\s",
    re.IGNORECASE,
)


# "All sails that a ship carries", "anything a crew does".
ALL_THAT = re.compile(
    r"(?:all|any)\s+(?:(?:of\s+)?the\s+)?(?:[\w'’-]+\s+){1,4}?(?:that|which|who)\s"
    r"|(?:any|every)thing\s+(?:that|which|an?|the|one|\w+s)\s",
    re.IGNORECASE,
)


def only_tells(term: str, text: str) -> bool:
    """Whether a sentence about a term tells what it has, wants or does, and not what it is."""
    sentence = first_sentence(text)
    told = after_subject(term, sentence)
    of_each = _OF_EACH.match(sentence) and not (_IS_A_KIND.search(sentence) or ALL_THAT.match(sentence))
    return bool(of_each or (told and _ONLY_TELLS.match(told)))


# "The pump uses oil to keep cool": a whole sentence, with a verb that is in no list.
_ACTING = re.compile(
    r"(?P<subject>(?i:the|an?|each|every|one|this)\s+(?P<noun>[a-z][\w-]*))\s+(?:[a-z]+(?<![su])(?:s|es))\s+"
    r"(?:(?i:an?|the|its|their|all|every|each|both|how|what|you|us|them)\s|[A-Z]{2})"
)
# "The ropes that hold the mast are called shrouds", but not "a rope that is called when ...".
_NAMES_OTHER = re.compile(
    r"(?<!\sthat)(?<!\swhich)(?<!\swho)\s(?:is|are)\s+(?:then\s+|usually\s+|also\s+)?(?:called|known\s+as|termed)\s+"
    r"(?!(?:by|or|and|using|when|whenever|from|with|in|on|once|after|before|for|to|at|if)\b)(?:an?\s+|the\s+)?(?P<name>[^.,;:()]+)",
    re.IGNORECASE,
)


def says_of_another(term: str, sentence: str) -> bool:
    """Whether a sentence tells what another thing does, or is called."""
    acting = _ACTING.match(sentence)
    if acting and singular(acting["noun"].casefold()) == acting["noun"].casefold():
        return not same_head(term, acting["subject"])
    named = _NAMES_OTHER.search(sentence)
    return named is not None and label_key(term) not in label_key(named["name"])


_ARTICLE = re.compile(r"^(?:a|an|the|one|any|each|every|some)\s+", re.IGNORECASE)


def same_head(term: str, subject: str) -> bool:
    """Whether a subject is the term but for what one of them leaves out: "the gap" under "generalization
    gap"."""
    one, other = label_key(term), label_key(_ARTICLE.sub("", subject.strip()))
    return bool(other) and (one.endswith(other) or other.endswith(one))
