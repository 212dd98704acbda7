"""Whether the words behind a lead say what it is, and how: each test is about one lead by itself."""

import re

from corpus.definitions.leads.lead import Lead
from corpus.labels import IMPERATIVES
from corpus.phrasing.meaning import says_in_general, says_what_it_is
from corpus.phrasing.noun_phrases import is_noun_phrase, is_plain_phrase, tells_apart
from corpus.phrasing.subjects import is_subject
from corpus.phrasing.talk import asks, has_opinion, opens_an_aside, speaks
from corpus.sentences import first_sentence

STATED = 4  # words, at least, tell something
# "**Ebb**: This is the tide that falls".
_THIS_IS = re.compile(r"(?:this|these|it|they)\s+(?:is|are)\s+(?=\S)", re.IGNORECASE)
_WHAT = re.compile(r"(?:\w+ing|what|why|how|where|when|because|like|all|my|our|your)\b", re.IGNORECASE)
# "1. the front edge of a sail. 2. to flap", "NOT a sail! A rope that ...".
_BEFORE_SAYING = re.compile(
    r"(?:\(?[1a][.)]|①)\s+|\s*not\s+(?:an?\s|the\s|to\s+be\s)[^.!;:]{2,60}[.!;]\s+(?=\S)", re.IGNORECASE
)


def says(lead: Lead) -> bool:
    """Whether the words say what the term is, be it in a sentence, in a phrase or by its long form."""
    before = _BEFORE_SAYING.match(lead.text)
    whole = lead.text[before.end() :] if before else lead.text
    said = _THIS_IS.match(whole)
    text = whole[said.end() :] if said else whole
    if said and is_noun_phrase(text) and tells_apart(text) and not (_WHAT.match(text) or has_opinion(text)):
        return True
    if said and (_WHAT.match(text) or has_opinion(text) or not tells_apart(text)):
        return False
    if lead.is_long_form or says_what_it_is(lead.name, text, shortest=3) or says_in_general(lead.name, text):
        return True
    return any(is_subject(name, whole) for name in lead.others)


def is_entry(lead: Lead) -> bool:
    """Under "Glossary" whatever stands behind a term is what it means, unless it asks or speaks. Who gives a
    name in full and in letters may speak."""
    return not asks(lead.text) and (not speaks(lead.text) or any(lead.others))


def is_phrase(lead: Lead) -> bool:
    """Whether the words are a noun phrase that tells one thing from others."""
    return is_noun_phrase(lead.prose) and tells_apart(lead.prose)


def is_plain(lead: Lead) -> bool:
    """Whether nothing but a few plain words in small letters stand there."""
    return lead.text[:1].islower() and is_plain_phrase(lead.text)


# Such as french white flour behind T65.
_FEW_WORDS = re.compile(
    r"(?!(?:in|on|at|to|for|with|from|by|no|not|yes|very|too|see|as|if|when|so|same|done|all|this|that|it|ask|still|also)\s)"
    r"[a-z][a-z-]*(?<!ly)(?<!ing)(?<!ed)(?:\s[a-z][a-z-]+){1,4}\.?"
)


def is_kind_in_few_words(lead: Lead) -> bool:
    """Whether nothing but a few small words stand behind a lead, and no order or judgement."""
    text = lead.text.strip()
    words = text.split()
    return bool(_FEW_WORDS.fullmatch(text)) and words[0] not in IMPERATIVES and not has_opinion(text)


# "Water carries salts out of the soil", of a term among others; not what somebody does, or did one day.
OF_SOMEBODY = re.compile(
    r"\b(?:i|we|you|he|she|us|me|our|your|my|his|her|it['’]s|this|these|today|yesterday|tomorrow|please|was|were|did|had|will|should|must)\b",
    re.IGNORECASE,
)


def tells_how(lead: Lead) -> bool:
    """Whether a lead is followed by one whole sentence that tells what goes on."""
    text = first_sentence(lead.text)
    words = text.split()
    instructs = bool(words) and words[0].casefold() in IMPERATIVES
    one = len(text) == len(" ".join(lead.text.split())) and text.endswith(".")
    told = one and len(words) >= STATED and not any(c in "?!;:()" for c in text)
    return told and not (instructs or opens_an_aside(text) or OF_SOMEBODY.search(text) or has_opinion(text))


# "holds the rope", "makes bread".
_DOES = re.compile(
    r"(?!(?:is|was|has|does|as|its|this|us|yes|always|perhaps|thus|plus|less|across|besides|towards|news)\b)"
    r"[a-z]{2,}(?<!s)s\s+[\w(]"
)


def does(lead: Lead) -> bool:
    """Whether a lead in small letters says in one go what a thing does."""
    small = lead.term[:1].islower() or lead.term.isupper()
    return small and bool(_DOES.match(lead.text)) and not any(c in ".!?" for c in lead.text.rstrip()[:-1])
