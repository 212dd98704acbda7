"""Words that the notes use like terms and never define, with the places where they are used.

What makes a word a term: the notes say of what kind it is, give it an acronym or set it off; they name it as
an example of something that they define, or set it against something that they define; definitions use it as
a thing. Each is seen in one document; how often is enough, all documents together tell.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from corpus.definitions import points_to
from corpus.labels import ends_in_function_word, label_key, label_words, looks_like_term, singular
from corpus.model import Corpus, Document, Passage, SourceLocation
from corpus.sentences import sentences
from corpus.wikilinks import Named, wiki_name
from graph.evidence import is_example
from graph.memory import Memory
from graph.mentions import LabelFinder, blanked
from graph.model import Concept, Wanted
from graph.scope import is_everyday

_PLACES = 5
_FEWEST_USES = 3
_FEWEST_IF_SEVERAL = 2
_USES_PER_STRESS = 25
_SHARE_OF_DEFINITIONS = 0.02
_FEWEST_SECTIONS = 3
_LONGEST_USED_ONCE = 3  # words
_SHORTEST_DOING = 5  # "bed" and "test" end as "moored" and "fastest" do

_EMPHASISED = re.compile(
    r"(?P<article>\b(?i:an?|the|of|this|called|by|with)\s+)?(?<![\w*_])(?P<mark>\*\*|\*|__|_)(?=\S)(?P<words>[^*_\n]{2,40}?)(?<=\S)(?P=mark)(?![\w*_])"
)
_PHRASE_END = re.compile(
    r"\s*(?:[.,;:)!?]|$)|\s+(?:is|are|was|of|in|on|that|which|and|or|for|from|to|with|by|at|as|can|has)\b"
)
_ACRONYM = re.compile(r"(?<![\w.@#/-])(?!\d)[A-Z][A-Z0-9]{1,5}(?=s?\b(?![\w/-]|\.\w))")
_A_WORD = r"[^\W\d_][\w'’]*(?:-[^\W\d_][\w'’]*)*"
_EXAMPLES = r"(?:such\s+as|for\s+example|for\s+instance|e\.g\.)[,:]?\s+"
_GIVES_EXAMPLES = re.compile(_EXAMPLES, re.IGNORECASE)
_OWN_EXAMPLES = re.compile(rf"(?:an?|the)\s+[\w-]+(?:\s[\w-]+){{0,2}}\s\({_EXAMPLES}", re.IGNORECASE)
# "Knots are mostly quick to tie, such as", "a knot (for example".
_OF_WHAT = re.compile(r"(?P<words>\w[^.;:()\n]*?)(?:\s+(?:is|are)(?:\s\w+){1,4})?[\s,]*\(?\Z", re.IGNORECASE)
_LONGEST_BEFORE = 80
_LONGEST_NAME = 5  # words
_SHORT_WORD = re.compile(r"\b[a-z][a-z0-9]{1,5}\b")
_ENDS_EXAMPLES = re.compile(
    r"[.;:()\n]|\s(?:is|are|was|that|which|who|where|to|for|with|in|on|by|from)\s|\s[-–—]\s"
)
_BETWEEN_EXAMPLES = re.compile(r"\s*,\s*(?:and\s+|or\s+)?|\s+(?:and|or)\s+")

# Before a thing, before things, and behind either.
_BEFORE_ONE = frozenset("a an the each every its their his her our your one another any of".split())
_BEFORE_SEVERAL = frozenset(
    "all any between both by different few her his its many more most multiple of our several some the "
    "their these those three two various with your".split()
)
_BEHIND = frozenset(
    "and are as at be between but by can for from has have if in into is may of on or than that to was "
    "were when where which will with".split()
)
_DETERMINERS = "|".join(sorted(_BEFORE_ONE | _BEFORE_SEVERAL))
_LEADS = re.compile(
    rf"(?<![\w'’-])(?:(?:{_DETERMINERS})|[^\W\d_]+(?:['’]s|s['’]))(?=\s)",
    re.IGNORECASE,
)
_RUNS = {
    count: re.compile(rf"\s+(?P<words>{_A_WORD}(?:\s+{_A_WORD}){{{count - 1}}})(?P<behind>,|\s+{_A_WORD}|)")
    for count in (1, 2)
}
# Nouns that people describe anything with, and what qualifies anything.
_DESCRIBING = frozenset(
    "ability absence advantage aim alternative amount anything approach aspect attempt basis behavior "
    "behaviour benefit bit capability category challenge characteristic circumstance combination "
    "communication comparison component concept condition confidence consequence consideration context "
    "convention count couple course creation criterion day definition degree description design detail "
    "difference difficulty disadvantage discipline distinction dozen drawback effect element entity "
    "equivalent event everything exception explanation extent fact factor feature following format "
    "former foundation fraction fragment functionality goal group half hand human hundred idea "
    "implementation instance intent itself kind latter length limitation list lot majority manner "
    "maximum meaning means measure mechanism member method million minimum minority mistake mix need "
    "nothing notion number object occurrence one opposite order outcome overview paragraph part pattern "
    "people person phrase piece place plus point portion possibility practice presence problem "
    "procedure process product property purpose quantity question range reader reason relationship "
    "requirement rest result role rule scenario section sentence sequence series set situation size "
    "solution someone something sort specific step strategy student subset sum summary synonym system "
    "task technique technology tendency term thing thought thousand time today tool topic tutorial type "
    "understanding usage use value variant variation variety version way whole word work year".split()
)
_QUALIFYING = frozenset(
    "actual additional also another appropriate available bad based basic best better big called "
    "certain common complex correct corresponding current different each empty entire every existing "
    "extra false few final first first-time following full further general given good great high "
    "important initial just key known large larger last least less little long low main major many "
    "minor more most much multiple named new next normal old only other overall own particular possible "
    "previous real related remaining resulting right said same second several short similar simple "
    "single small smaller special specific such then third total true typical underlying used using "
    "usual various very whole wrong".split()
)


@dataclass(slots=True)
class Noticed:
    """What one document shows of words that may be terms, whatever is defined elsewhere.

    `named` are labels of which one use is enough, if something else is known: the other one of each pair.
    What is `set_off` needs more uses. `in_definitions` counts the definitions that use a noun as a thing,
    `in_sections` the sections that use an acronym, or two words as a thing. `small` are words in small
    letters.
    """

    named: list[tuple[str, str]] = field(default_factory=list)
    set_off: list[str] = field(default_factory=list)
    side_by_side: list[tuple[str, ...]] = field(default_factory=list)
    in_definitions: dict[str, int] = field(default_factory=dict)
    in_sections: dict[str, int] = field(default_factory=dict)
    small: list[str] = field(default_factory=list)


def wanted_terms(corpus: Corpus, concepts: Sequence[Concept], memory: Memory) -> Iterator[Wanted]:
    """What the notes use like terms and never define, the most used first."""
    known = _Known(concepts)
    noticed = [memory.found(d, Noticed, lambda _: None, partial(noticed_in, d)) for d in corpus.documents]
    labels = _worth_counting(noticed, known, notes_not_written(corpus))
    names = sorted(labels, key=str.casefold)
    # What stands inside a name that is defined is no use: "mast" in "mast head".
    uses = LabelFinder([*enumerate((name,) for name in names), (len(names), known.around(names))])
    places: dict[str, list[SourceLocation]] = {}
    for document in corpus.documents:
        for spot in memory.spots(document, uses, [*names, ""]):
            if spot.name:
                places.setdefault(spot.name, []).append(SourceLocation(document.path, spot.line, spot.line))
    stressed = Counter(label_key(label) for seen in noticed for label in seen.set_off if " " not in label)
    found = [
        Wanted(name, len(spots), tuple(spots[:_PLACES]))
        for name, spots in places.items()
        if len(spots) >= labels[name]
        # A word that is set off once in dozens of uses was just stressed there.
        and len(spots) <= _USES_PER_STRESS * stressed.get(label_key(name), len(spots))
    ]
    yield from sorted(found, key=lambda w: (-w.uses, w.label.casefold()))


class _Known:
    """What is defined: all labels, their keys, and the heads of those of several words. A concept of which is
    only said what else it is called is not defined."""

    def __init__(self, concepts: Sequence[Concept]) -> None:
        pointers = [bool(c.definitions) and all(map(points_to, c.definitions)) for c in concepts]
        defined = [c for c, points in zip(concepts, pointers, strict=True) if not points]
        self.labels = [
            n for c in defined for n in (c.pref_label, *c.alt_labels, *c.hidden_labels, *c.shared_labels)
        ]
        self.keys = frozenset(map(label_key, self.labels))
        self.only_pointed_to = [c.pref_label for c, points in zip(concepts, pointers, strict=True) if points]
        self.heads = frozenset(words[-1] for n in self.labels if len(words := label_words(n)) > 1)
        self.definitions = sum(len(c.definitions) for c in defined)

    def ends(self, words: str) -> bool:
        """Whether these words end with the name of something that is defined."""
        split = words.split()
        return not split or any(
            label_key(" ".join(split[-count:])) in self.keys for count in range(1, _LONGEST_NAME + 1)
        )

    def around(self, names: Sequence[str]) -> list[str]:
        """The labels that hold one of these names' words and more."""
        parts = {word for name in names for word in label_words(name)}
        several = ((label, label_words(label)) for label in self.labels)
        return [label for label, words in several if len(words) > 1 and not parts.isdisjoint(words)]


