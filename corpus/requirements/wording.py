"""How people say that something has to be known first: headings, lines, and sentences."""

import re

TITLE = re.compile(
    r"(?:(?:course|lesson|module|chapter|required|assumed|prior|key|technical|recommended|concept)\s+)*"
    r"(?:pre-?requisites?|pre-?reqs?|prior\s+knowledge|required\s+knowledge|assumed\s+knowledge"
    r"|background\s+knowledge|builds?\s+on)"
    r"|what\s+(?:you|we)\s+(?:need|should|must)(?:\s+(?:to|already))?\s+know(?:\s+(?:first|already|before\b.*))?"
    r"|you\s+should\s+(?:already\s+)?know|things\s+to\s+know\s+first|assumes"
    r"|before\s+(?:reading|you\s+read)(?:\s+(?:this|on))?(?:\s+\w+)?|(?:read|know)\s+(?:this|these)\s+first",
    re.IGNORECASE,
)
# What has to be installed or done stands under these as well: only what reads like a name counts there.
LOOSE_TITLE = re.compile(
    r"(?:\w+\s+)?requirements?|dependencies|before\s+(?:you|we)\s+(?:start|begin)"
    r"|before\s+(?:starting|beginning)(?:\s+this\s+\w+)?",
    re.IGNORECASE,
)


def is_named(title: str) -> bool:
    """Whether a title of a box or a quotation says that what has to be known stands under it."""
    return bool(TITLE.fullmatch(" ".join(title.split()).strip(" :")))


# "Prerequisites: tides, knots"; `known` says that names of things follow.
LINE = re.compile(
    r"(?:(?P<known>pre-?requisites?(?:\(s\))?(?:\s+(?:knowledge|reading|lessons?|concepts?|topics?))?|pre-?reqs?"
    r"|prior\s+knowledge|assumed\s+knowledge|required\s+(?:knowledge|reading|concepts?))"
    r"|requires?|(?:depends|builds|relies)\s+(?:up)?on|assumes|you\s+should\s+(?:already\s+)?know|needs|read\s+first"
    r"|first\s+read)\s*:\s*",
    re.IGNORECASE,
)
LINE_WITHIN = re.compile(rf"(?:\A|(?<=\n)|(?<=[.!?)]\s))(?:{LINE.pattern})", re.IGNORECASE)
SENTENCE = re.compile(
    r"\b(?:(?:assum(?:es?|ing)|expects?|presum(?:es?|ing)|presupposes?)\b(?:\s+\w+){0,4}?\s+(?:know(?:s|ledge\s+of)?"
    r"|understand(?:s|ing\s+of)?|familiar(?:ity)?\s+with|experience\s+(?:with|in)|learn(?:ed|t)|read|seen|met)"
    r"|\byou(?:\s+|['’]ll\s+)(?:should|must|need\s+to|will\s+need\s+to|ought\s+to)(?:\s+\w+){0,2}?\s+(?:know|understand|have\s+read"
    r"|be\s+familiar\s+with|be\s+comfortable\s+with|have\s+(?:a\s+\w+\s+)?(?:knowledge|understanding)\s+of)"
    r"|\b(?:familiarity\s+with|knowledge\s+of|(?:basic|working|good)\s+understanding\s+of)"
    r"|\b(?:this|the)\s+(?:\w+\s+)?(?:lesson|chapter|page|section|course|note|module|unit|article|guide|tutorial)"
    r"\s+(?:\w+\s+)?builds\s+(?:up)?on)\s+",
    re.IGNORECASE,
)
# One of these stands in every sentence that SENTENCE finds: most text has none, and a look says so.
_STEMS = tuple("before know understand read familiar comfortable builds assum expect presu first".split())


def may_require(lowered: str) -> bool:
    """Whether a text in small letters has a word that such a sentence needs."""
    return any(stem in lowered for stem in _STEMS)


# One of these stands in every section that states anything, but for boxes, whose kind may say it.
STATING_WORDS = (*_STEMS, "req", "depend", "need", "build", "relies")
_THIS_LESSON = re.compile(
    r"\b(?:this|these|our|the\s+rest\s+of\s+(?:the|this))\s+(?:\w+\s+)?(?:lessons?|chapters?|pages?|sections?|courses?"
    r"|notes?|modules?|units?|articles?|guides?|tutorials?|exercises?|concepts?|episodes?|book|material|workshop)\b",
    re.IGNORECASE,
)
# Without a word on the lesson, "you should know" is advice; these say that it comes first.
_FIRST = re.compile(
    r"\b(?:already|before\w*|first|prior|to\s+follow|required|assumed|expected|we\s+assume|i\s+assume|assuming)\b",
    re.IGNORECASE,
)


