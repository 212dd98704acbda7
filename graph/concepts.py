"""Definitions -> concepts: which names are names of one thing.

Names are merged when they fold to one key, when the notes say that they are one ("also called", "SGD",
"Synonym for"), or when two names stand over the same words. A shared head word merges nothing: "batch" and
"batch size" stay apart.
"""

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import combinations

from corpus.anchors import github_slug
from corpus.definitions import first_points_to, points_to
from corpus.labels import bare_heading, is_meta_heading, label_key, label_words, says_more, singular
from corpus.model import (
    AliasKind,
    Corpus,
    Definition,
    DefinitionStyle,
    Document,
    NamePair,
    Passage,
    SameOrDifferent,
    Section,
    SectionContent,
    SectionId,
    SourceLocation,
    Topic,
)
from corpus.quoting import quoted, seen_words
from graph.evidence import ends_phrase
from graph.memory import Memory
from graph.mentions import LabelFinder
from graph.model import Concept, ConceptId
from graph.own_links import called_in_links
from graph.stated import labels_said

_BETWEEN_WORDS = re.compile(r"[\W_]+")
_OF_MORE = re.compile(r"\s(?:in|for|with|and|using|to|from|on|by|as|at|or)\s|[&:?]", re.IGNORECASE)
# "rank (of a tensor)" is spoken of as "rank", as long as nothing else is.
_QUALIFIED = re.compile(r"(.+?)\s*\([^()]+\)")
# "classification problem" is spoken of as "classification": these heads add nothing to what a name says.
_EMPTY_HEADS = frozenset({"problem", "task"})
# "Microservices architecture" is spoken of as "microservices", "software architecture" never as "software":
# these heads add little where the rest is several words, or several things.
_LIGHT_HEADS = frozenset("algorithm approach architecture method paradigm pattern technique".split())
# Names made of a verb or an adjective in a way that leaves no doubt which.
_OTHER_FORMS = {
    "ization": ("ize", "ized", "izing"),
    "isation": ("ise", "ised", "ising"),
    "ability": ("able", "ably"),
    "ibility": ("ible", "ibly"),
}
_SHORTEST_STEM = 4
# A section that defines so is about what it defines.
_PAGE_STYLES = frozenset({DefinitionStyle.HEADING, DefinitionStyle.FRONT_MATTER, DefinitionStyle.TITLE})
# All that is said of a name is where else to look.
_SENDS_ELSEWHERE = re.compile(r"\(?see\s+(?:also\s+)?[^.]{2,60}\.?\)?\Z", re.IGNORECASE)
_FIRST_NOUNS = re.compile(r"^(?:an?|the|any|one|some)\s+(?P<words>[^,.;:()]+)", re.IGNORECASE)
_ARTICLE = re.compile(r"\A(?:an?|the)\s+", re.IGNORECASE)
_NOUN_PHRASE_END = re.compile(
    r"\s(?:that|which|of|for|in|to|with|where|whose|who|used|by|on|from|and|or|is|are|compiled|made|given|containing|consisting)\s",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Draft:
    """A concept in the making: everything that goes by one of its keys."""

    definitions: list[Definition] = field(default_factory=list)
    topics: list[Topic] = field(default_factory=list)
    pairs: list[NamePair] = field(default_factory=list)
    shorter: list[str] = field(default_factory=list)
    first: tuple[int, int] = (1 << 60, 0)

    def terms(self) -> list[str]:
        """The names that things stand under, the preferred one first."""
        shown = self.best_first()
        pointers = [t for d in shown if (t := first_points_to(d))]
        led_by = pointers[:1] if shown and points_to(shown[0]) is not None else []
        defined = [definition.term for definition in shown]
        named = [topic.term for topic in self.topics]
        paired = [] if shown or named else [pair.long for pair in self.pairs]
        return [*led_by, *defined, *named, *paired, *pointers]

    def best_first(self) -> list[Definition]:
        """What only says that the thing has another name comes last; else the surest is the first."""
        own = {label_key(d.term) for d in self.definitions}
        leads_on = {id(d): _only_leads_on(d) or bool(_is_short_for(d, own)) for d in self.definitions}
        return sorted(self.definitions, key=lambda d: (leads_on[id(d)], -d.confidence))


def _only_leads_on(definition: Definition) -> bool:
    """Whether all that is said is another name, or where else to look."""
    return first_points_to(definition) is not None or bool(_SENDS_ELSEWHERE.match(definition.text))


class _Names:
    """Keys that are one thing: union-find, the smallest key stands for all. What the author says is different
    stays apart, whatever else joins it."""

    def __init__(self, said: Iterable[SameOrDifferent] = ()) -> None:
        self._parent: dict[str, str] = {}
        # For a key, the groups of different things that it is in, and as which of them.
        self._marks: dict[str, dict[int, str]] = {}
        for number, group in enumerate(g for g in said if not g.same):
            for label in group.labels:
                self._marks.setdefault(label_key(label), {})[number] = label_key(label)

    def apart(self, one: str, other: str) -> bool:
        """Whether the author says that these keys are names of different things."""
        first, second = (self._marks.get(self.find(key), {}) for key in (one, other))
        return any(first[group] != second[group] for group in first.keys() & second.keys())

    def find(self, key: str) -> str:
        root = key
        while self._parent.get(root, root) != root:
            root = self._parent[root]
        while self._parent.get(key, key) != root:
            self._parent[key], key = root, self._parent[key]
        return root

    def union(self, one: str, other: str) -> None:
        low, high = sorted((self.find(one), self.find(other)))
        if low != high and self.apart(low, high):
            return
        if high in self._marks and low != high:
            self._marks.setdefault(low, {}).update(self._marks[high])
        self._parent[high] = low
        self._parent.setdefault(low, low)


class LabelPlaces:
    """Where each label of a concept is stated: the words there, as in the source, and their lines. Looked for
    when asked: most labels are never quoted."""

    def __init__(self, concepts: Sequence[Concept], drafts: Sequence[_Draft], corpus: Corpus) -> None:
        self._sections = {s.id: s for s in corpus.sections()}
        self._stated: dict[tuple[ConceptId, str], Definition | Topic | NamePair] = {}
        for concept, draft in zip(concepts, drafts, strict=True):
            for definition in draft.definitions:
                self._note(concept, definition, definition.term, *(a.label for a in definition.aliases))
            for topic in draft.topics:
                self._note(concept, topic, topic.term, *(a.label for a in topic.aliases))
            for pair in draft.pairs:
                self._note(concept, pair, pair.long, pair.short)

    def _note(self, concept: Concept, by: "Definition | Topic | NamePair", *labels: str) -> None:
        for label in labels:
            self._stated.setdefault((concept.id, label), by)

    def of(self, concept: ConceptId, label: str) -> tuple[str, SourceLocation, str] | None:
        """The words that state a label and their lines; None for a label that is stated nowhere."""
        by = self._stated.get((concept, label))
        if by is None:
            return None
        section = self._sections[by.section]
        match by:
            case Definition():
                passages = by.passages
            case Topic():
                passages = ()
                if not section.raw_title:
                    return label, _above(section), ""
            case NamePair():
                passages = tuple(p for p in section.passages if _holds(p.location, by.location))
        return _stated_at(label, passages, section, by.location)


def concepts_of(corpus: Corpus, memory: Memory) -> tuple[tuple[Concept, ...], LabelPlaces]:
    """The concepts of the notes, in the order in which the notes define them, and where each label is
    stated."""
    places = {section.id: place for place, section in enumerate(corpus.sections())}
    definitions = [d for document in corpus.documents for d in document.definitions]
    pairs = [p for document in corpus.documents for p in document.name_pairs]
    said = labels_said(corpus)
    names = _merged(definitions, pairs, said)
    defined = {names.find(label_key(d.term)) for d in definitions}
    named = defined | {names.find(label_key(name)) for p in pairs for name in (p.short, p.long)}
    topics = _topics_worth_keeping(corpus, names, defined, named, memory)
    drafts = _drafts(corpus, definitions, topics, pairs, names, places, memory)
    concepts = _finished(drafts, corpus, names, said)
    return concepts, LabelPlaces(concepts, drafts, corpus)


# --- which names are one -----------------------------------------------------------------------------------


def _merged(
    definitions: Sequence[Definition], pairs: Sequence[NamePair], said: Sequence[SameOrDifferent]
) -> _Names:
    names = _Names(said)
    for group in said:
        if group.same:
            for label in group.labels[1:]:
                names.union(label_key(group.labels[0]), label_key(label))
    expansions = _expansions(definitions, pairs)
    texts: dict[str, str] = {}
    own = {
        label_key(d.term) for d in definitions if points_to(d) is None and not _SENDS_ELSEWHERE.match(d.text)
    }
    for definition in definitions:
        key = label_key(definition.term)
        words = _BETWEEN_WORDS.sub("", definition.text.casefold())
        # Under ten words or so, two things can well be described alike.
        if len(words) >= 50 and words in texts:
            names.union(key, texts[words])
        texts.setdefault(words, key)
        target = first_points_to(definition) or _is_short_for(definition, own)
        if target and not _is_ambiguous(definition, target, expansions):
            names.union(key, label_key(target))
        for alias in definition.aliases:
            other = label_key(alias.label)
            if alias.kind is AliasKind.CONDITIONAL or (
                alias.kind is AliasKind.ACRONYM and len(expansions[other]) > 1
            ):
                continue
            # Two names that are both defined in words of their own are two things that somebody calls alike,
            # unless one is the other cut short.
            apart = other in own and other != key and not _cut_short(alias.label, definition.term)
            if alias.kind is AliasKind.ALSO_CALLED and apart:
                continue
            names.union(key, other)
    known = own | {label_key(a.label) for d in definitions for a in d.aliases}
    for pair in pairs:
        short, long = label_key(pair.short), label_key(pair.long)
        if len(expansions[short]) == 1 and (short in known or long in known) and not {short, long} <= own:
            names.union(short, long)
    return names


def _is_short_for(definition: Definition, own: Container[str]) -> str | None:
    """The name that letters stand for, if nothing else is said of them and it is defined itself: "TC: tidal
    current", "TC: see tidal current"."""
    letters, words = definition.term, " ".join(definition.text.split()).rstrip(".")
    words = re.sub(r"\A[Ss]ee:?\s+", "", words)
    short = letters.isupper() and 1 < len(letters) <= _MOST_LETTERS and label_key(words) in own
    return words if short and words[:1].upper() == letters[0] else None


_MOST_LETTERS = 6
_SHORTEST_CUT = 3


def _cut_short(one: str, other: str) -> bool:
    """Whether two names are one but for words cut short: "max temp", "maximum temperature"."""
    words, others = label_words(one), label_words(other)
    return len(words) == len(others) and all(
        a == b or (min(len(a), len(b)) >= _SHORTEST_CUT and (a.startswith(b) or b.startswith(a)))
        for a, b in zip(words, others, strict=True)
    )


def _is_ambiguous(definition: Definition, target: str, expansions: Mapping[str, set[str]]) -> bool:
    """Whether a definition says of letters that stand for several things that they are short for one."""
    others = expansions.get(label_key(definition.term), set()) - {label_key(target)}
    return definition.term.isupper() and len(others) > 1


def _expansions(definitions: Iterable[Definition], pairs: Iterable[NamePair]) -> Mapping[str, set[str]]:
    """For every acronym (and, harmlessly, every long form) the different things that it is said to stand
    for."""
    found: dict[str, set[str]] = {}
    for definition in definitions:
        for alias in definition.aliases:
            short, long = label_key(alias.label), label_key(definition.term)
            # "CD is short for compact disc": there the term is the short one.
            if alias.kind is AliasKind.ACRONYM and definition.term.isupper():
                short, long = long, short
            found.setdefault(short, set()).add(long)
            found.setdefault(long, set())
    for pair in pairs:
        found.setdefault(label_key(pair.short), set()).add(label_key(pair.long))
        found.setdefault(label_key(pair.long), set())
    return found


# --- headings that name something without defining it ------------------------------------------------------


def _topics_worth_keeping(
    corpus: Corpus, names: _Names, defined: set[str], named: set[str], memory: Memory
) -> list[Topic]:
    """Topics that are concepts: those that fold into one that is defined, those with a picture, empty ones
    that the notes speak of elsewhere or whose name is made of that of another, the titles of whole documents
    that other sections speak of, and all such titles in notes that have a page for each concept."""
    topics = [t for document in corpus.documents for t in document.topics]
    candidates = [
        t for t in topics if names.find(label_key(t.term)) not in defined and not _OF_MORE.search(t.term)
    ]
    used = _used_elsewhere(corpus, candidates, memory)
    possible = set(candidates)
    titles = {s.id for s in corpus.sections() if s.level <= 1}
    called = [t for t in topics if t.section in titles]
    spoken_of = {label_key(t.term) for t in called if t in used}
    entries = set(called) if _a_page_each(corpus, names, defined, spoken_of) else set()
    kept = []
    for topic in topics:
        if names.find(label_key(topic.term)) in defined or topic in entries:
            kept.append(topic)
        elif topic in possible and len(topic.term.split()) <= 4:
            pictured = topic.content is SectionContent.PICTURES
            stub = topic.content is SectionContent.EMPTY
            page = len(corpus.documents) > 1 and topic.section in titles and topic in used
            leans = _head_is_defined(topic.term, names, defined) or _begins_with_a_name(
                topic.term, names, named
            )
            if pictured or page or (stub and (topic in used or leans)):
                kept.append(topic)
    return kept


_FEW_PAGES = 8


def _a_page_each(corpus: Corpus, names: _Names, defined: Container[str], spoken_of: Container[str]) -> bool:
    """Whether the notes have a page for each concept: most documents are called by what they define or by
    what other sections speak of."""
    titles = [label_key(bare_heading(document.title)) for document in corpus.documents]
    known = sum(names.find(title) in defined or title in spoken_of for title in titles)
    return len(titles) >= _FEW_PAGES and 2 * known >= len(titles)


def _head_is_defined(term: str, names: _Names, defined: set[str]) -> bool:
    words = label_words(term)
    return any(names.find(label_key(" ".join(words[i:]))) in defined for i in range(1, len(words)))


def _begins_with_a_name(term: str, names: _Names, named: set[str]) -> bool:
    """Whether words before the last one of a term are the name of something: "tide table"."""
    words = label_words(term)
    return any(
        names.find(label_key(" ".join(words[i:j]))) in named for i, j in combinations(range(len(words)), 2)
    )


def _used_elsewhere(corpus: Corpus, topics: Sequence[Topic], memory: Memory) -> set[Topic]:
    finder = LabelFinder((i, (t.term,)) for i, t in enumerate(topics))
    used: set[Topic] = set()
    keys = [label_key(t.term) for t in topics]
    by_key: dict[str, list[Topic]] = {}
    for topic, key in zip(topics, keys, strict=True):
        by_key.setdefault(key, []).append(topic)
    for document in corpus.documents:
        for key, section in {(spot.name, spot.section) for spot in memory.spots(document, finder, keys)}:
            used.update(t for t in by_key[key] if t.section != section)
    return used


# --- concepts in the making --------------------------------------------------------------------------------


def _drafts(
    corpus: Corpus,
    definitions: Sequence[Definition],
    topics: Sequence[Topic],
    pairs: Sequence[NamePair],
    names: _Names,
    places: Mapping[SectionId, int],
    memory: Memory,
) -> list[_Draft]:
    drafts: dict[str, _Draft] = {}

    def draft(name: str, place: tuple[int, int]) -> _Draft:
        found = drafts.setdefault(names.find(label_key(name)), _Draft())
        found.first = min(found.first, place)
        return found

    for definition in definitions:
        draft(
            definition.term, (places[definition.section], definition.location.first_line)
        ).definitions.append(definition)
    by_type = _named_with_their_type(drafts, names)
    in_full = _named_in_full(corpus, topics, drafts, names)
    for topic in topics:
        if full := in_full.get(topic):
            drafts[full].shorter.append(topic.term)
            continue
        key = by_type.get(label_key(topic.term))
        found = drafts[key] if key else draft(topic.term, (places[topic.section], topic.location.first_line))
        found.topics.append(topic)
    for topic in (t for d in corpus.documents for t in d.topics):
        key = by_type.get(label_key(topic.term))
        if key and topic not in drafts[key].topics:
            drafts[key].topics.append(topic)
    _add_pairs(corpus, drafts, pairs, names, places, memory)
    for key, shorter in _spoken_without_head(corpus, drafts, names, memory):
        drafts[key].shorter.append(shorter)
    about = {section: key for key, found in reversed(drafts.items()) for section in _pages(found)}
    for key, label in called_in_links(corpus, about):
        drafts[key].shorter.append(label)
    return sorted(drafts.values(), key=lambda d: d.first)


def _pages(draft: _Draft) -> Iterator[SectionId]:
    """The sections that are about what is in the making."""
    yield from (d.section for d in draft.definitions if d.style in _PAGE_STYLES)
    yield from (t.section for t in draft.topics)


def _named_with_their_type(drafts: Mapping[str, _Draft], names: _Names) -> dict[str, str]:
    """ "MNIST data set" is MNIST, when MNIST is defined as a data set: name plus the head of its
    definition."""
    found = {}
    for key, draft in drafts.items():
        for definition in draft.definitions[:1]:
            head = _head_noun(definition.text)
            name = label_key(f"{definition.term} {head}") if head else ""
            if name and names.find(name) not in drafts:
                found[name] = key
    return found


def _named_in_full(
    corpus: Corpus, topics: Iterable[Topic], drafts: Mapping[str, _Draft], names: _Names
) -> dict[Topic, str]:
    """Titles of documents that name what they define with a word left out: "Sea rescue" over the definition
    of "sea air rescue", and of nothing else that is called so."""
    titles = {s.id: d for d in corpus.documents for s in d.sections if s.level <= 1}
    found: dict[Topic, str] = {}
    for topic in topics:
        words = label_words(topic.term)
        if topic.section not in titles or names.find(label_key(topic.term)) in drafts or len(words) < 2:
            continue
        fuller = {
            names.find(label_key(d.term))
            for d in titles[topic.section].definitions
            if _leaves_out(words, label_words(d.term))
        }
        if len(fuller) == 1:
            found[topic] = fuller.pop()
    return found


def _spoken_without_head(
    corpus: Corpus, drafts: Mapping[str, _Draft], names: _Names, memory: Memory
) -> Iterator[tuple[str, str]]:
    """Compounds that stand for a whole name: the "log-line speed" is spoken of as "log line" where speed is a
    concept of its own, if the notes use these words only as a name, never before another noun."""
    known = [(key, term.split()) for key, draft in drafts.items() for term in draft.terms()]
    candidates = [
        (key, words[0], " ".join(words))
        for key, words in known
        if "-" in words[0][1:-1]
        and names.find(label_key(" ".join(words[1:]))) in drafts
        and names.find(label_key(words[0])) not in drafts
    ]
    if not candidates:
        return
    labels = [label for _, compound, whole in candidates for label in (compound, whole)]
    finder = LabelFinder((number, (label,)) for number, label in enumerate(labels))
    always: dict[str, bool] = {}
    for document in corpus.documents:
        uses = memory.found(
            document,
            list[tuple[str, bool]],
            partial(_possible, finder, labels),
            partial(_standing_alone, document, finder, labels),
        )
        for label, alone in uses:
            always[label] = always.get(label, True) and alone
    for key, compound, _ in candidates:
        if always.get(compound):
            yield key, compound


def _possible(finder: LabelFinder, labels: Sequence[str], words: AbstractSet[str]) -> object:
    return [
        "alone",
        *((pattern, labels[owner], exact) for pattern, owner, exact, _ in finder.possible(words)),
    ]


def _standing_alone(document: Document, finder: LabelFinder, labels: Sequence[str]) -> list[tuple[str, bool]]:
    """Every use of the labels in a document, and whether a noun phrase ends with it."""
    return [
        (labels[match.owner], ends_phrase(passage.text, match.end))
        for section in document.sections
        for passage in section.passages
        for match in finder.find(passage.text, passage.masked)
    ]


def _leaves_out(few: Sequence[str], many: Sequence[str]) -> bool:
    """Whether names begin and end alike, and one has a word more in between."""
    return len(many) == len(few) + 1 and (few[0], few[-1]) == (many[0], many[-1]) and set(few) < set(many)


def _head_noun(text: str) -> str:
    """The noun that a definition begins with: "A public-domain data set compiled by ..." -> "data set"."""
    match = _FIRST_NOUNS.match(text)
    if not match:
        return ""
    words = _NOUN_PHRASE_END.split(f"{match['words']} ", maxsplit=1)[0].split()
    return (
        " ".join(words[-2:])
        if len(words) > 1 and words[-2].islower() and len(words[-1]) <= 3
        else (words[-1] if words else "")
    )


def _add_pairs(
    corpus: Corpus,
    drafts: dict[str, _Draft],
    pairs: Sequence[NamePair],
    names: _Names,
    places: Mapping[SectionId, int],
    memory: Memory,
) -> None:
    """Acronyms of things that are nowhere defined are concepts if a heading names them or prose uses them
    often; what is called by two names in one breath is one if it is spoken of again."""
    unknown: dict[tuple[str, str], list[NamePair]] = {}
    for pair in pairs:
        known = drafts.get(names.find(label_key(pair.short))) or drafts.get(names.find(label_key(pair.long)))
        if known:
            known.pairs.append(pair)
        elif not is_meta_heading(pair.long):
            unknown.setdefault((label_key(pair.short), label_key(pair.long)), []).append(pair)
    claims = Counter(short for short, _ in unknown)
    groups = [group for (short, _), group in unknown.items() if claims[short] == 1]
    finder = LabelFinder((i, (group[0].short, group[0].long)) for i, group in enumerate(groups))
    shorts = [label_key(group[0].short) for group in groups]
    uses: Counter[str] = Counter()
    for document in corpus.documents:
        for section in document.sections:
            uses.update({shorts[m.owner]: 3 for m in finder.find(section.title)} if section.level else {})
        uses.update(spot.name for spot in memory.spots(document, finder, shorts))
    for short, group in zip(shorts, groups, strict=True):
        glossed = any(pair.kind is AliasKind.ALSO_CALLED for pair in group)
        if uses[short] >= (_GLOSSED_USES if glossed else _USES):
            place = (places[group[0].section], group[0].location.first_line)
            names.union(label_key(group[0].short), label_key(group[0].long))
            key = names.find(label_key(group[0].short))
            drafts[key] = _Draft(pairs=list(group), first=place)


# A pair counts for two uses itself.
_USES = 4
_GLOSSED_USES = 3


# --- concepts, finished ------------------------------------------------------------------------------------


def _finished(
    drafts: Sequence[_Draft], corpus: Corpus, names: _Names, said: Sequence[SameOrDifferent]
) -> tuple[Concept, ...]:
    called = {label_key(label): group.labels for group in said if group.same for label in group.labels}
    lesson_of = corpus.lesson_of()
    taken_ids: set[str] = set()
    all_terms = [draft.terms() for draft in drafts]
    taken_labels = {label_key(label) for terms in all_terms for label in terms}
    shared = _shared(drafts, taken_labels | called.keys())
    taken_labels |= shared
    finished = []
    for position, (draft, terms) in enumerate(zip(drafts, all_terms, strict=True)):
        shown = draft.best_first()
        given = next((called[key] for t in terms if (key := label_key(t)) in called), ())
        # What the author names first is what it is called, if it stands over anything.
        pref = next((g for g in given if label_key(g) in map(label_key, terms)), terms[0])
        other = (n for n in (*terms, *_stated(draft)) if not names.apart(label_key(n), label_key(pref)))
        alts = _new_labels((*given, *other), {label_key(pref)}, taken_labels, (*terms, *given))
        hidden = _new_labels(
            _spoken_short(pref, draft), {label_key(pref), *map(label_key, alts)}, taken_labels, ()
        )
        taken_labels.update(map(label_key, (*alts, *hidden)))
        homes = (
            *(d.section for d in shown),
            *(t.section for t in draft.topics),
            *(p.section for p in draft.pairs),
        )
        several = _new_labels(
            (n for n in (*_stated(draft), *_bare(pref)) if label_key(n) in shared), set(), set(), ()
        )
        section = homes[0]
        finished.append(
            Concept(
                _unique_id(pref, taken_ids),
                pref,
                alts,
                hidden,
                (*shown[:1], *(d for d in draft.definitions if d is not shown[0])),
                section,
                lesson_of.get(section),
                position,
                shared_labels=several,
            )
        )
    return tuple(finished)


def _bare(name: str) -> Iterator[str]:
    """A name without what stands in brackets behind it."""
    if qualified := _QUALIFIED.fullmatch(name):
        yield qualified[1]


def _shared(drafts: Sequence[_Draft], owned: Container[str]) -> set[str]:
    """The acronyms and bare names that stand for several things, and over none of them."""
    meant: dict[str, list[tuple[int, str]]] = {}
    for number, draft in enumerate(drafts):
        aliases = ((a, d.term) for d in draft.definitions for a in d.aliases)
        short = [(alias.label, term) for alias, term in aliases if alias.kind is AliasKind.ACRONYM]
        for label, thing in (*short, *((p.short, p.long) for p in draft.pairs)):
            if (key := label_key(label)) not in owned:
                meant.setdefault(key, []).append((number, thing))
        for term in draft.terms()[:1]:
            if (bare := _QUALIFIED.fullmatch(term)) and (key := label_key(bare[1])) not in owned:
                meant.setdefault(key, []).append((number, term))
    return {key for key, things in meant.items() if _several(things)}


def _several(things: Sequence[tuple[int, str]]) -> bool:
    """Whether names of drafts are those of different things, and none just says more than another."""
    first, *others = things
    return any(number != first[0] and not says_more(first[1], thing) for number, thing in others)


def _holds(outer: SourceLocation, inner: SourceLocation) -> bool:
    return outer.first_line <= inner.first_line and inner.last_line <= outer.last_line


def _above(section: Section) -> SourceLocation:
    """The lines above the text of a section without a heading: there stands what it is called."""
    text = min((p.location.first_line for p in section.passages), default=section.location.last_line + 1)
    return replace(section.location, last_line=max(section.location.first_line, text - 1))


def _stated_at(
    label: str, passages: Iterable[Passage], section: Section, location: SourceLocation
) -> tuple[str, SourceLocation, str]:
    """A label's words as the source has them: in the heading, in the text, else as they are; also as a reader
    sees them, where that is not the same."""
    heading = section.location.first_line == location.first_line
    if heading and section.raw_title and label_key(label) in label_key(section.title):
        lines = replace(location, last_line=location.first_line)
        return section.raw_title, lines, seen_words(section.raw_title, section.title)
    # To the ends of the words: a quote holds no half of one.
    written = r"\s+".join(map(re.escape, label.split()))
    words = re.compile(rf"(?<!\w){written}\w*", re.IGNORECASE)
    for passage in () if heading and label in section.title else passages:
        if found := words.search(passage.text):
            return quoted(passage, found.start(), found.end())
    return label, location, ""


def _stated(draft: _Draft) -> Iterator[str]:
    for definition in draft.definitions:
        yield from (a.label for a in definition.aliases if a.kind is not AliasKind.CONDITIONAL)
    for topic in draft.topics:
        yield from (a.label for a in topic.aliases)
    for pair in draft.pairs:
        yield from (pair.long, pair.short)


def _spoken_short(pref: str, draft: _Draft) -> Iterator[str]:
    for definition in draft.definitions:
        yield from (a.label for a in definition.aliases if a.kind is AliasKind.CONDITIONAL)
    yield from draft.shorter
    yield from (full for d in draft.definitions if (full := _written_out(pref, d.text)))
    yield from _bare(pref)
    words = pref.split()
    # "Training set" is spoken of as "training data set" where it is a set of data.
    data = {"data", "dataset"} & {w for d in draft.definitions[:1] for w in label_words(d.text)}
    if len(words) > 1 and data and words[-1].casefold() == "set" and words[-2].casefold() != "data":
        yield " ".join((*words[:-1], "data", words[-1]))
    if len(words) > 1 and _adds_little(words):
        yield " ".join(words[:-1])
    if len(words) == 1:
        yield from _other_forms(pref.casefold())


def _other_forms(word: str) -> Iterator[str]:
    """How a thing is spoken of by verb or adjective: "tokenized" speaks of tokenization."""
    for ending, others in _OTHER_FORMS.items():
        if word.endswith(ending) and len(word) >= len(ending) + _SHORTEST_STEM:
            yield from (word.removesuffix(ending) + other for other in others)


def _adds_little(words: Sequence[str]) -> bool:
    """Whether a name is spoken of without its last word."""
    head, rest = label_key(words[-1]), words[:-1]
    last = rest[-1].casefold()
    several = len(label_words(" ".join(rest))) > 1 or (last.isalpha() and last != singular(last))
    return head in _EMPTY_HEADS or (head in _LIGHT_HEADS and several)


def _written_out(name: str, text: str) -> str:
    """The name that a definition begins with, if it is this one with a word written out or cut short: "Max
    temp" over "The maximum temperature is ...". Else ""."""
    words = _ARTICLE.sub("", text).split()
    count = len(label_words(name))
    first = next((f for n in range(1, count + 1) if len(label_words(f := " ".join(words[:n]))) == count), "")
    other = count > 1 and label_key(first) != label_key(name) and _cut_short(first, name)
    return first if other else ""


def _new_labels(
    labels: Iterable[str], own: set[str], taken: set[str], terms: Sequence[str]
) -> tuple[str, ...]:
    """Labels that no concept has yet, each once: a label belongs to one concept."""
    mine = {label_key(t) for t in terms}
    found: dict[str, str] = {}
    for label in labels:
        key = label_key(label)
        if key and key not in own and key not in found and (key not in taken or key in mine):
            found[key] = label
    return tuple(found.values())


def _unique_id(label: str, taken: set[str]) -> ConceptId:
    slug = re.sub(r"-{2,}", "-", github_slug(label)).strip("-") or "concept"
    unique, count = slug, 2
    while unique in taken:
        unique, count = f"{slug}-{count}", count + 1
    taken.add(unique)
    return ConceptId(unique)