def notes_not_written(corpus: Corpus) -> Iterator[str]:
    """The names of notes that are linked by name and not written, that read like terms."""
    links = [link for document in corpus.documents for link in document.links if wiki_name(link.url)]
    named = Named.of(corpus.documents) if links else None
    for link in links:
        page, _ = wiki_name(link.url) or ("", "")
        if named and page and named.meant(link.url, "") is None and looks_like_term(page, longest=4):
            yield page


def _worth_counting(noticed: Sequence[Noticed], known: _Known, linked: Iterable[str]) -> Mapping[str, int]:
    """The labels that can be terms, with how many uses are enough for each."""
    found: dict[str, tuple[str, int]] = {}
    for label, enough in (*((label, 1) for label in linked), *_candidates(noticed, known)):
        key = label_key(label)
        if key and key not in known.keys and _names_a_thing(label):
            first, fewest = found.get(key, (label, enough))
            found[key] = (first, min(enough, fewest))
    for examples in (names for one in noticed for names in one.side_by_side):
        # What is named beside terms is one, too.
        keys = {label_key(name): name for name in examples}
        if not found.keys().isdisjoint(keys):
            for key, name in keys.items():
                if key not in known.keys:
                    found.setdefault(key, (name, 1))
    return dict(found.values())


def _candidates(noticed: Sequence[Noticed], known: _Known) -> Iterator[tuple[str, int]]:
    """Labels that may be terms, and how many uses are enough for that."""
    in_definitions, in_sections = Counter[str](), Counter[str]()
    for one in noticed:
        in_definitions.update(one.in_definitions)
        in_sections.update(one.in_sections)
    small = {word for one in noticed for word in one.small}
    named = (label for one in noticed for label, beside in one.named if known.ends(beside))
    for label in (*known.only_pointed_to, *named):
        yield label, 1 if len(label.split()) <= _LONGEST_USED_ONCE else _FEWEST_USES
    for label in (label for one in noticed for label in one.set_off):
        # A kind of something known, or several words, are not set off to stress them.
        several = " " in label and _is_compound(label)
        yield label, 1 if several and known.ends(label) else _FEWEST_IF_SEVERAL if several else _FEWEST_USES
    for noun, definitions in in_definitions.items():
        if definitions >= _SHARE_OF_DEFINITIONS * known.definitions:
            yield noun, _FEWEST_USES
    for label, sections in in_sections.items():
        if " " in label and singular(label.split()[1].casefold()) not in known.heads:
            continue
        # What is also written small was written large to be heard: "do NOT open".
        if sections >= _FEWEST_SECTIONS and not (label.isupper() and label.casefold() in small):
            yield label, _FEWEST_USES


