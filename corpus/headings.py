"""What the headings and titles of notes name: a subject, a part of the notes, or what is listed there.

No word of any subject stands in this file: only words with which people title their notes.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from corpus.labels import IMPERATIVES, label_key, looks_like_term

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


@lru_cache(maxsize=8192)  # every rule about headings asks
def bare_heading(title: str) -> str:
    """A heading without its numbering and part marks: "3.2 Pooling Layers (Part 2)" is about "Pooling
    Layers".

    >>> bare_heading("Lesson 4: Introduction to PyTorch")
    'Introduction to PyTorch'
    """
    bare = _PART.sub("", _LEADING_NUMBER.sub("", _NUMBERED.sub("", title.strip())))
    return bare.strip(" \t:–—-") or title.strip()


def is_numbered(title: str) -> bool:
    """Whether a title is just a number in a series: "Figure 3", "Step 1", "Week 2"."""
    return bool(_NUMBERED.fullmatch(title.strip()))


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


@lru_cache(maxsize=8192)
def is_meta_heading(title: str) -> bool:
    """Whether a heading names a part of the notes (Introduction, Exercises) instead of a subject."""
    bare = bare_heading(title)
    return label_key(bare) in _META_KEYS or is_numbered(title) or is_administration(bare)


@lru_cache(maxsize=8192)
def names_a_subject(heading: str, longest: int = 7) -> bool:
    """Whether a heading names what the notes are about: a term that is no part of the notes (Introduction)
    and no instruction (Install the package). In a heading "Load data" is one; "Load Balancer (LB)" as a term
    is not."""
    first = heading.split(maxsplit=1)[0].casefold() if heading.strip() else ""
    instructs = first in IMPERATIVES and " " in heading.strip()
    return looks_like_term(heading, longest) and not instructs and not is_meta_heading(heading)


# Headings under which terms are listed, whatever else the heading says ("Terms of this week").
_LISTS_TERMS = re.compile(
    r"\b(?:glossary|glossaries|terminology|terminologies|vocabulary|lexicon|jargon|abbreviations?|acronyms?|nomenclature|"
    r"definitions|word\s*(?:bank|list)s?|keywords|(?:key|important|basic|core|main|new|useful|common|technical|general|related|our)\s+(?:terms?|words?|"
    r"definitions?)|terms(?!\s+(?:and|&|of\s+(?:use|service|reference|sale|trade|payment))\b)|(?:key\s+)?concepts\s+and\s+terms|definition\s+of\s+terms)\b(?!-)",
    re.IGNORECASE,
)


def lists_terms(heading: str) -> bool:
    """Whether a heading says that terms and their meanings stand under it: "Glossary", "Key terms"."""
    return len(heading.split()) <= 6 and bool(_LISTS_TERMS.search(heading))


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


_FOLDER_OF_PEOPLE = re.compile(
    r"(?:the\s+|our\s+|my\s+)?(?:people|persons|contacts|colleagues|staff|friends)", re.IGNORECASE
)


def is_of_people(folder: str) -> bool:
    """Whether a folder's name says that each note in it is about a person, who is no concept."""
    return bool(_FOLDER_OF_PEOPLE.fullmatch(folder.strip()))


# Documents about the notes themselves, their house rules and their makers.
_ABOUT_NOTES = re.compile(
    r"(?:(?:how\s+to\s+)?contribut(?:e|ing|ions?|ors?)(?:\s+(?:guide|guidelines?|ladder|to\s+.*))?|contributor\s+\w+|"
    r"(?:\w+\s+)?style\s+guide(?:lines?)?|(?:\w+\s+)?code\s+of\s+conduct|governance|security\s+policy|change\s?log|"
    r"release\s+notes|(?:\w+\s+){0,2}template|pull\s+request\s+template|issue\s+template|authors?|licen[cs]e|"
    r"maintainers?|acknowledge?ments?|search(?:\s+results?)?|about\s+(?:this|these|the)\s+.+|how\s+to\s+use\s+th(?:is|ese)\s+.+)",
    re.IGNORECASE,
)


def is_about_notes(title: str) -> bool:
    """Whether a document's title (or folder) says that it is about the notes themselves."""
    return bool(_ABOUT_NOTES.fullmatch(title.strip()))


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


def is_administration(title: str) -> bool:
    """Whether a heading is about the rules of a course ("Late policy", "Office hours")."""
    return bool(_ADMINISTRATION.fullmatch(title.strip()))


_SYLLABUS = re.compile(
    r".*\b(?:syllabus|(?:course|class)\s+(?:information|info|logistics|policies|administration)|grading\s+polic(?:y|ies))\W*",
    re.IGNORECASE,
)
_RULES = 3
_MAYBE_RULES = frozenset(
    "grading grades attendance textbook textbooks accommodations exams midterm final prerequisites "
    "assignments homework labs staff instructors communication plagiarism logistics".split()
)


def is_syllabus(title: str, headings: Iterable[str]) -> bool:
    """Whether a document is about how a course is run: by its title, or by several of its headings."""
    rules = (h for h in headings if is_administration(h) or h.strip().casefold() in _MAYBE_RULES)
    return bool(_SYLLABUS.fullmatch(title.strip())) or sum(1 for _ in rules) >= _RULES


# What collections of notes are called: "The Bakers' Handbook" names no thing that bakers speak of.
_COLLECTIONS = frozenset(
    "moc dashboard glossary wiki handbook manual cheatsheet cheat-sheet syllabus notes tutorial guide course "
    "cookbook faq documentation docs workshop bootcamp curriculum notebook readme".split()
)
_MAP_OF = re.compile(r"\bmaps?\s+of\s+contents?\b|\A\W*moc\b", re.IGNORECASE)
_SEVERAL_OF = re.compile(
    r"\b(?:concepts|notions|ideas|basics|fundamentals|foundations|principles|aspects|topics|facts|essentials|overview)\s+"
    r"(?:of|on|in|about|from|behind)\b",
    re.IGNORECASE,
)


def names_notes(title: str) -> bool:
    """Whether a title names a collection of notes: "Team Glossary", "Sailing Course", "Basic concepts of
    sailing"."""
    last = title.rsplit(maxsplit=1)[-1:]
    return bool(last) and (
        last[0].casefold() in _COLLECTIONS or bool(_SEVERAL_OF.search(title) or _MAP_OF.search(title))
    )
