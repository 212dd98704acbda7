"""Running prose that defines: "An **X** is a ...", "X is a ...", "X consists of"."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from corpus.acronyms import is_acronym_of
from corpus.blocks import Block, Inline
from corpus.definitions.naming import may_be_term
from corpus.definitions.page import Candidate, Page
from corpus.definitions.texts import in_words, set_off
from corpus.labels import ends_in_function_word, label_key, looks_like_term
from corpus.phrasing.noun_phrases import begins_with_genus, tells_apart
from corpus.phrasing.subjects import scope_end
from corpus.phrasing.talk import has_opinion, tells, tells_what_happened
from corpus.places import lines_before
from corpus.sentences import sentences

# What may stand before the subject: a label ("Definition 2: "), and an article.
_BEFORE_SUBJECT = re.compile(
    r"(?P<label>[\w.]+(?:\s+[\w.]+)?:\s+)?(?P<article>(?:an?|the)\s+)?\Z", re.IGNORECASE
)
# What may stand between the subject and its verb: "(...)", ", written C(G),", "- also ... -", "of a graph".
_ASIDES = (
    r"(?:\s+(?:of|in|for|on|between|from|over|with|under)\s+[^,.;:()]{1,50}?)??"
    r"(?:\s*\([^)]*\))?(?:,[^.;]{1,80}?,|\s+[-–—]{1,3}\s+[^.;]{1,80}?\s+[-–—]{1,3}(?=\s))?"
    r"(?:\s+(?:of|in|for|on|between|from)\s+[^,.;:]{1,50}?)??"
)
_IS = (
    r"(?:is|are|means|refers\s+to|describes|denotes|consists\s+of|comprises"
    r"|(?:occur|happen|arise)s?\s+when(?:ever)?)"
)
_COPULA = re.compile(
    rf"{_ASIDES}\s+(?={_IS}\s)",
    re.IGNORECASE,
)
_ACTS = re.compile(
    rf"{_ASIDES}\s+[a-z]+(?<!s)s\s+(?:(?:us|you|up|out|off|away|down)\s+)?(?:an?|the|its|each|every|all|one|two|how|what|to|into)\s",
    re.IGNORECASE,
)
_HOW = re.compile(r"\s(?:how|what)\s\Z")
_VERB = re.compile(rf"{_IS}\s+", re.IGNORECASE)


def from_bold_is(page: Page) -> Iterator[Candidate]:
    """A sentence whose subject is set in bold or italics, or marked as `<dfn>`, then "is"."""
    for block, inline in page.paragraphs:
        if not (inline.strong or inline.emphasis or inline.html or '"' in inline.text or "“" in inline.text):
            continue
        found = list(_bold_subjects(inline))
        ends = (*(cut for cut, _, _ in found[1:]), None)
        for (_, begin, term), end in zip(found, ends[: len(found)], strict=True):
            yield Candidate(term, _line(block, inline, begin), (block,), begin, end)


def _line(block: Block, inline: Inline, offset: int) -> int:
    return block.first_line + lines_before(inline.text, offset)


# Characters between the beginning of a sentence and its subject: an article, a clause that sets the scope.
_LONGEST_OPENING = 200


# "..., and **recall** is", "whereas **gene flow** is": a second clause about another subject.
_JOINED = re.compile(r"[,;]\s+(?:and|but|whereas|while)\s+(?P<subject>(?:an?\s+|the\s+)?)\Z", re.IGNORECASE)
# "... is another thing: a **soak** is a ...", where it is said with "is a".
_CLAUSE = re.compile(r"[:;]\s+(?P<subject>(?:an?\s+|the\s+)?)\Z", re.IGNORECASE)
_IS_A = re.compile(r"\s+(?:is|are)\s+(?:an?|the)\s", re.IGNORECASE)
# "By a **terminator** we mean the place", "Let us define the **datum** as the level".
_BEFORE_NAMED = re.compile(
    r"(?P<by>by|with)\s+(?:an?\s+|the\s+)?\Z|(?:(?:let\s+us|let's|we|i|one)\s+(?:now\s+|can\s+|may\s+)?)?"
    r"(?P<define>defines?)\s+(?:an?\s+|the\s+)?\Z|(?:we|one|people|some|i)\s+(?:\w+ly\s+|often\s+)?(?P<call>calls?)\s+"
    r"(?!(?:it|this|that|these|those|them|him|her|him|us|you|such)\b)\S.{0,120}?\s(?:an?\s+|the\s+)?\Z",
    re.IGNORECASE | re.DOTALL,
)
_AFTER_NAMED = {
    "by": re.compile(
        r",?\s+(?:we|i|one|people|authors)\s+(?:\w+ly\s+|often\s+)?(?:mean|understand|refer)s?\s",
        re.IGNORECASE,
    ),
    "define": re.compile(r"(?:\s+of\s+[^.,;]{1,60}?)?\s+(?:as|to\s+be)\s", re.IGNORECASE),
    "call": re.compile(r"(?:\s+of\s+[^.;]{1,60})?\s*[.,;]", re.IGNORECASE),
}
_QUOTED = re.compile(
    r"(?:An?\s+|The\s+(?:term|word|expression|phrase)\s+)?[\"“](?P<name>[^\"“”\n]{2,50})[\"”](?=\s+(?:(?:is|are)\s+an?|means|refers\s+to|describes|denotes)\s)"
)


_QUOTED_NAMED = re.compile(
    r"(?:By|With)\s+[\"“](?P<name>[^\"“”\n]{2,50})[\"”](?=\s+(?:we|I|people|one)\s+(?:mean|understand))"
)
_SPELLED = re.compile(
    r"(?P<short>[A-Z][A-Za-z]*[A-Z][A-Za-z]*) \((?P<long>[^()\n]{4,80})\)\s+(?:is|are)\s+(?:an?|the)\s"
)


def _bold_subjects(inline: Inline) -> Iterator[tuple[int, int, str]]:
    """The sentences whose subject is set off: where what stands before ends, where each begins, and its
    subject."""
    marked = {*set_off(inline)}
    found = -1
    words = in_words(inline)
    starts = [start for start, _ in sentences(words)]
    quoted = {m.span("name") for start in starts if (m := _QUOTED_NAMED.match(inline.text, start))}
    quoted |= {m.span("name") for start in starts if (m := _QUOTED.match(inline.text, start))}
    marked |= quoted
    # "MSL (mean sea level) is ..." beside them is a subject of its own.
    spelled = [m for start in starts if marked and (m := _SPELLED.match(inline.text, start))]
    letters = {m.span("short") for m in spelled if is_acronym_of(m["short"], m["long"])}
    for span in sorted(marked | letters):
        term = re.sub(r"^(?:a|an|the)\s+", "", inline.text[slice(*span)].strip(), flags=re.IGNORECASE)
        begin = starts[place - 1] if (place := bisect_right(starts, span[0])) else 0
        if span[0] - begin > _LONGEST_OPENING or not may_be_term(term):
            continue
        in_quotes = span in quoted
        before = inline.text[begin : span[0] - in_quotes]
        after = span[1] + in_quotes
        opening = _BEFORE_SUBJECT.match(before, scope_end(before))
        if opening and _says_of(inline, words, starts, after, opening):
            found = begin
            start = begin + (len(opening["label"]) if opening["label"] else 0)
            yield start, start, term
        elif joined := _JOINED.search(before) if found == begin else _CLAUSE.search(before):
            opening = _BEFORE_SUBJECT.match(joined["subject"])
            is_a = found == begin or _IS_A.match(inline.text, after)
            if is_a and opening and _says_of(inline, words, starts, after, opening):
                yield begin + joined.start(), begin + joined.start("subject"), term
        elif _is_named(inline.text, before, after):
            yield begin, begin, term


def _is_named(text: str, before: str, after: int) -> bool:
    """Whether a sentence gives a name to something: "By a **terminator** we mean the place of its end."."""
    naming = _BEFORE_NAMED.fullmatch(before)
    return bool(naming and naming.lastgroup and _AFTER_NAMED[naming.lastgroup].match(text, after))


# "A **query** is a question to the log": of such a subject these are what it is, and no judgements.
_THING_TO = re.compile(
    r"an?\s+(?:[a-z-]+\s+){0,2}?(?:question|sign|symptom|piece|component|task|step|part)\s+(?:to|of|in|for|from|about)\s+"
    r"(?!(?:this|these|that|our|my|your|it|cake)\b)\S",
    re.IGNORECASE,
)


def _says_of(inline: Inline, words: str, starts: Sequence[int], end: int, opening: re.Match[str]) -> bool:
    """Whether what follows a set-off subject says what it is. A formula may stand between: "the **norm**
    $|v|$ is ...". `words` is the text without formulas, `starts` where its sentences begin."""
    formula = bisect_left(inline.masked, (end,))
    for start, stop in inline.masked[formula : formula + 1]:
        end = end if inline.text[end:start].strip() else stop
    copula = _COPULA.match(words, end)
    article = (opening["article"] or "").strip().casefold()
    if copula:
        verb = _VERB.match(words, copula.end())
        following = bisect_right(starts, copula.end())
        sentence = words[copula.end() : starts[following] if following < len(starts) else None]
        predicate = sentence[verb.end() - copula.end() :] if verb else ""
        general = article in ("a", "an") and bool(_THING_TO.match(predicate))
        return not tells(sentence) and (general or not has_opinion(predicate, set_off=True))
    acts = _ACTS.match(words, end)
    return acts is not None and (article in ("a", "an") or (article == "the" and bool(_HOW.search(acts[0]))))


