"""Labels: when two spellings are the same name, and which words can be a name at all.

Folding covers case, accents, hyphens, joins, possessives and plurals. Plurals are inflect's work; what it
takes for plural but is not (bias, analysis, lens) is guarded here. No word of any subject stands in this
file: only words of English grammar and of how people title their notes.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

import inflect

_ENGLISH = inflect.engine()
_WORD = re.compile(r"[^\W_]+(?:[+#]+(?!\w))?|[+#]+", re.UNICODE)
_POSSESSIVE = re.compile(r"(?<=\w)['’]s\b|(?<=s)['’](?!\w)")
_ARTICLE = re.compile(r"^(?:the|an?)\s+(?=\S)", re.IGNORECASE)
_ACRONYM_PLURAL = re.compile(r"\b([A-Z]{2,})s\b")

# Endings that look plural and are not, and plurals that inflect reads otherwise than technical prose does.
_SINGULAR_ENDINGS = (
    "ss",
    "us",
    "is",
    "ics",
    "series",
    "species",
    "news",
    "lens",
    "bias",
    "alias",
    "atlas",
    "canvas",
)
_NOT_PLURAL = frozenset(
    {"gas", "axes", "data", "always", "perhaps", "chaos", "kubernetes", "https", "dns", "aws"}
)
_IRREGULAR = {"matrices": "matrix", "vertices": "vertex", "indices": "index", "appendices": "appendix",
              "vortices": "vortex", "minima": "minimum", "maxima": "maximum", "optima": "optimum",
              "extrema": "extremum"}  # fmt: skip


# "σ-algebra" is also written "sigma-algebra", or with TeX.
GREEK = dict(
    zip(
        "αβγδεζηθικλμνξπρστυφχψω",
        "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon "
        "phi chi psi omega".split(),
        strict=True,
    )
)


@lru_cache(maxsize=65536)
def singular(word: str) -> str:
    """The singular of one lower-case word; a word that is not plural comes back as it is.

    >>> singular("matrices"), singular("losses"), singular("bias")
    ('matrix', 'loss', 'bias')
    """
    for plural, one in _IRREGULAR.items():
        if word.endswith(plural):
            return word[: -len(plural)] + one
    if len(word) <= 3 or not word.endswith("s") or word in _NOT_PLURAL or word.endswith(_SINGULAR_ENDINGS):
        return word
    found = _ENGLISH.singular_noun(word)
    return str(found) if found else word


def _plain(label: str) -> str:
    bare = label if label.islower() else _ACRONYM_PLURAL.sub(r"\1", label)
    if not bare.isascii():
        decomposed = unicodedata.normalize("NFKD", bare)
        bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    folded = bare.replace("&", " and ").casefold()
    return _POSSESSIVE.sub("", folded) if "'" in folded or "’" in folded else folded


@lru_cache(maxsize=131072)
def label_words(label: str) -> tuple[str, ...]:
    """The words of a label, folded: case, accents, hyphens, possessives; the last one in the singular.

    >>> label_words("The Linear-Maps")
    ('linear', 'map')
    """
    words = _WORD.findall(_ARTICLE.sub("", _plain(label).strip()))
    if not label.isascii():
        words = [GREEK.get(word, word) for word in words]
    return (*words[:-1], singular(words[-1])) if words else ()


def says_more(one: str, other: str) -> bool:
    """Whether one of two names has all words of the other.

    >>> says_more("spring tide", "high spring tide"), says_more("spring tide", "spring time")
    (True, False)
    """
    few, many = sorted((label_words(one), label_words(other)), key=len)
    return bool(few) and set(few) <= set(many)


@lru_cache(maxsize=131072)
def label_key(label: str) -> str:
    """The form under which two spellings of a label are the same. Never empty for a label that is not blank.

    >>> label_key("Linear  Maps") == label_key("linear-map") == label_key("linearmap")
    True
    """
    key = "".join(label_words(label)) or "".join(_plain(label).split())
    # Joined words can be a plural of their own ("cross entropies" is found last word first, "crossentropies"
    # is not).
    for _ in range(4):
        folded = "".join(label_words(key)) or key
        if folded == key:
            break
        key = folded
    return key


# --- which words can be a name -----------------------------------------------------------------------------

# How people title the parts of notes, whatever the notes are about.
_META = """
about abstract acknowledgement activity agenda aim answer appendix assessment assignment author background
basics best_practice bibliography caveat challenge change_log changelog chapter cheat_sheet check checklist
citation class_note code code_example community conclusion config configuration contact content contents
contributing contribution contributor course course_description course_note course_outline credit definition
definitions demo description detail discussion documentation download editor episode episodes example
example_usage exercise explanation extra faq feature_request feedback figure final_note final_project
final_thought footnote frequently_asked_question further_information further_note further_reading general
getting_help getting_started glossary goal guide guideline hint history_of_change home homework how_it_help
how_it_work important index info information install installation instruction instructor_note interview
intro introduction issue key_concept key_idea key_point key_takeaway key_term keypoint lab learning_goal
learning_objective learning_outcome learning_path lecture lecture_note lesson lesson_outline lesson_plan
licence license license_and_credit link main_point maintainer material misc miscellaneous more
more_information more_resource motivation next next_step note notebook notes objective objectives optional
other outline outlook output overview page picture post practice practice_problem practice_question
pre_requisite preface prerequisite problem problem_it_addresses problem_statement project purpose question
quick_check quick_reference quick_start quickstart quiz quize quizzes read_me reading reading_list readme
reason recap reference related related_content related_link related_term related_topic requirement resource
result revision roadmap schedule section see_also self_assessment setup showcase slide slides solution
source source_code stub study_guide study_note summary support syllabus table table_of_content take_away
takeaway task term terminology thank thanks theory tip tip_and_trick tips_and_trick toc topic
training_material transcript trick troubleshooting tutorial update upgrading usage use use_case useful_link
useful_resource version video video_lecture vocabulary walkthrough warm_up warning week az a_to_z what_next
why_it_matter wrap_up deadline
"""
_META_KEYS = frozenset(label_key(entry.replace("_", " ")) for entry in _META.split())

# Headings under which terms are listed, whatever else the heading says ("Terms of this week").
_LISTS_TERMS = re.compile(
    r"\b(?:glossary|glossaries|terminology|terminologies|vocabulary|lexicon|jargon|abbreviations?|acronyms?|nomenclature|"
    r"definitions|word\s*(?:bank|list)s?|keywords|(?:key|important|basic|core|main|new|useful|common|technical|general|related|our)\s+(?:terms?|words?|"
    r"definitions?)|terms(?!\s+(?:and|&|of\s+(?:use|service|reference|sale|trade|payment))\b)|(?:key\s+)?concepts\s+and\s+terms|definition\s+of\s+terms)\b(?!-)",
    re.IGNORECASE,
)
# Documents about the notes themselves, their house rules and their makers.
_ABOUT_NOTES = re.compile(
    r"(?:(?:how\s+to\s+)?contribut(?:e|ing|ions?|ors?)(?:\s+(?:guide|guidelines?|ladder|to\s+.*))?|contributor\s+\w+|"
    r"(?:\w+\s+)?style\s+guide(?:lines?)?|(?:\w+\s+)?code\s+of\s+conduct|governance|security\s+policy|change\s?log|"
    r"release\s+notes|(?:\w+\s+){0,2}template|pull\s+request\s+template|issue\s+template|authors?|licen[cs]e|"
    r"maintainers?|acknowledge?ments?|search(?:\s+results?)?|about\s+(?:this|these|the)\s+.+|how\s+to\s+use\s+th(?:is|ese)\s+.+)",
    re.IGNORECASE,
)

# How people title what a course asks of those who take it.
_ADMINISTRATION = re.compile(
    r"(?:(?:late|grading|attendance|collaboration|submission|re-?grade|extension|absence|exam|homework|assignment|course|class|"
    r"lab|email|e-mail|device|laptop|makeup|make-up|plagiarism|ai|communication|participation)\s+(?:submission\s+|work\s+)?"
    r"(?:polic(?:y|ies)|rules)|policies|grading\s+(?:scheme|scale|breakdown|criteria)|grade\s+(?:breakdown|distribution)|"
    r"office\s+hours?|academic\s+(?:integrity|honesty|misconduct)|hono(?:u)?r\s+code|late\s+days?|late\s+work|"
    r"(?:course|class)\s+(?:format|staff|structure|information|info|materials?|logistics|requirements|schedule|calendar|website)|"
    r"(?:teaching|course)\s+(?:staff|team|assistants?)|(?:due|important|key)\s+dates|required\s+(?:texts?|readings?|materials?)|"
    r"(?:students?\s+with\s+)?disabilit(?:y|ies)\s+(?:services|accommodations?)|students\s+with\s+disabilities|"
    r"learning\s+accommodations?|add/drop)",
    re.IGNORECASE,
)
_SYLLABUS = re.compile(
    r".*\b(?:syllabus|(?:course|class)\s+(?:information|info|logistics|policies|administration)|grading\s+polic(?:y|ies))\W*",
    re.IGNORECASE,
)


def is_administration(title: str) -> bool:
    """Whether a heading is about the rules of a course ("Late policy", "Office hours")."""
    return bool(_ADMINISTRATION.fullmatch(title.strip()))


def is_syllabus(title: str, headings: Iterable[str]) -> bool:
    """Whether a document is about how a course is run: by its title, or by several of its headings."""
    rules = (h for h in headings if is_administration(h) or h.strip().casefold() in _MAYBE_RULES)
    return bool(_SYLLABUS.fullmatch(title.strip())) or sum(1 for _ in rules) >= _RULES


_RULES = 3
_MAYBE_RULES = frozenset(
    "grading grades attendance textbook textbooks accommodations exams midterm final prerequisites "
    "assignments homework labs staff instructors communication plagiarism logistics".split()
)

# Headings under which bold words are heads of remarks, not terms.
_LISTS_NO_TERMS = re.compile(
    r"\b(?:features?|authors?|contributors?|maintainers?|team|parameters?|arguments?|args|options?|flags|settings|"
    r"configuration|action\s+items?|attendees|participants|roadmap|change\s?log|changes|requirements?|advantages?|"
    r"disadvantages?|benefits?|drawbacks?|limitations?|tips(?:\s+and\s+tricks)?|steps?|instructions?|pros|cons|schedule|"
    r"agenda|timetable|itinerary|rota|chores|errands|(?:shopping|packing)\s+list|meal\s+plan|plan|results?|issues?|troubleshooting|faq|problems?|use\s+cases?|examples?|applications?|goals?|objectives?|"
    r"installation|usage|credits|acknowledge?ments?|highlights|takeaways?|summary|recap|exercises?|homework|metadata|ingredients|"
    r"checklist|to-?dos?|mistakes?|pitfalls?|hints?|remarks?|caveats?|facts?|best\s+practices?|causes?|reasons?|considerations?|resources?|links?|references?)\W*\Z",
    re.IGNORECASE,
)
# What collections of notes are called: "The Bakers' Handbook" names no thing that bakers speak of.
_COLLECTIONS = frozenset(
    "moc dashboard glossary wiki handbook manual cheatsheet cheat-sheet syllabus notes tutorial guide course "
    "cookbook faq documentation docs workshop bootcamp curriculum notebook readme".split()
)

_PRONOUNS = frozenset(
    "i we you it they me us him her them my our your his its their mine ours yours this these those "
    "there here who whom whose someone something everything anything nothing let lets".split()
)
_QUESTION_WORDS = frozenset(
    "how why what when where which who whose whether is are do does did can could should will".split()
)
_FUNCTION_STARTS = frozenset(
    "and or but so because if unless although while since as for from with without to at by on in into of "
    "about also then than not no yes only just even such some any each every both either neither most many "
    "more less few several all another other others note notes example examples e.g i.e see tip tips warning "
    "hint remember recall suppose consider assume imagine first second third finally next however therefore "
    "thus hence now again before after during between under over above below via per once sometimes often "
    "usually typically".split()
)
IMPERATIVES = frozenset(
    "make use using try do run install click open close see get add create write read learn find choose "
    "select check set go take give show build start stop keep put call import load save download upload move "
    "copy paste type press enter change remove delete update print look watch visit explore solve compute "
    "calculate determine explain describe discuss compare define understand ensure avoid apply implement "
    "follow complete answer configure enable disable review practice join submit clone fork "
    "contribute".split()
)
_NUMBERED = re.compile(
    r"^(?:(?:lesson|part|chapter|week|day|module|unit|section|step|exercise|figure|fig|table|question|q|lab|lecture|"
    r"definition|theorem|lemma|proposition|corollary|claim|remark|property|rule|option|candidate|version|line|"
    r"appendix|task|quiz|episode|session|assignment|homework|project|problem|example|video|notebook)\s*[-#.]?\s*"
    r"(?:\d+(?:\.\d+)*|[ivx]+|[a-h])\b[\s:.)–—-]*)+",
    re.IGNORECASE,
)
_LEADING_NUMBER = re.compile(r"^(?:\d+(?:\.\d+)*[.):]?\s+|[IVX]+\.\s+|[A-H][.)]\s+(?=[A-Z][a-z]{2}))")
_PART = re.compile(
    r"\s*\((?:(?:part|pt|continued|cont|cont'd|optional|advanced|recap|again|revisited)\b[^)]*|[ivx]+|\d+)\)\s*$",
    re.IGNORECASE,
)
_DETERMINERS = frozenset("the a an this that these those your our its their my".split())


@lru_cache(maxsize=8192)  # every rule about headings asks
def bare_heading(title: str) -> str:
    """A heading without its numbering and part marks: "3.2 Pooling Layers (Part 2)" is about "Pooling
    Layers".

    >>> bare_heading("Lesson 4: Introduction to PyTorch")
    'Introduction to PyTorch'
    """
    bare = _PART.sub("", _LEADING_NUMBER.sub("", _NUMBERED.sub("", title.strip())))
    return bare.strip(" \t:–—-") or title.strip()


@lru_cache(maxsize=8192)
def is_meta_heading(title: str) -> bool:
    """Whether a heading names a part of the notes (Introduction, Exercises) instead of a subject."""
    bare = bare_heading(title)
    return label_key(bare) in _META_KEYS or is_numbered(title) or is_administration(bare)


def lists_terms(heading: str) -> bool:
    """Whether a heading says that terms and their meanings stand under it: "Glossary", "Key terms"."""
    return len(heading.split()) <= 6 and bool(_LISTS_TERMS.search(heading))


@lru_cache(maxsize=8192)
def lists_no_terms(heading: str) -> bool:
    """Whether a heading says that remarks of some kind stand under it ("Features", "Known issues")."""
    return bool(_LISTS_NO_TERMS.search(heading))


_PEOPLE = re.compile(
    r"(?:(?:the|our|my)\s+)?(?:(?:main|other|core|minor)\s+)?(?:who(?:['’]?s|\s+is)?(?:\s+who|\s+(?:comes|brings|does)(?:\s+what)?)?|"
    r"people|crew|members?|characters|cast|speakers|guests|players|family|friends|contacts|helpers|volunteers|students|"
    r"teachers|organi[sz]ers|dramatis\s+personae)(?:\s+(?:list|members))?(?:\s+(?:in|of)\s+(?:the|this|our)\s+\w+)?\W*",
    re.IGNORECASE,
)


@lru_cache(maxsize=8192)
def lists_people(heading: str) -> bool:
    """Whether a heading says that people stand under it, one by one: "Crew", "Who is who"."""
    return bool(_PEOPLE.fullmatch(heading.strip()))


def is_about_notes(title: str) -> bool:
    """Whether a document's title (or folder) says that it is about the notes themselves."""
    return bool(_ABOUT_NOTES.fullmatch(title.strip()))


