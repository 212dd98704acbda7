"""What a query says: the tree that is read from it, and what an engine is asked for that tree."""

import pytest
from cases import Case, load
from hypothesis import given
from hypothesis import strategies as st
from typed_queries import typed_queries

from indexer.compiling import alternatives_of
from indexer.model import Cut
from indexer.queries import (
    LONGEST_QUERY,
    MOST_TERMS,
    All,
    Either,
    Only,
    Phrase,
    Tree,
    Within,
    Without,
    Word,
    all_of,
    either_of,
    leaves,
    parsed,
    read_query,
    written,
)
from indexer.words import words_of


def outline(tree: Tree, depth: int = 0) -> str:
    """The tree, a part a line."""
    match tree:
        case All():
            name, parts = "all, and no less" if tree.spoken else "all", tree.parts
        case Either():
            name, parts = "either", tree.parts
        case Within():
            name, parts = f"within {tree.name}", (tree.part,)
        case Without():
            name, parts = "without", (tree.part,)
        case Only():
            name, parts = f"only {tree.name} {tree.value}", ()
        case Phrase():
            name, parts = f'phrase "{tree.text}"', ()
        case Word():
            name, parts = f"word {tree.text}" + ", begins" * tree.begins + ", fuzzy" * tree.fuzzy, ()
    return "\n".join(["  " * depth + name, *(outline(part, depth + 1) for part in parts)])


@pytest.mark.parametrize("case", load("queries.md"), ids=str)
def test_a_query_is_read_as_written(case: Case) -> None:
    tree = parsed(case.input)
    case.check(f"{outline(tree)}\n= {written(tree)}")


# The language written and read

words = st.builds(
    Word,
    st.sampled_from(
        ["rye", "zero_grad", "nn.Linear", "two-step", "\u6d77\u6d41", "kind", "title", "or", "\u00e9t\u00e9"]
    ),
    begins=st.booleans(),
).flatmap(lambda word: st.sampled_from([word, Word(word.text, fuzzy=not word.begins, begins=word.begins)]))
single = st.one_of(
    words,
    st.builds(Phrase, st.sampled_from(["rye", "rye bread", "f(x) - y", "a AND b"])),
    st.builds(Only, st.just("kind"), st.sampled_from(["concept", "section"])),
    st.builds(Only, st.just("lesson"), st.sampled_from(["03-baking", "Baking day"])),
)
trees: st.SearchStrategy[Tree] = st.recursive(
    single,
    lambda part: st.one_of(
        st.builds(Without, part),
        st.builds(Within, st.sampled_from(["title", "label"]), part),
        st.builds(
            lambda parts, spoken: all_of(parts, spoken=spoken), st.lists(part, min_size=2), st.booleans()
        ),
        st.builds(either_of, st.lists(part, min_size=2)),
    ),
    max_leaves=8,
)


@given(trees)
def test_a_tree_that_is_written_is_read_as_the_same_tree(tree: Tree) -> None:
    assert parsed(written(tree)) == tree


@given(typed_queries("rye", "zero_grad", "rye bread"))
def test_every_text_is_a_query_that_can_be_written(text: str) -> None:
    query = read_query(text)
    assert parsed(written(query.tree)) == query.tree
    for leaf in leaves(query.tree):
        if isinstance(leaf, Word):
            assert query.text[leaf.start : leaf.end].lower() == leaf.text.lower()
            assert all(
                alternative.terms for word in words_of(leaf.text) for alternative in alternatives_of(word)
            )


@pytest.mark.parametrize(
    "text", ["(" * 200 + "rye" + ")" * 200, "-(" * 150 + "rye" + ")" * 150, "NOT " * 120 + "rye"]
)
def test_what_is_nested_too_deeply_is_plain_words(text: str) -> None:
    assert set(leaves(read_query(text).tree)) <= {Word("rye"), Word("not")}


def test_question_words_are_left_out_next_to_others() -> None:
    assert written(read_query("what is the crust?").tree) == "crust"
    assert written(read_query("the OR crust -of").tree) == "crust"
    assert written(read_query("the").tree) == "the"


def test_what_is_asked_twice_counts_once() -> None:
    assert written(read_query("rye crust rye").tree) == "rye crust"


# Bounds


def test_long_queries_are_cut_and_say_so() -> None:
    assert read_query("x" * LONGEST_QUERY).cut == frozenset()
    assert read_query("x" * (LONGEST_QUERY + 1)).cut == {Cut.LENGTH}
    many = read_query(" ".join(f"w{n}" for n in range(MOST_TERMS + 1)))
    assert many.cut == {Cut.TERMS} and len(list(leaves(many.tree))) == MOST_TERMS


def test_terms_are_counted_wherever_they_stand() -> None:
    one_too_many = "rye OR (" + " ".join(f"w{n}" for n in range(MOST_TERMS - 1)) + " last) OR wheat"
    kept = read_query(one_too_many)
    assert kept.cut == {Cut.TERMS} and Word("last") not in set(leaves(kept.tree))
    assert len(list(leaves(kept.tree))) == MOST_TERMS


# What is asked for a word


def asked(word: str) -> str:
    """Alternatives by "|", parts by "+", those side by side in quotes."""
    (spelled,) = words_of(word)
    shown = (f'"{" ".join(a.terms)}"' if a.phrase else "+".join(a.terms) for a in alternatives_of(spelled))
    return "|".join(shown)


def test_a_compound_asks_for_the_whole_or_its_parts() -> None:
    assert asked("zero_grad") == 'zerograd|"zero grad"|zero+grad'
    assert asked("CrossEntropyLoss") == "crossentropyloss|cross+entropi+loss"