_LINE_IS = re.compile(
    r"(?P<article>(?:an?|the)\s+)?(?P<term>[\w][\w'’/+#-]*(?:\s+[\w][\w'’/+#-]*){0,4}?)"
    r"(?P<of>\s+(?:in|for|with|on|at|from|to|between)\s+[\w'’ -]{1,40}?)?(?:\s*\([^)]{1,60}\))?"
    r"(?:,\s[^,.]{1,80},|\s[-–—]\s[^.–—]{1,80}?\s[-–—](?=\s))?\s+(?:(?P<means>means|refers\s+to)\s+|(?:is|are)\s+)"
    r"(?P<predicate>(?(means)\w|(?:(?:an?|the|one\s+(?:of|that|which|who|whose|in|with)|how|when|any|simply|just|basically|"
    r"essentially|defined\s+as)\s|(?P<such>(?:[a-z-]+\s){0,2}[a-z-]+s\s(?:that|which|who|whose|used\s(?:to|for|in|by))\s)"
    r"|(?(article)(?!(?:no|not|so|such|some\w+|any\w+|only)\s)[a-z-]+(?<!ed)(?<!ing)(?<!ly)(?<!st)(?<!nd)(?<!wn)\s"
    r"(?:that|which)\s(?:is|are|was|were|has|had|have|can)\s|(?!)))))",
    re.IGNORECASE,
)
# "High water (HW) refers to", "MSL (mean sea level) is": who gives a name in full and in letters explains it.
_IN_FULL = re.compile(
    r"(?:(?:an?|the)\s+)?(?P<term>[\w][\w'’/+#-]*(?:\s+[\w][\w'’/+#-]*){0,5}?\s+\((?P<inside>[^()\n]{2,60})\)"
    r"(?:\s+[a-z]+){0,2}?)\s+(?:is|are|means|refers\s+to|represents|describes|denotes)\s+(?P<predicate>"
    r"(?:(?:simply|just|basically|essentially)\s+)?(?:(?:an?|the|one|any|how)\s+\S+\s+\S|[a-z]+s?\s+(?:that|which|where|of|used)\s))",
    re.IGNORECASE,
)
_SAYS = re.compile(
    r"\s(?:is|are|means|refers|represents|describes|denotes)\s", re.IGNORECASE
)  # most sentences do not
_MAY_SAY = re.compile(rf"{_SAYS.pattern}|\s(?:happens|occurs|arises)\s|,\s(?:i\.|that\s+is,)", re.IGNORECASE)
_VAGUE = frozenset(
    map(
        label_key,
        "goal purpose idea problem result reason point key trick step way question answer difference "
        "advantage aim task thing one first second third last next main best simplest easiest most important "
        "part case example rest following above latter former other same opposite below before now example "
        "output input process method approach solution challenge drawback benefit fact truth catch issue "
        "concept term name word definition technique rule choice option default number value size line "
        "figure picture course lesson chapter section file here".split(),
    )
)
_NO_FIRST_WORD = frozenset(
    map(
        label_key,
        "first second third last next main best simplest easiest most important following above latter "
        "former other opposite only best-known usual typical common good bad big small new old key notable "
        "great nice simple quick another much many nobody none nothing noone anybody anyone anything "
        "somebody someone something everybody everyone everything several such".split(),
    )
)
_COMPARED = re.compile(
    r"(?:great|high|low|larg|small|bigg|fast|slow|long|short|strong|weak|deep|wid|bett|heavi|light|thick|thin|hott|cold)er|more|less|fewer|"
    r"(?:in|de)creas(?:ed|ing)",
    re.IGNORECASE,
)
_NO_NAME_WORDS = frozenset("is are was and or who that".split())
_SEMICOLON = re.compile(r";\s+")


