"""Dialects of Markdown: what each of their additions reads as, and what plain Markdown keeps."""

import re
from time import process_time

import pytest
from cases import Case, load
from hypothesis import example, given, settings
from hypothesis import strategies as st
from texts import document, lines

from corpus.blocks import Block, BlockKind, Inline
from corpus.dialects import spoken
from corpus.inlines import plain_text
from corpus.markdown import parse


def shown(text: str) -> str:
    """A text as the cases show it: its blocks with their words, links and pictures, then what it defines."""
    read = parse(text)
    parts = [line for top in read.blocks for line in _block(top, 0)]
    parts += [f"unknown macro: {name} ({line})" for name, line in read.unknown_macros]
    parts += [
        f"defines {d.term} ({lines(d.location)}, {d.style}): {d.text}" for d in document(text).definitions
    ]
    return "\n".join(parts)


def _block(block: Block, depth: int) -> list[str]:
    place = f"{'  ' * depth}{block.first_line}-{block.last_line}  {block.kind}"
    named = f" {block.info}" if block.kind in (BlockKind.BOX, BlockKind.CODE) and block.info else ""
    words = (
        _words(block.inline) if block.inline else f"  {block.text.strip()!r}" if block.text.strip() else ""
    )
    return [place + named + words] + [line for child in block.children for line in _block(child, depth + 1)]


def _words(inline: Inline) -> str:
    links = "".join(f"  [{inline.text[slice(*link.span)]}]({link.url})" for link in inline.links)
    pictures = "".join(f"  ![{picture.alt}]({picture.src})" for picture in inline.pictures)
    return f"  {inline.text!r}{links}{pictures}"


@pytest.mark.parametrize("case", load("dialects.md"), ids=str)
def test_dialects(case: Case) -> None:
    case.check(shown(case.input))


# What no reader is meant to see.
NOISE = re.compile(
    r"\{\{|\}\}|\{%|%\}|\[\[|\]\]|%%|:::|\{:|\{#|\[!|--8<--|@|^!!!|^\?\?\?|^===|\)=$|^\| |#\||::|\(\(|<<<",
    re.MULTILINE,
)

NUMBER = "6531f0a2-0c1e-4a6b-9d2f-0123456789ab"
_WORDS = st.sampled_from(["ebb", "spring tide", "the *moon*", "**low** water", "`x`", "wind & wave", "Größe"])
_FRAGMENTS = st.sampled_from(
    [
        "> [!note] {0}\n> {1}",
        "> [!tip]-\n> > [!info]\n> > {0}",
        "- [x] {0}\n- [ ] {1}",
        '!!! note "{0}"\n    {1}\n\n    **{0}**: {1} and more of it',
        '=== "{0}"\n\n    {1}',
        '--8<-- "{0}.md"',
        "*[GPS]: {0}",
        "See [[Sea|{0}]], [[Tides#High]] and ![[a.png|200]] ==so== %% {1} %% #tag here ^id-12",
        "%%\n{0}\n%%",
        "## {0} {{#an-id .wide}}\n\n{1} [so]{{.small}}",
        "{{: .note }}\n{0}",
        "::: {{.callout-tip}}\n## {0}\n\n{1}\n:::",
        "::::: challenge\n{0}\n\n::: solution\n{1}\n:::\n:::::",
        ":::note[{0}]\n{1}\n:::",
        "```{{note}}\n{0} {{term}}`ebb`\n```",
        "```{{glossary}}\n{0}\n  {1}\n```",
        "```{{list-table}} {0}\n* - {1}\n  - {0}\n```",
        "```ad-tip\ntitle: {0}\n{1}\n```\n\n~~~admonish note\n{0}\n~~~",
        "See @fig-ebb, [@sea1999; @sec-low], \\@ref(fig:ebb) {0}",
        '{{% include note.html content="{0} of it" %}}\n\n{{{{< figure src="a.png" title="{1}" width=9 >}}}}',
        '<figure markdown="span">\n  ![a](a.png)\n  <figcaption>{0}</figcaption>\n</figure>',
        "(a-target)=\n% {0}\n\n{1}",
        "{{% include x.html %}}\n{0} {{{{ site.title }}}} [{1}]({{{{ site.url }}}}/x)",
        '{{{{< figure src="a.png" >}}}}\n\n{{{{% notice tip %}}}}\n{0}\n{{{{% /notice %}}}}',
        'A {{{{< glossary_tooltip text="ebb" term_id="e" >}}}}, {{{{Glossary("ebb")}}}} {0} {{{{Compat}}}}',
        "{{{{#include a.rs}}}}",
        "| {0}\n| {1}\n\n(@) {0}\n(@so) {1}\n\nAs (@so) says.",
        "```{{r}}\n#| fig-cap: {0}\n#| echo: false\nplot(1)\n```\n\n`x`{{=latex}} {1}",
        f"- {{0}}\n  collapsed:: true\n  id:: {NUMBER}\n- (({NUMBER})) {{1}}",
        "<<< @/a/b.js{{2}}\n\n{0}",
        '<Tabs>\n<TabItem label="{0}">\n\n{1}\n\n</TabItem>\n</Tabs>',
        "A \\(x = 1\\) {0}\n\n\\[\na = b\n\\]\n\n```math\nc\n```",
        "[TOC]\n\n* TOC\n{{:toc}}\n\n{0}",
        "{0}\n: {1}",
        "```\n{{{{ code }}}} [[x]] ::: %%\n```",
        "{0} is {1}",
    ]
)
_NOTES = st.lists(st.builds(str.format, _FRAGMENTS, _WORDS, _WORDS), min_size=1, max_size=7).map("\n\n".join)


