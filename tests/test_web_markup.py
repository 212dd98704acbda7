"""The notes' HTML on its way into a page: what is taken out, what is linked, and what is left as it was."""

import html as entities
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from web.markup import (
    Place,
    TermLink,
    blocks,
    link_terms,
    mathml,
    render,
    resolve,
    sanitize,
    text_of,
    typeset,
)

NOWHERE = Place(link=lambda _: None, picture=lambda _: None)
VOID = {"br", "col", "hr", "img", "wbr"}


def terms(*labels: str) -> dict[str, TermLink]:
    return {label: TermLink(label.casefold(), f"/concepts/{label.casefold()}") for label in labels}


def link(label: str, words: str = "") -> str:
    return f'<a class="term" href="/concepts/{label.casefold()}">{words or label}</a>'


def place(links: dict[str, str] | None = None, pictures: dict[str, str] | None = None) -> Place:
    return Place((links or {}).get, (pictures or {}).get)


# What is taken out


@pytest.mark.parametrize(
    ("hostile", "safe"),
    [
        ("<script>alert(1)</script>Words", "Words"),
        ('<p onclick="alert(1)">Words</p>', "<p>Words</p>"),
        ("<style>body { display: none }</style>Words", "Words"),
        ('<p style="position: fixed">Words</p>', "<p>Words</p>"),
        ('<iframe src="https://example.org"></iframe>Words', "Words"),
        ('<form action="/steal"><input name="q">Words</form>', "Words"),
        ("<svg><script>alert(1)</script></svg>Words", "Words"),
        ("<math><mtext><img src=x onerror=alert(1)></mtext></math>Words", "Words"),
        ('<img src="data:image/svg+xml;base64,AAAA" alt="dot">', '<img alt="dot">'),
        ("<!-- a comment -->Words", "Words"),
        ('<p class="site-header notice">Words</p>', "<p>Words</p>"),
        ('<meta http-equiv="refresh" content="0">Words', "Words"),
    ],
)
def test_what_could_do_harm_is_gone(hostile: str, safe: str) -> None:
    assert sanitize(hostile) == safe


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "data:text/html,x", "vbscript:x"],
)
def test_a_link_that_runs_something_is_no_link(address: str) -> None:
    assert "href" not in sanitize(f'<a href="{address}">Words</a>')


@pytest.mark.parametrize("tag", ["a", "pre", "code", "p"])
def test_no_tag_stands_in_an_attribute(tag: str) -> None:
    """All that looks for tags in safe HTML builds on this."""
    safe = sanitize(f'<{tag} title="1 < 2 </{tag}> <b>">Words</{tag}>')
    assert safe.count("<") == 2 and "&lt;/" in safe


def test_boxes_stay_boxes() -> None:
    box = '<aside class="admonition"><p class="admonition-title">Note</p><p>Words</p></aside>'
    assert sanitize(box) == box


def test_what_notes_are_made_of_stays() -> None:
    ordinary = (
        "<p><strong>A</strong> <em>b</em> <code>c</code>"
        ' <a href="https://example.org" rel="noopener noreferrer">d</a>'
        "</p><ul><li>e</li></ul><details><summary>f</summary>g</details><table><thead><tr><th>h</th></tr></thead>"
        '</table><pre><code class="language-python">i</code></pre><dl><dt>j</dt><dd>k</dd></dl>'
    )
    assert sanitize(ordinary) == ordinary


def test_the_ids_of_raw_html_cannot_be_taken_for_the_anchors_of_headings() -> None:
    assert sanitize('<p id="softmax">Words</p>') == '<p id="note.softmax">Words</p>'


def test_an_id_is_given_out_once_on_a_page() -> None:
    here = place()
    first, second = (resolve(sanitize('<p id="twice">Words</p>'), here) for _ in range(2))
    assert first == '<p id="note.twice">Words</p>'
    assert second == "<p>Words</p>"


def test_the_alignment_of_cells_needs_no_style() -> None:
    assert '<td align="right">1</td>' in sanitize(
        '<table><tr><td style="text-align:right">1</td></tr></table>'
    )