def is_about_this(words: str) -> bool:
    """Whether a sentence speaks of what a reader of these notes has to know first."""
    return bool(_THIS_LESSON.search(words) or _FIRST.search(words))


_LESSON = r"(?:lesson|chapter|page|section|note|module|unit|article|guide|tutorial|exercises?)\b"
# Not "before starting the engine".
_GOING_ON = (
    r"(?:(?:(?:you|we)\s+)?(?:read(?:ing)?|start(?:ing)?|begin(?:ning)?|continu(?:e|ing)|tackl(?:e|ing)|go(?:ing)?|mov(?:e|ing)"
    rf"|div(?:e|ing)\s+in)(?=\s*[,.!)]|\s*\Z|\s+(?:this|these|on|further|here|with\s+this|(?:the\s+)?(?:next|rest|{_LESSON})))"
    rf"|this\s+{_LESSON}|this\s*(?=[,.!]|\Z))"
)
_GO_ON = re.compile(rf"\bbefore\s+{_GOING_ON}", re.IGNORECASE)


def is_of_lesson(words: str) -> bool:
    """Whether words speak of a whole lesson, and not of what is explained beside them."""
    return bool(_THIS_LESSON.search(words) or _GO_ON.search(words))


# Sentences that by themselves state what comes first: what has to be known, and for what if they say so.
_KNOW = (
    r"(?:know|understand|have\s+(?:read|understood|seen|met)"
    r"|(?:are|be|feel)\s+(?:\w+ly\s+)?(?:familiar|comfortable)\s+with)"
)
_STUDY = (
    r"(?:read|learn|study|review|revise|recap|refresh|brush\s+up\s+on|look\s+at|(?:go|work)\s+through)"
    r"(?:\s+(?:up\s+on|about))?"
)
# Not "first look at the sea": what makes somebody know a thing.
_MASTER = r"(?:learn|study|master|understand|revise|review|read\s+(?:up\s+on|about))(?:\s+about)?"
_YOU = (
    r"(?:you|we|one|readers?|learners?|students?)"
    r"(?:\s+(?:will|must|should|do|has|have|first|also|really)|['’]ll)*"
)
_SURE = rf"\b(?:make|be)\s+sure\s+(?:that\s+)?you\s+(?:already\s+|first\s+)?{_KNOW}\s+"
_PLEASE = r"(?:please\s+|first\s+|you\s+(?:should|must|may\s+want\s+to)\s+)?"
_STATED = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # "Make sure you know what a tide is", "make sure you know tides before you go on".
        rf"{_SURE}what\s+(?!time\b|you\b)(?P<known>[^.;:,]+?)\s+(?:is|are|means?)\b",
        rf"{_SURE}(?P<known>[^.;:]+?)\s+(?:first\b|before(?:hand\b|\s+{_GOING_ON}))",
        # "To understand neap tides, you need tides first."
        (
            rf"\bto\s+(?:\w+ly\s+)?(?:understand|follow|grasp)\s+(?P<subject>[^.;:,]{{2,60}}?),?\s+{_YOU}\s+(?:need|have)"
            rf"(?:\s+to)?(?:\s+first)?(?:\s+(?:{_KNOW}|learn))?\s+(?P<known>[^.;:]+)"
        ),
        # "Before reading this, read about knots", "read about knots before you go on".
        rf"\bbefore\s+{_GOING_ON}[^.;:,]{{0,40}},\s+{_PLEASE}(?:{_STUDY}|{_KNOW})\s+(?P<known>[^.;:]+)",
        rf"\A\W*(?:please\s+)?{_STUDY}\s+(?P<known>[^.;:,]+?)\s+before\s+{_GOING_ON}",
        # "You should be familiar with tides", "this builds on tides".
        (
            r"\byou\s+(?:should|must|need\s+to|ought\s+to)\s+(?:already\s+|first\s+)?be\s+(?:familiar|comfortable)\s+with\s+"
            r"(?P<known>[^.;:]+)"
        ),
        r"(?:\bthis\s+|\A\W*)builds\s+(?:up)?on\s+(?P<known>[^.;:]+)",
        # "Assumes that you know tides", "first learn knots", "learn knots first".
        (
            r"(?:\b(?:this|it)\s+|\A\W*)(?:assumes|expects|presumes|presupposes)\s+(?:(?:that\s+)?you\s+(?:already\s+)?"
            rf"(?:to\s+)?{_KNOW}|(?:some\s+)?(?:knowledge\s+of|familiarity\s+with))\s+(?P<known>[^.;:]+)"
        ),
        rf"\A\W*(?:please\s+|you\s+\w+\s+)?first,?\s+{_MASTER}\s+(?P<known>[^.;:,]{{2,60}}?)\W*\Z",
        rf"\A\W*(?:please\s+)?{_MASTER}\s+(?P<known>[^.;:,]{{2,60}}?)\s+first\W*\Z",
        # "If you are not familiar with tides, read the first note."
        (
            r"\bif\s+you(?:\s+are|['’]re)?\s+(?:(?:not\s+(?:yet\s+)?(?:familiar|comfortable)|unfamiliar)\s+with|unsure\s+what"
            r"|(?:do\s+not|don['’]t)\s+(?:yet\s+)?(?:know|understand))\s+(?:what\s+)?(?P<known>[^.;:,]+?)(?:\s+yet)?,\s+"
            rf"{_PLEASE}(?:read|see|start|go|look|check|review|learn|have\s+a\s+look)\b"
        ),
    )
)
_LESS = re.compile(r"\b(?:not|no|never|optional(?:ly)?|n['’]t)\b", re.IGNORECASE)