@settings(max_examples=150)
@given(_NOTES)
def test_signs_for_programs_are_in_no_text_and_every_place_is_there(text: str) -> None:
    read = document(text)
    last = len(text.split("\n"))
    seen = [(p.text, p.location) for section in read.sections for p in section.passages]
    seen += [(section.title, section.location) for section in read.sections]
    seen += [(d.term, d.location) for d in read.definitions] + [
        (d.text, d.location) for d in read.definitions
    ]
    for words, place in seen:
        assert not NOISE.search(words)
        assert 1 <= place.first_line <= place.last_line <= last
    for section in read.sections:
        for passage in section.passages:
            assert passage.location.first_line + passage.text.count("\n") <= passage.location.last_line
            source = "\n".join(text.split("\n")[passage.location.first_line - 1 : passage.location.last_line])
            assert set(re.findall(r"\w+", passage.text)) <= set(re.findall(r"\w+", source))


_SIGNS = st.lists(
    st.sampled_from(
        [
            *"{}[]()<>%=:!?#^$\\\"'|`~-+*_/ \n\na",
            *"Note {{ }} {% %} [[ ]] ::: ``` <A /> </A> {note} === {.a}".split(),
            *("    ", "> [!note]", "!!! note", '=== "a"', "import a from 'b'", "\\begin{align}"),
        ]
    ),
    max_size=60,
).map("".join)


@settings(max_examples=200)
@given(_SIGNS)
@example("<A\n{")
def test_any_signs_are_read_and_every_block_lies_in_the_text(text: str) -> None:
    read = parse(text)
    assert isinstance(read.html(read.blocks), str)
    plain_text(text)
    last = len(text.split("\n"))
    for top in read.blocks:
        for block in top.walk():
            assert 1 <= block.first_line <= block.last_line <= last


@pytest.mark.parametrize("level", ["{0}- word{1}", "{0}1. word{1}"])
def test_lists_are_read_as_deep_as_outlines_go(level: str) -> None:
    text = "\n".join(level.format("   " * depth, depth) for depth in range(25))
    words = {passage.text for section in document(text).sections for passage in section.passages}
    assert words == {f"word{depth}" for depth in range(25)}