def test_words_about_html_stay_as_they_are() -> None:
    assert sanitize('<p>Write &lt;td style="text-align:right"&gt;.</p>') == (
        '<p>Write &lt;td style="text-align:right"&gt;.</p>'
    )


def test_nesting_without_end_is_shown_as_text() -> None:
    assert sanitize("<div>" * 50_000 + "Words").startswith("<pre>&lt;div&gt;")


# Links and pictures


def test_a_link_into_the_notes_leads_to_its_page() -> None:
    linked = resolve(sanitize('<a href="two.md#b">Words</a>'), place({"two.md#b": "/lessons/two#b"}))
    assert linked == '<a href="/lessons/two#b">Words</a>'


def test_a_link_elsewhere_is_marked_and_does_not_say_where_it_came_from() -> None:
    assert resolve(sanitize('<a href="https://example.org/?a=1&amp;b=2">Words</a>'), NOWHERE) == (
        '<a href="https://example.org/?a=1&amp;b=2" rel="noopener noreferrer" class="external">Words</a>'
    )


def test_a_link_to_nothing_says_so_and_is_no_link() -> None:
    assert resolve(sanitize('<a href="lost.md">Words</a>'), NOWHERE) == (
        '<span class="broken-link" title="There is no page for lost.md">Words</span>'
    )


def test_a_picture_of_the_notes_is_shown() -> None:
    shown = resolve(
        sanitize('<img src="a.png" alt="A &quot;b&quot;">'), place(pictures={"a.png": "/files/a.png"})
    )
    assert shown == '<img src="/files/a.png" alt="A &#34;b&#34;" loading="lazy" decoding="async">'


def test_a_picture_elsewhere_is_not_fetched_but_linked() -> None:
    shown = resolve(sanitize('<img src="https://example.org/a.png" alt="A chart">'), NOWHERE)
    assert "<img" not in shown
    assert '<a href="https://example.org/a.png"' in shown and ">A chart</a>" in shown


def test_a_picture_that_is_not_there_leaves_its_words() -> None:
    assert resolve(sanitize('<img src="a.png" alt="A chart">'), NOWHERE) == (
        '<span class="picture-missing">Missing picture: A chart</span>'
    )


# Code and mathematics


def test_code_is_coloured_in_its_language() -> None:
    code = typeset(sanitize('<pre><code class="language-python">def f(): return "&lt;b&gt;"</code></pre>'))
    assert '<span class="k">def</span>' in code and "&lt;b&gt;" in code and "<b>" not in code


def test_code_in_a_language_that_nobody_knows_is_shown_plain() -> None:
    assert "<code>a &lt; b</code>" in typeset(
        sanitize('<pre><code class="language-qqq">a &lt; b</code></pre>')
    )


def test_mathematics_is_set() -> None:
    shown = typeset(sanitize('<p>With <span class="math inline">x^2 &lt; 1</span>.</p>'))
    assert '<math display="inline" alttext="x^2 &lt; 1">' in shown and "<msup>" in shown


def test_mathematics_in_double_dollars_does_not_end_its_paragraph() -> None:
    shown = typeset(sanitize('<p>So <div class="math inline">x</div> holds.</p>'))
    assert shown.startswith('<p>So <span class="display-math"') and shown.endswith("</span> holds.</p>")


@pytest.mark.parametrize("tex", [r"\softmax(x)", r"\frac", "x^", r"\begin{nothing}", "{" * 3000])
def test_mathematics_that_cannot_be_set_is_shown_as_it_was_written(tex: str) -> None:
    assert mathml(tex, display=False) == f'<code class="tex">{entities.escape(tex)}</code>'


@pytest.mark.parametrize(
    "tex", [r"\text{<script>alert(1)</script>}", r"\text{&lt;script&gt;}", r"\href{javascript:x}{y}"]
)
def test_mathematics_cannot_bring_in_markup(tex: str) -> None:
    shown = mathml(tex, display=True)
    assert "<script" not in shown and "href=" not in shown