def is_numbered(title: str) -> bool:
    """Whether a title is just a number in a series: "Figure 3", "Step 1", "Week 2"."""
    return bool(_NUMBERED.fullmatch(title.strip()))


# Ends of sentences, and mathematics.
_NOT_IN_NAMES = re.compile(r"[.?!:;]\s|\\[A-Za-z]|\s[=<>≤≥∈]\s|[{}^]|\$\$")


@lru_cache(maxsize=16384)
def looks_like_term(label: str, longest: int = 7) -> bool:
    """Whether these words can be the name of something: a short noun phrase, not a sentence, question or
    number. `longest` counts words."""
    label = label.strip()
    words = label.split()
    if not words or len(words) > longest or len(label) > 100 or not any(c.isalpha() for c in label):
        return False
    if label[-1] in ".?!:;," or "://" in label or _NOT_IN_NAMES.search(label):
        return False
    # Capitals make a name of any word: "NOT gate" is no negation.
    lower = [w if len(w) > 1 and w.isupper() else w.strip("\"'“”‘’()[],").casefold() for w in words]
    if (
        lower[0] in _QUESTION_WORDS
        or (lower[0] in _FUNCTION_STARTS and len(lower) > 1)
        or lower[-1] in _DETERMINERS
    ):
        return False
    if (
        lower[0] in _PRONOUNS
        or any(w in _PRONOUNS for w in lower[1:])
        or {"vs", "vs.", "versus"} & set(lower)
    ):
        return False
    # "A knot is a friend" says something.
    if not {"is", "are", "was", "were"}.isdisjoint(words[1:-1]):
        return False
    # "Training the network" says what is done; "training set" names a thing.
    if len(lower) > 2 and lower[0].endswith("ing") and lower[1] in _DETERMINERS:
        return False
    return not (len(lower) > 2 and lower[0] in IMPERATIVES and lower[1] in _DETERMINERS)