@pytest.mark.parametrize(
    "opening",
    [
        "```{{grid}}\n",
        "```{{figure}} a.png\n",
        "```{{list-table}}\n",
        "::: {{.x}}\n",
        "```ad-x\n",
        "> ",
        "- ",
    ],
)
def test_what_is_opened_without_end_is_read(opening: str) -> None:
    assert document(opening.format() * 3000 + "words").sections


def test_plain_markdown_speaks_no_dialect() -> None:
    plain = "# Sea\n\nA *tide* [rises](sea.md) at 5 % {of} it == 3.\n\n- one\n\n> two\n\n"
    assert spoken(plain + "```\n{{ x }}\n[[y]]\n```\n") == ()


# Sentences with the signs of one dialect or another, none of which means anything.
PLAIN = [
    "A circle is where x^2+y^2=r^2 holds, and 10^3/10^6 is a thousandth.",
    "It is (e^x - e^(-x))/(e^x + e^(-x)), which lies between a^n^2 and 2^n^m.",
    "From PD^kP^{-1} one sees it, and from x^2y^2.",
    "Berths a~b~c are about 3~4 m deep, ~5 at low water and ~6 at high water.",
    "He writes C++-C++ all day, i++ and j++ at night.",
    "Where depth == 3 and tide==4==width it is {safe}, at 5 % or {1, 2}.",
    "It costs $5 and $6, a::b and std::move.",
    "Ports import goods\nexport type information there, and sets such as {1, 2} stay.",
    "import the lists from the harbour.\n\nexport default settings of the chart {1, 2}.",
]


@pytest.mark.parametrize("sentence", PLAIN)
def test_plain_sentences_keep_their_signs(sentence: str) -> None:
    assert spoken(sentence) == ()
    read = [block.inline.text for block in parse(sentence).blocks if block.inline]
    assert read == sentence.split("\n\n")


@pytest.mark.parametrize("formula", ["$x^2^$", "$$\na^b^ c\n$$", "\\(a~b~\\)", "`x^2^`", "```\nx^2^\n```"])
def test_mathematics_and_code_are_no_evidence_for_scripts(formula: str) -> None:
    assert "scripts" not in spoken(f"Words.\n\n{formula}\n")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("H~2~O and CO~2~.", "H2O and CO2."),
        ("the 1^st^ of 10^-3^ and Ca^2+^", "the 1st of 10-3 and Ca2+"),
        ("v~max~, x^2^", "vmax, x2"),
        ("it costs $5 and $`x`$", "it costs $5 and x"),
    ],
)
def test_what_is_set_high_and_low_is_its_words(written: str, read: str) -> None:
    assert plain_text(written) == read


NEVER_CLOSED = [
    *(
        "{{ ",
        "{% ",
        "{{< ",
        "{",
        "[[",
        "[[a|",
        "==a ",
        "%% ",
        "#a ",
        "::: note\n",
        "!!! note\n",
        "\\(",
        "\\[a ",
    ),
    *("<A ", "<A>\n", "</A>\n", "```{note}\n", "{ref}`", "> [!note]\n", "[a]{", "{a=", "{.a", "(a)=\n"),
    *("%%\n", "{% a %}\n", "{:", "\\begin{align}\n", '{a="', '<A b="', '    === "a"\n', "[a](#b) ", ">"),
    *("<A b={ ", "{/*", "{{a ", "- [ ] ", "%% a\n\n", "{{< a >}}\n", "[a]({{ "),
]


@pytest.mark.parametrize("sign", NEVER_CLOSED)
def test_time_is_linear_in_what_is_never_closed(sign: str) -> None:
    """Sixteen times the text takes about sixteen times as long, whatever is opened and not closed."""
    evidence = "[[a]] {{ x }} {.a} ==b== %% c %%\n\n```{note}\n```\n\n::: note\n:::\n\n<A></A>\n\n"

    def seconds(count: int) -> float:
        text = evidence + sign * count
        took = []
        for _ in range(2):
            started = process_time()
            parse(text)
            took.append(process_time() - started)
        return min(took)

    seconds(10)
    assert seconds(4000) < 80 * max(seconds(250), 0.005)