def stated_in(sentence: str) -> re.Match[str] | None:
    """What a sentence states by itself, if nothing before it says that it is not so."""
    found = next((match for pattern in _STATED if (match := pattern.search(sentence))), None)
    return None if found and _LESS.search(sentence, 0, found.start()) else found


# What readers know when they have read it.
AFTERWARDS = re.compile(
    r"\b(?:after\w*|(?:by|at|until)\s+the\s+end|by\s+now|should\s+now|be\s+able\s+to|once\s+you|when\s+you\s+(?:finish|are\s+done))\b",
    re.IGNORECASE,
)
# "Read [the first lesson](a.md) first": what is linked in such a sentence.
READING = re.compile(
    r"\b(?:have\s+)?(?:read|seen|worked\s+through|work\s+through|finish(?:ed)?|complet(?:e|ed)|go\s+through|gone\s+through"
    r"|stud(?:y|ied)|review(?:ed)?|understood|done|(?:you|we)(?:['’]ll|\s+will)?\s+need)\b",
    re.IGNORECASE,
)
BEFORE_IT = re.compile(
    r"\bfirst\b|\bbefore\s+(?:you|we|starting|beginning|reading|going|moving|continuing|this)\b|\bbeforehand\b",
    re.IGNORECASE,
)
# "You need [tides](tides.md) and knots": of what has to be installed there is no concept.
NEED = re.compile(
    r"\b(?:you|we)(?:['’]ll|\s+will|\s+should|\s+only)?\s+need\s+(?:to\s+(?:know|understand|have\s+read)\s+(?:about\s+)?)?"
    r"(?P<known>[^.;:]+)",
    re.IGNORECASE,
)
NOT_NEEDED = re.compile(
    r"\b(?:no|not|n['’]t|without|never|nothing|none|optional(?:ly)?|helpful|nice\s+to\s+have|unnecessary)\b|n['’]t\b",
    re.IGNORECASE,
)
NONE = re.compile(r"\W*(?:none|n/?a|nothing|no\b.*|not?\s+required.*)\W*", re.IGNORECASE)
_NO_NEED = re.compile(
    r"\W*(?:no|not|none|nothing|neither|never|you\s+(?:do\s+not|don['’]t)|there\s+(?:are|is)\s+no(?:ne)?)\b|.*\b(?:not|n['’]t)\s+"
    r"(?:\w+\s+)?(?:need(?:ed)?|required?|necessary|assumed)\b",
    re.IGNORECASE | re.DOTALL,
)


def says_none(sentence: str) -> bool:
    """Whether a sentence after "Prerequisites:" says that something is not needed."""
    return bool(NONE.fullmatch(sentence) or _NO_NEED.match(sentence))