def from_line_is(page: Page) -> Iterator[Candidate]:
    """A line or bullet that begins "X is a ..." where X is a bare noun phrase; a later sentence, if it begins
    "An X is a ...", or if every line of its paragraph says so of something."""
    # A later sentence begins with "a" or with a word of the heading: at most of them no more than a look is
    # needed.
    initials = _initials(page.section.title) if page.section.level > 1 else frozenset()
    for block, inline in page.paragraphs:
        if (inline.masked and inline.masked[0][0] == 0) or not _MAY_SAY.search(inline.text):
            continue
        found: list[tuple[int, str]] = []
        every_line = _every_line_says(inline.text)
        for start, end in _clauses(inline.text):
            may_say = start == 0 or every_line or _may_open(inline.text, start, initials)
            may_say = may_say or "(" in inline.text[start : start + _LONGEST_NAME]
            says = may_say and _SAYS.search(inline.text, start, end)
            full = _named_in_full(inline.text, start, end) if says else ""
            if full or (start == 0 and (full := _told_otherwise(inline.text, end))):
                found.append((start, full))
                continue
            match = _LINE_IS.match(inline.text, start, end) if says else None
            # A note about one thing speaks of others in passing: "ships are things that ...".
            passing = match is not None and page.alone and match["such"] is not None
            if (
                match
                and not passing
                and not tells(inline.text[match.end("term") : end].lstrip())
                and _is_definition(
                    match,
                    inline.text[match.start("predicate") : end],
                    first=start == 0 or every_line or _headed(page, match["term"]),
                    general=start == 0
                    and _is_said_in_general(match, inline.text[match.start("predicate") : end], page),
                )
            ):
                found.append((start, match["term"]))
        ends = (*(begin for begin, _ in found[1:]), None)
        for (begin, term), last in zip(found, ends[: len(found)], strict=True):
            yield Candidate(term, _line(block, inline, begin), (block,), begin, last)