_SET_PHRASE = re.compile(
    r"(?:above|below|before|after|in|on|off|out|over|under|up|by|at|per|via|to|with|without|for|from|behind|between|of)\s"
    r"(?:\w[\w'’-]*\s){0,2}\w[\w'’-]*",
    re.IGNORECASE,
)


def is_set_phrase(label: str) -> bool:
    """Whether words are a phrase that is said as one ("over the counter", "on call"). Only where terms are
    listed is that a name."""
    return bool(_SET_PHRASE.fullmatch(label.strip())) and not ends_in_function_word(label)


@lru_cache(maxsize=8192)
def names_a_subject(heading: str, longest: int = 7) -> bool:
    """Whether a heading names what the notes are about: a term that is no part of the notes (Introduction)
    and no instruction (Install the package). In a heading "Load data" is one; "Load Balancer (LB)" as a term
    is not."""
    first = heading.split(maxsplit=1)[0].casefold() if heading.strip() else ""
    instructs = first in IMPERATIVES and " " in heading.strip()
    return looks_like_term(heading, longest) and not instructs and not is_meta_heading(heading)


def names_notes(title: str) -> bool:
    """Whether a title names a collection of notes: "Team Glossary", "Sailing Course", "Basic concepts of
    sailing"."""
    last = title.rsplit(maxsplit=1)[-1:]
    return bool(last) and (
        last[0].casefold() in _COLLECTIONS or bool(_SEVERAL_OF.search(title) or _MAP_OF.search(title))
    )


_MAP_OF = re.compile(r"\bmaps?\s+of\s+contents?\b|\A\W*moc\b", re.IGNORECASE)


_SEVERAL_OF = re.compile(
    r"\b(?:concepts|notions|ideas|basics|fundamentals|foundations|principles|aspects|topics|facts|essentials|overview)\s+"
    r"(?:of|on|in|about|from|behind)\b",
    re.IGNORECASE,
)


def ends_in_function_word(label: str) -> bool:
    """Whether the last word cannot end a name ("capacity of", "and")."""
    words = label.casefold().split()
    return bool(words) and (
        words[-1] in _FUNCTION_STARTS or words[-1] in _DETERMINERS or words[-1] in _PRONOUNS
    )
