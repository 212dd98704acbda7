"""A page as a tree, for tests that ask what stands where on it."""

from html.parser import HTMLParser
from xml.etree.ElementTree import Element, TreeBuilder

# What no tag closes.
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.builder = TreeBuilder()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.builder.start(tag, {name: value or "" for name, value in attrs})
        if tag in _VOID:
            self.builder.end(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID:
            self.builder.end(tag)

    def handle_data(self, data: str) -> None:
        self.builder.data(data)


def tree_of(html: str) -> Element:
    """The tree of a page, or of a part of one."""
    reader = _Reader()
    reader.feed(f"<root>{html.removeprefix('<!doctype html>')}</root>")
    reader.close()
    return reader.builder.close()


def words_in(element: Element | None) -> str:
    """What people read in an element: "" where there is none."""
    return "" if element is None else " ".join("".join(element.itertext()).split())


def of_class(element: Element, name: str) -> list[Element]:
    """The elements within one that have a class, in their order."""
    return [one for one in element.iter() if name in one.get("class", "").split()]


def labelled_by(element: Element, id: str) -> Element:
    """The part of a page below the heading with this id; an empty one if there is none."""
    found = element.find(f".//*[@aria-labelledby='{id}']")
    return Element("nothing") if found is None else found