# "To belay is to hold the rope", "Reefing means rolling up part of a sail",
# "Rill erosion happens when ...", "Saltation, i.e. the bouncing of grains".
_TOLD = re.compile(
    r"To\s+(?P<done>[a-z]{3,}(?:\s[a-z]+)?)\s+(?:is|means)\s+to\s(?!be\s)(?=(?:\S+\s+){2,}\S)"
    r"|(?P<doing>[A-Z][a-z]+ing(?:\s[a-z]+)?)\s+(?:means\s+[a-z]{3,}ing\s(?=(?:\S+\s+)+\S)"
    r"|is\s+(?!(?:becom|gett|hav|be|go|com|tak|cost|giv|mak|kill|driv)ing\s)[a-z]{3,}ing\s(?:an?|the|each|every|its|one)\s)"
    r"|(?P<event>(?!(?:An?|The|This|That|These|It|No)\s)[A-Z][\w'’-]+(?:\s[\w'’-]+){1,3})\s+(?:happens|occurs|arises)\s+when(?:ever)?\s"
    r"|(?:An?\s+)?(?P<which>[A-Za-z][\w'’-]+(?:\s[\w'’-]+){0,3}),\s+which\s+(?:is|are|means)\s+(?:an?|the)\s[^;:.]{12,},\s"
    r"|(?P<meant>[A-Z][\w'’-]+(?:\s[\w'’-]+){0,3}),\s(?:i\.\s?e\.,?|that\s+is,)\s+(?:an?|the)\s[^,;:.]{12,},\s"
)


def _told_otherwise(text: str, end: int) -> str:
    """What a first sentence tells that begins in none of the usual ways; else ""."""
    match = _TOLD.match(text, 0, end)
    term = match[match.lastgroup] if match and match.lastgroup else ""
    words = [label_key(word) for word in term.split()]
    if match and not match["doing"] and tells_what_happened(text, match.end()):
        return ""
    vague = not words or words[0] in _NO_FIRST_WORD or not _VAGUE.isdisjoint(words)
    return "" if vague or ends_in_function_word(term) or not looks_like_term(term, longest=4) else term


_LONGEST_NAME = 80


def _named_in_full(text: str, start: int, end: int) -> str:
    """The subject of a sentence that gives it in full and in letters, and says what it is; else ""."""
    match = _IN_FULL.match(text, start, end)
    if match is None:
        return ""
    before = match["term"].partition("(")[0].strip()
    inside = match["inside"].strip()
    spelled = is_acronym_of(inside, before) or is_acronym_of(before, inside)
    said = not has_opinion(text[match.start("predicate") : end]) and not tells(
        text[match.end("term") : end].lstrip()
    )
    named = looks_like_term(before, longest=6) and label_key(before.split()[0]) not in _NO_FIRST_WORD
    # Of "The VTS (vessel traffic service) desk" neither name stands there as a whole.
    whole = match["term"].endswith(")") or is_acronym_of(inside, before)
    return match["term"] if spelled and said and named and whole else ""