def test_a_minus_at_the_beginning_is_a_sign() -> None:
    assert '<mo form="prefix">' in mathml("(-1, 2)", display=False)
    assert "prefix" not in mathml("2 - 1", display=False)


def test_a_long_formula_in_a_line_may_be_broken_after_relations_and_commas() -> None:
    assert "<wbr>" not in mathml("a = b", display=False)
    assert "<wbr>" not in mathml("a = b + c + d + e + f + g + h", display=True)
    pieces = mathml("(0.659 - 1, 0.242, 0.099) = v", display=False).split("<wbr>")
    assert [text_of(piece) for piece in pieces] == ["( 0.659 − 1 ,", "0.242 ,", "0.099 ) =", "v"]
    assert pieces[2].endswith('<mo form="infix">=</mo></mrow></math>')  # spaced as it was between both


def test_a_formula_that_no_line_holds_scrolls_in_its_own_box() -> None:
    long = '<p><span class="math inline">a + b + c + d + e + f + g + h + i + j</span></p>'
    assert typeset(sanitize(long)).startswith('<p><span class="line-math" tabindex="0"><math')
    assert "line-math" not in typeset(sanitize(long.replace("+", "=")))


def test_wide_tables_scroll_by_themselves() -> None:
    shown = typeset(sanitize("<table><tr><td>1</td></tr></table>"))
    assert shown.startswith('<div class="table-box"') and shown.endswith("</table></div>")


# Terms


@pytest.mark.parametrize("space", ["\N{NO-BREAK SPACE}", "\N{IDEOGRAPHIC SPACE}"])
def test_spaces_that_browsers_keep_stay_beside_a_link(space: str) -> None:
    shown = link_terms(f"<p>10{space}{space}m  of loss</p>", terms("loss"))
    assert shown == f"<p>10{space}{space}m of {link('loss')}</p>"


def test_a_label_may_be_written_with_a_space_that_does_not_break() -> None:
    spaced = "vector\N{NO-BREAK SPACE}space"
    assert (
        link_terms(f"<p>A {spaced}.</p>", terms("vector space"))
        == f"<p>A {link('vector space', spaced)}.</p>"
    )


def test_a_term_is_linked_where_it_first_stands() -> None:
    assert link_terms("<p>Loss? A loss. The loss.</p>", terms("loss")) == (
        f"<p>Loss? A {link('loss')}. The loss.</p>"
    )


def test_the_longest_label_wins() -> None:
    assert link_terms("<p>A vector space has a vector.</p>", terms("vector", "vector space")) == (
        f"<p>A {link('vector space')} has a {link('vector')}.</p>"
    )


def test_only_whole_words_are_linked() -> None:
    assert link_terms("<p>The lossless log-loss.</p>", terms("loss")) == "<p>The lossless log-loss.</p>"


@pytest.mark.parametrize(
    "unlinked",
    [
        "<h2>loss</h2>",
        "<code>loss</code>",
        "<pre>a loss</pre>",
        '<a href="/x">the loss</a>',
        "<math><mi>loss</mi></math>",
        "<details><summary>loss</summary></details>",
    ],
)
def test_some_places_are_left_alone(unlinked: str) -> None:
    assert link_terms(f"{unlinked}<p>loss</p>", terms("loss")) == f"{unlinked}<p>{link('loss')}</p>"


def test_a_label_over_two_lines_is_linked_as_it_stands() -> None:
    assert link_terms("<p>gradient\ndescent</p>", terms("gradient descent")) == (
        f"<p>{link('gradient descent', 'gradient' + chr(10) + 'descent')}</p>"
    )


def test_a_label_is_found_over_any_blanks() -> None:
    linked = link_terms("<p>the gradient \n  descent</p>", terms("gradient descent"))
    assert linked == f"<p>the {link('gradient descent')}</p>"


def test_the_longest_label_that_is_a_whole_word_is_linked() -> None:
    labels = terms("tide", "tide table", "tide tables of ports", "table")
    assert link_terms("<p>A tide tables of portside table</p>", labels) == (
        f"<p>A {link('tide')} tables of portside {link('table')}</p>"
    )
    assert link_terms("<p>A tide table.</p>", labels) == f"<p>A {link('tide table')}.</p>"


