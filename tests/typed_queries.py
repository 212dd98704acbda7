"""What people type into a search box, well-formed or not, for tests over the query language."""

from hypothesis import strategies as st

_SIGNS = (
    *("AND", "OR", "NOT", "(", ")", "-", '"', "*", "~", " ", " "),
    *("title:", "label:", "kind:", "lesson:", "concept", "section"),
)


def typed_queries(*words: str) -> st.SearchStrategy[str]:
    """Any text, or some words and signs of the query language in any order."""
    pieces = st.lists(st.sampled_from([*words, *_SIGNS])).map("".join)
    spaced = st.lists(st.sampled_from([*words, *_SIGNS])).map(" ".join)
    return st.one_of(st.text(max_size=60), pieces, spaced)
