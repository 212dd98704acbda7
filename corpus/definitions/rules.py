"""The table of rules, and what becomes of what they find.

The order of the table matters: what is more explicit comes first and wins over what is less.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from corpus.blocks import Block, BlockKind
from corpus.definitions.bullets import (
    from_bullet_term,
    from_indented_bullet,
    from_kind,
    from_lazy_bullet,
    from_nested_bullet,
    from_run_on,
    from_term_over_list,
)
from corpus.definitions.headings import (
    from_asking_heading,
    from_box,
    from_fold,
    from_heading,
    from_heading_over_list,
    from_named_heading,
    from_titled_box,
)
from corpus.definitions.leads.bold import from_bold_lead
from corpus.definitions.leads.lone import from_lone_lead
from corpus.definitions.leads.plain import from_plain_lead
from corpus.definitions.leads.stopped import from_stopped_lead
from corpus.definitions.lists import from_colon_line, from_definition_list, from_html_list
from corpus.definitions.naming import from_apposition, from_called, from_named
from corpus.definitions.page import Page, Rule
from corpus.definitions.prose import from_bold_is, from_line_is, from_sentence
from corpus.definitions.tables import from_table
from corpus.definitions.taking import taken, up_to_line
from corpus.definitions.titles import from_file_name, from_front_matter, from_title
from corpus.labels import label_key
from corpus.markdown import Markdown
from corpus.model import Definition, DefinitionStyle
from corpus.other_names import stated_names
from corpus.sentences import first_sentence

RULES: dict[DefinitionStyle, tuple[tuple[Rule, float], ...]] = {
    # What an author set out as a definition wins over running prose that happens to say "is".
    DefinitionStyle.FRONT_MATTER: ((from_front_matter, 0.95),),
    DefinitionStyle.DEFINITION_LIST: (
        (from_definition_list, 0.95),
        (from_html_list, 0.95),
        (from_colon_line, 0.90),
    ),
    DefinitionStyle.TABLE: ((from_table, 0.90),),
    DefinitionStyle.HEADING: (
        (from_heading, 0.90),
        (from_box, 0.90),
        (from_heading_over_list, 0.80),
        (from_asking_heading, 0.80),
        (from_named_heading, 0.70),
        (from_titled_box, 0.70),
        (from_fold, 0.70),
    ),
    DefinitionStyle.TITLE: ((from_title, 0.85),),
    DefinitionStyle.BULLET_TERM: (
        (from_bullet_term, 0.90),
        (from_indented_bullet, 0.90),
        (from_nested_bullet, 0.80),
        (from_term_over_list, 0.70),
    ),
    DefinitionStyle.BOLD_LEAD: ((from_bold_lead, 0.90),),
    DefinitionStyle.PLAIN_LEAD: (
        (from_plain_lead, 0.80),
        (from_stopped_lead, 0.70),
        (from_lone_lead, 0.60),
        (from_kind, 0.60),
    ),
    DefinitionStyle.RUN_ON: ((from_run_on, 0.80),),
    DefinitionStyle.BOLD_IS: ((from_bold_is, 0.75),),
    DefinitionStyle.CALLED: ((from_called, 0.75), (from_named, 0.50)),
    DefinitionStyle.LINE_IS: ((from_line_is, 0.75),),
    DefinitionStyle.LAZY_BULLET: ((from_lazy_bullet, 0.60),),
    DefinitionStyle.IN_SENTENCE: ((from_sentence, 0.50), (from_apposition, 0.50)),
    # It may be taken back, and so keeps nothing else from being read.
    DefinitionStyle.FILE_NAME: ((from_file_name, 0.80),),
}
_RUNNING_PROSE = frozenset({DefinitionStyle.CALLED, DefinitionStyle.LINE_IS, DefinitionStyle.IN_SENTENCE})


def definitions(page: Page, markdown: Markdown) -> list[Definition]:
    """Every definition of one section, in the order of its lines.

    A weaker rule does not define a term again that a stronger one defined in the same lines, and running
    prose inside a definition is part of it.
    """
    found: list[Definition] = []
    # By line and by name: a glossary can be one section.
    at_line: dict[int, list[Definition]] = defaultdict(list)
    names: set[str] = set()
    for rule, definition in _taken(page, markdown):
        if definition.style in _RUNNING_PROSE and label_key(definition.term) in names:
            continue
        lines = range(definition.location.first_line, definition.location.last_line + 1)
        # A glossary has an entry for what it defines.
        apart = rule in _NAMING and not page.entries
        prose = definition.style in _RUNNING_PROSE or rule is from_lone_lead
        earlier = (one for line in lines for one in at_line[line])
        if not any(_covers(one, definition, prose, apart) for one in earlier):
            found.append(definition)
            names.add(label_key(definition.term))
            for line in lines:
                at_line[line].append(definition)
    glued = [d for d in found if d.style is DefinitionStyle.RUN_ON]
    ordered = sorted(found, key=lambda d: (d.location, d.term))
    return [_without_what_was_glued_on(d, glued, markdown) for d in ordered]


def _taken(page: Page, markdown: Markdown) -> Iterator[tuple[Rule, Definition]]:
    """What every rule takes from a page, with the names and the formula that stand below it."""
    if page.aside:
        return
    below, formulas = _names_below(page), _formulas_below(page)
    for style, rules in RULES.items():
        for rule, confidence in rules:
            for candidate in rule(page):
                last = id(candidate.blocks[-1])
                formula = formulas.get(last) if candidate.end is None else None
                whole = replace(
                    candidate,
                    others=(*candidate.others, *below.get(last, ())),
                    formula=formula,
                )
                if definition := taken(whole, style, confidence, page.section, markdown):
                    yield rule, definition


def _names_below(page: Page) -> dict[int, tuple[str, ...]]:
    """Other names that a line right below a block gives: "Synonyms: ebb tide, falling tide"."""
    found: dict[int, tuple[str, ...]] = {}
    for before, block in pairwise(page.section.blocks):
        if block.kind is BlockKind.PARAGRAPH and block.inline and (names := stated_names(block.inline.text)):
            found[id(before)] = names
    return found


def _formulas_below(page: Page) -> dict[int, Block]:
    """The formula that is displayed right below a block whose words end in a colon."""
    if not page.of(BlockKind.MATH):
        return {}
    rows = (page.section.blocks, *(block.children for block in page.section.all_blocks if block.children))
    return {
        id(block): formula
        for row in rows
        for block, formula in pairwise(row)
        if formula.kind is BlockKind.MATH and block.inline and block.inline.text.rstrip().endswith(":")
    }


# What these name stands on its own, also in a later sentence of another definition.
_NAMING = (from_called, from_named, from_apposition)
_BEGINS = 40


def _covers(earlier: Definition, later: Definition, prose: bool, apart: bool) -> bool:
    """Whether a definition that shares a line with an earlier one says nothing of its own. Of running `prose`
    only what stands `apart` does."""
    same = label_key(earlier.term) == label_key(later.term)
    if same or earlier.style is later.style:
        return same
    # A sentence that gives a name holds no other sentence.
    if earlier.style in (DefinitionStyle.CALLED, DefinitionStyle.IN_SENTENCE):
        return prose and later.text[:_BEGINS] in earlier.text
    names = (label_key(alias.label) for alias in earlier.aliases)
    named = label_key(later.term) in names or later.text[:_BEGINS] in first_sentence(earlier.text)
    return prose and (named or not apart)


def _without_what_was_glued_on(
    definition: Definition, glued: Sequence[Definition], markdown: Markdown
) -> Definition:
    """A definition ends where a run-on term begins inside its last line range."""
    for other in glued:
        if (
            definition.location.first_line < other.location.first_line <= definition.location.last_line
            and definition.style is not DefinitionStyle.RUN_ON
        ):
            return up_to_line(definition, other.location.first_line - 1, markdown)
    return definition