# --- what one document shows -------------------------------------------------------------------------------


def noticed_in(document: Document) -> Noticed:
    """What a document shows of words that may be terms."""
    noticed = Noticed()
    in_definitions, in_sections, small = Counter[str](), Counter[str](), set[str]()
    for statement in document.kinds:
        noticed.named += ((statement.narrower, ""), (statement.broader, ""))
    for pair in document.name_pairs:
        noticed.set_off += (pair.long, pair.short)
    for definition in document.definitions:
        noticed.set_off += (a.label for a in definition.aliases)
        nouns: set[str] = set()
        for passage in definition.passages:
            text = blanked(passage.text, passage.masked)
            nouns.update(_nouns(_without_examples(text)))
            noticed.named += (*_own_examples(text), *_counterparts(text, definition.term))
            noticed.side_by_side += (tuple(_listed(text, m.end())) for m in _GIVES_EXAMPLES.finditer(text))
        in_definitions.update(nouns)
    noticed.set_off += document.prerequisites
    for section in document.sections:
        once: set[str] = set()
        for passage in section.passages:
            text = blanked(passage.text, passage.masked)
            noticed.set_off += _set_off(passage)
            noticed.named += ((name, "") for name in _introduced(passage))
            noticed.named += _examples(text)
            once.update((*_ACRONYM.findall(text), *_two_words(text)))
            small.update(_SHORT_WORD.findall(text))
        in_sections.update(once)
    return replace(
        noticed,
        in_definitions=dict(in_definitions),
        in_sections=dict(in_sections),
        small=sorted(small),
    )