def _every_line_says(text: str) -> bool:
    """Whether each of several lines is a sentence that begins "X is a ...", or goes on about that."""
    lines = text.split("\n")
    if len(lines) == 1 or not all(line.rstrip().endswith(".") for line in lines):
        return False
    about = [line for line in lines if not _GOES_ON.match(line)]
    return len(about) > 1 and lines[0] is about[0] and all(_LINE_IS.match(line) for line in about)


_GOES_ON = re.compile(r"(?:It|They|This|These|Its|Their)\s")


_AN = re.compile(r"an?\s", re.IGNORECASE)


def _initials(title: str) -> frozenset[str]:
    """The letters, small and capital, that a word of a heading may begin with."""
    keys = "".join(label_key(word)[:1] for word in title.split())
    return frozenset(keys + keys.upper())


def _may_open(text: str, start: int, initials: frozenset[str]) -> bool:
    first = text[start]
    return first in initials or not first.isascii() or _AN.match(text, start) is not None


def _headed(page: Page, term: str) -> bool:
    """Whether the section's heading has the term: "Coupling and cohesion"."""
    return page.section.level > 1 and label_key(term) in map(label_key, page.section.title.split())


def _clauses(text: str) -> Iterator[tuple[int, int]]:
    """The sentences of a text, and what stands behind a semicolon in them."""
    for start, end in sentences(text):
        at = start
        for cut in _SEMICOLON.finditer(text, start, end) if ";" in text else ():
            yield at, cut.start()
            at = cut.end()
        yield at, end


# "The luff is the front part of a sail."
_PART_OF = re.compile(
    r"the\s+(?:[a-z-]+\s+){0,2}?(?:part|region|area|zone|side|edge|end|tip|top|bottom|layer|tube|wall|surface|process|stage|"
    r"phase|line|point|organ|bone|muscle|name|command|unit)\s+(?:of|that|which|in|where|between|around|at|by)\s",
    re.IGNORECASE,
)
_STORY = re.compile(r"\b(?:i|we|my|our|was|were|had|said|went|came)\b")


def _is_said_in_general(match: re.Match[str], predicate: str, page: Page) -> bool:
    """Whether "The X is ..." says what any X is: which part of what, or, where the section has "the X" again,
    what in general. In stories it is a certain one."""
    words = match["term"].split()
    if any(label_key(word) in _VAGUE for word in words) or _STORY.search(page.section.lowered):
        return False
    again = page.section.lowered.count(f"the {match['term'].casefold()}") > 1
    return bool(_PART_OF.match(predicate)) or (again and begins_with_genus(predicate))


def _is_definition(match: re.Match[str], predicate: str, first: bool, general: bool) -> bool:
    term = match["term"]
    words = term.split()
    article = (match["article"] or "").strip().casefold()
    return (
        (first or article in ("a", "an"))
        and (article != "the" or general)
        and not (not article and (len(words) > 2 or match["of"]) and words[0].casefold().endswith("ing"))
        and looks_like_term(term, longest=5)
        and not ends_in_function_word(term)
        and not all(label_key(w) in _VAGUE for w in words)
        and label_key(words[0]) not in _NO_FIRST_WORD
        # "A higher tide means a longer swim" compares.
        and not (match["means"] and _COMPARED.fullmatch(words[0]))
        and not any(w.casefold() in _NO_NAME_WORDS for w in words[1:])
        and (article in ("a", "an") or "of" not in map(str.casefold, words))
        and not has_opinion(predicate)
        and tells_apart(predicate)
    )


_IN_SENTENCE = re.compile(
    r"\b(?:an?)\s+(?P<term>(?:[\w-]+\s+){0,3}[\w-]+?)(?:\s+\([^)]{1,40}\))?\s+(?:consists\s+of|is\s+"
    r"(?:\w+ly\s+|often\s+)?defined\s+(?:as|to\s+be))\s",
    re.IGNORECASE,
)
_BEFORE_CLAUSE = re.compile(r"(?:^|^[^.;:()]{1,80},\s+|[;:]\s+)\Z")


def from_sentence(page: Page) -> Iterator[Candidate]:
    """A sentence somewhere in prose that says "an X consists of" or "an X is defined as"."""
    if "consist" not in page.section.lowered and "defined" not in page.section.lowered:
        return
    for block, inline in page.paragraphs:
        lowered = inline.text.casefold()
        says = "consist" in lowered or "defined" in lowered
        for start, end in sentences(inline.text) if says else ():
            match = _IN_SENTENCE.search(inline.text, start, end)
            if (
                match
                and _BEFORE_CLAUSE.search(inline.text[start : match.start()])
                and looks_like_term(match["term"], longest=4)
                and label_key(match["term"].split()[-1]) not in _VAGUE
            ):
                yield Candidate(match["term"], _line(block, inline, start), (block,), start, end)