def test_what_follows_a_place_that_is_left_alone_is_linked() -> None:
    nested = '<h2>loss <a href="/x">loss</a></h2><pre><code>a <span>loss</span></code></pre>'
    assert link_terms(f"{nested}loss", terms("loss")) == f"{nested}{link('loss')}"
    assert link_terms("<p>loss <code>loss", terms("loss")) == f"<p>{link('loss')} <code>loss"


def test_labels_are_words_not_markup() -> None:
    assert link_terms("<p>R&amp;D &lt; amp</p>", terms("amp", "R&D")) == (
        '<p><a class="term" href="/concepts/r&amp;d">R&amp;D</a> &lt; ' + link("amp") + "</p>"
    )


def test_a_term_is_not_linked_in_its_own_definition() -> None:
    text = (
        "<ul><li><b>Loss</b>: the loss falls in descent.</li><li><b>Descent</b>: a loss gets small.</li></ul>"
    )
    assert link_terms(text, terms("loss", "descent"), {"Loss": "loss", "Descent": "descent"}) == (
        f"<ul><li><b>Loss</b>: the loss falls in {link('descent')}.</li>"
        f"<li><b>Descent</b>: a {link('loss')} gets small.</li></ul>"
    )


def test_no_part_of_a_term_is_linked_where_it_is_defined() -> None:
    text = "<p><b>Feature vector</b>: a vector of features.</p>"
    linked = link_terms(
        text.replace("vector:", "vector:"), terms("vector"), {"Feature vector": "feature-vector"}
    )
    assert linked == f"<p><b>Feature vector</b>: a {link('vector')} of features.</p>"


def test_all_steps_together_keep_the_text() -> None:
    here = place({"b.md": "/lessons/b"}, {"a.png": "/files/a.png"})
    shown = render(
        sanitize('<p>A loss in <a href="b.md">b</a> <img src="a.png" alt=""></p>'), here, terms("loss"), {}
    )
    assert text_of(shown) == "A loss in b"


# Whatever comes in


class _Balance(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in {"script", "style", "iframe"}
        assert not any(name.startswith("on") or name == "style" for name, _ in attrs)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def is_well_formed(html: str) -> bool:
    balance = _Balance()
    balance.feed(html)
    balance.close()
    return not balance.open


PIECES = st.sampled_from(
    ["<p>", "</p>", "<b", ">", "<a href='b.md'>", "</a>", '<a id="x">', "<table><tr><td>", "</table>", "<li>",
     "loss ", "<code>", "</code>", "<script>", "</script>", '<img src="a.png">', "&amp;", "&lt;", '"', "<!--",
     '<span class="math inline">x^2', "</span>", "<pre><code class=language-python>", "</pre>", "-->", "<h1>",
     "<svg>", "\0", "é\n"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=24).map("".join) | st.text(max_size=80))
@example("<table><a href=b.md>loss<table>")
def test_whatever_the_notes_hold_the_page_is_well_formed_and_safe(html: str) -> None:
    here = place({"b.md": "/lessons/b"}, {"a.png": "/files/a.png"})
    assert is_well_formed(render(sanitize(html), here, terms("loss"), {"loss": "loss"}))


@given(st.lists(PIECES, max_size=24).map("".join))
def test_sanitising_twice_changes_nothing_more(html: str) -> None:
    once = sanitize(html)
    assert sanitize(once.replace('id="note.', 'id="')) == once


@given(st.lists(PIECES, max_size=24).map("".join))
def test_blocks_joined_are_the_whole(html: str) -> None:
    safe = sanitize(html)
    assert "".join(blocks(safe)) == safe


def test_code_is_coloured_whatever_stands_behind_its_language() -> None:
    plain = typeset(sanitize('<pre><code class="language-python">def f(): pass</code></pre>'))
    assert typeset(sanitize('<pre><code class="language-python{1,3}">def f(): pass</code></pre>')) == plain
    assert "Code, python" in plain