def _without_examples(text: str) -> str:
    return " ".join(text[start:end] for start, end in sentences(text) if not is_example(text[start:end]))


@dataclass(frozen=True, slots=True)
class _Thing:
    """Words that are used as the name of a thing or of things, and the words before and behind them, small;
    "" for no word, "," for a comma."""

    before: str
    words: str
    behind: str


def _things(text: str, count: int) -> Iterator[_Thing]:
    """Every run of so many words that is used as the name of a thing: "a mast is", "of masts."."""
    for lead in _LEADS.finditer(text):
        run = _RUNS[count].match(text, lead.end())
        if not run:
            continue
        before, behind = lead[0].casefold(), run["behind"].strip().casefold()
        last = run["words"].rsplit(maxsplit=1)[-1].casefold()
        leads = _BEFORE_ONE if singular(last) == last else _BEFORE_SEVERAL
        # "Instead of mending" speaks of no thing.
        done = before == "of" and last.endswith("ing")
        led = (before in leads and not done) or before.endswith(("'", "’", "'s", "’s"))
        if led and (behind in ("", ",") or behind in _BEHIND):
            yield _Thing(before, run["words"], behind)


def _nouns(text: str) -> Iterator[str]:
    """The single words that a text uses as things, as often as it does."""
    for thing in _things(text, 1):
        one = singular(thing.words.casefold())
        # "A short, ..." and "a short and ..." may go on with the thing.
        goes_on = one == thing.words and thing.behind in (",", "and", "or", "but")
        bare = len(one) > 3 and thing.words.islower() and "-" not in one
        if bare and not goes_on and _can_be_a_term(one):
            yield one


def _two_words(text: str) -> Iterator[str]:
    """Two words that are used as the name of a thing: "a storm jib is"."""
    for thing in _things(text, 2):
        first, head = thing.words.split()
        one = singular(head.casefold())
        # The head has to say something; "a moored boat" is any boat.
        if one not in _DESCRIBING and not is_everyday(one) and _can_be_a_term(first, plain=True):
            yield f"{first} {head}"


def _counterparts(text: str, term: str) -> Iterator[tuple[str, str]]:
    """What a definition sets against what it defines: "the storm jib" in that of "high jib", "a mini-jib" in
    that of jib."""
    own = label_words(term)
    for thing in _things(text, 2) if len(own) > 1 else ():
        first, head = thing.words.split()
        against = thing.before == "the" and singular(head.casefold()) == own[-1]
        if against and _can_be_a_term(first, plain=True):
            yield f"{first} {head}", ""
    for thing in _things(text, 1):
        first, _, rest = thing.words.rpartition("-")
        if first and singular(rest.casefold()) in own:
            yield thing.words, rest


def _own_examples(text: str) -> Iterator[tuple[str, str]]:
    """What a definition begins with as examples of what it defines: "A knot (for example, bowline) that"."""
    if begins := _OWN_EXAMPLES.match(text):
        yield from ((name, "") for name in _listed(text, begins.end()))


