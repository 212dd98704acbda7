"""Concepts in the making: what goes by each name before it is known what the concept is called."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from corpus.definitions import first_points_to, points_to
from corpus.headings import is_meta_heading
from corpus.labels import label_key, label_words
from corpus.model import AliasKind, Corpus, Definition, NamePair, SectionId, Topic
from graph.memory import Memory
from graph.mentions import LabelFinder
from graph.naming import Names, is_short_for, only_leads_on, only_spells_out
from graph.own_links import called_in_links
from graph.spoken import spoken_as_gloss, spoken_without_head
from graph.subjects import PAGE_STYLES

_FIRST_NOUNS = re.compile(r"^(?:an?|the|any|one|some)\s+(?P<words>[^,.;:()]+)", re.IGNORECASE)
_NOUN_PHRASE_END = re.compile(
    r"\s(?:that|which|of|for|in|to|with|where|whose|who|used|by|on|from|and|or|is|are|compiled|made|given|containing|consisting)\s",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Draft:
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

    def home(self) -> SectionId:
        """The section that is about it: of what defines it, else of what names it."""
        homes = (d.section for d in self.best_first()), (t.section for t in self.topics)
        return next(chain(*homes, (p.section for p in self.pairs)))

    def best_first(self) -> list[Definition]:
        """What only says that the thing has another name comes last; else the surest is the first."""
        own = {label_key(d.term) for d in self.definitions}
        leads_on = {
            id(d): only_leads_on(d) or only_spells_out(d) or bool(is_short_for(d, own))
            for d in self.definitions
        }
        return sorted(self.definitions, key=lambda d: (leads_on[id(d)], -d.confidence))


def drafts_of(
    corpus: Corpus,
    definitions: Sequence[Definition],
    topics: Sequence[Topic],
    pairs: Sequence[NamePair],
    names: Names,
    places: Mapping[SectionId, int],
    memory: Memory,
) -> list[Draft]:
    """A draft for each concept, in the order in which the notes define them."""
    drafts: dict[str, Draft] = {}

    def draft(name: str, place: tuple[int, int]) -> Draft:
        found = drafts.setdefault(names.find(label_key(name)), Draft())
        found.first = min(found.first, place)
        return found

    for definition in definitions:
        draft(
            definition.term, (places[definition.section], definition.location.first_line)
        ).definitions.append(definition)
    by_type = _named_with_their_type(drafts, names)
    added: set[Topic] = set()
    in_full = _named_in_full(corpus, topics, drafts, names)
    for topic in topics:
        if full := in_full.get(topic):
            drafts[full].shorter.append(topic.term)
            continue
        key = by_type.get(label_key(topic.term))
        found = drafts[key] if key else draft(topic.term, (places[topic.section], topic.location.first_line))
        found.topics.append(topic)
        added.add(topic)
    for topic in (t for d in corpus.documents for t in d.topics):
        key = by_type.get(label_key(topic.term))
        if key and topic not in added:
            drafts[key].topics.append(topic)
    _add_pairs(corpus, drafts, pairs, names, places, memory)
    terms = [(key, term) for key, draft in drafts.items() for term in draft.terms()]
    for key, shorter in (
        *spoken_without_head(corpus, terms, names, memory),
        *spoken_as_gloss(corpus, terms, names, memory),
    ):
        drafts[key].shorter.append(shorter)
    about = {section: key for key, found in reversed(drafts.items()) for section in _pages(found)}
    for key, label in called_in_links(corpus, about):
        drafts[key].shorter.append(label)
    return sorted(drafts.values(), key=lambda d: d.first)


def _pages(draft: Draft) -> Iterator[SectionId]:
    """The sections that are about what is in the making."""
    yield from (d.section for d in draft.definitions if d.style in PAGE_STYLES)
    yield from (t.section for t in draft.topics)


def _named_with_their_type(drafts: Mapping[str, Draft], names: Names) -> dict[str, str]:
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
    corpus: Corpus, topics: Iterable[Topic], drafts: Mapping[str, Draft], names: Names
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
    drafts: dict[str, Draft],
    pairs: Sequence[NamePair],
    names: Names,
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
            drafts[key] = Draft(pairs=list(group), first=place)


# A pair counts for two uses itself.
_USES = 4
_GLOSSED_USES = 3