def _examples(text: str) -> Iterator[tuple[str, str]]:
    """What is named as an example of something, with the words for that: "a knot (such as bowline)"."""
    for gives in _GIVES_EXAMPLES.finditer(text):
        before = text[max(0, gives.start() - _LONGEST_BEFORE) : gives.start()]
        of_what = _OF_WHAT.search(before)
        if of_what:
            yield from ((name, of_what["words"]) for name in _listed(text, gives.end()))


def _listed(text: str, start: int) -> Iterator[str]:
    end = _ENDS_EXAMPLES.search(text, start)
    for item in _BETWEEN_EXAMPLES.split(text[start : end.start() if end else len(text)]):
        name = re.sub(r"\A(?:an?|the)\s+", "", " ".join(item.split()))
        # Plain things are named in the plural: "pets such as cats".
        several = name.islower() and singular(name) != name
        if looks_like_term(name, longest=3) and not several and _can_be_a_term(name):
            yield name


_NO_PART_OF_A_TERM = _QUALIFYING | _BEHIND | _BEFORE_ONE | _BEFORE_SEVERAL


def _can_be_a_term(words: str, *, plain: bool = False) -> bool:
    """Whether nothing speaks against these words: none that qualify anything or say what is done, and, unless
    they may be `plain`, no everyday word alone."""
    small = words.casefold().split()
    if not _NO_PART_OF_A_TERM.isdisjoint(small):
        return False
    alone = small[0] if len(small) == 1 else ""
    if alone and not plain and (is_everyday(alone) or singular(alone) in _DESCRIBING):
        return False
    endings = ("ly", "est", "ed") if plain else ("ly", "est", "ed", "ing") if alone else ("ly", "est")
    return not (small[0].endswith(endings) and len(small[0]) > _SHORTEST_DOING)


def _introduced(passage: Passage) -> Iterator[str]:
    """Several words in italics with an article, with which a noun phrase ends: "a *running mooring*."."""
    for match in _EMPHASISED.finditer(passage.raw):
        ends = match["article"] and _PHRASE_END.match(passage.raw, match.end())
        if ends and len(match["mark"]) == 1 and _is_compound(match["words"]) and match["words"].islower():
            yield match["words"]


_COMPOUND = re.compile(r"[^\W\d_][\w'’-]*(?:\s[^\W\d_][\w'’-]*){1,2}")
_NO_PART = frozenset(
    "about above across after against along among around at away before below between but by down during "
    "except for from in inside into like no not of off on onto or out outside over per short similar "
    "than through to under until up updated upon via with within without".split()
)


def _is_compound(label: str) -> bool:
    """Whether words are a noun with what tells it from others, as "running mooring"."""
    words = label.casefold().split()
    return bool(
        _COMPOUND.fullmatch(label)
        and _NO_PART.isdisjoint(words)
        and _can_be_a_term(label)
        and not words[-1].endswith(("ed", "ly"))
    )


_NO_NAME_BEGINS = frozenset(
    "a an the one two three four five six seven eight nine ten both multiple several many various few "
    "some any all each every other another same such would could should will can may might must shall "
    "do does did is are was were be been being has have had not".split()
)


_NO_NAME_HOLDS = frozenset("a an the more most less where when which that who is are was".split())


def _names_a_thing(label: str) -> bool:
    """Whether words that stand out can be the name of something: no count of things, no bit of a sentence."""
    words = label.casefold().split()
    does = len(words) == 2 and words[0].endswith("ly") and words[1].endswith("ed")
    return (
        label[0].isalpha()
        and words[0] not in _NO_NAME_BEGINS
        and not _NO_NAME_HOLDS & set(words)
        and not does
        and not ends_in_function_word(label)
    )


def _set_off(passage: Passage) -> Iterator[str]:
    """Words in italics or bold that read like a name. A single word can just be stressed ("the *only* way"):
    it counts in italics where the noun phrase ends with it ("on a *manifold*.")."""
    for match in _EMPHASISED.finditer(passage.raw):
        words = match["words"].strip("`")
        single = " " not in words
        # "A *Bristol mooring*": with an article, a name in capitals.
        named = match["article"] and not single and words.rsplit(maxsplit=1)[-1].islower()
        if not looks_like_term(words, longest=4) or (words[0].isupper() and not named):
            continue
        if not single or (
            len(match["mark"]) == 1 and match["article"] and _PHRASE_END.match(passage.raw, match.end())
        ):
            yield words
