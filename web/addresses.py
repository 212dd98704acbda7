"""Where each thing is read on the web: the only place that builds addresses.

Addresses are paths below `prefix` (the part of the address before this site, "" at the root of a host), so
that pages and JSON work behind a proxy. Ids may hold slashes and any letter.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, urlencode

from corpus.model import LessonId
from graph.model import ConceptId
from indexer.model import HitKind
from web.model import HitView, SectionLink


@dataclass(frozen=True, slots=True)
class Addresses:
    """Builds addresses below one prefix.

    >>> Addresses("/notes").concept(ConceptId("softmax"))
    '/notes/concepts/softmax'
    """

    prefix: str = ""

    def home(self) -> str:
        """The first page; what stands before a one-document course's first lesson is read there, too."""
        return f"{self.prefix}/"

    def concept(self, concept: ConceptId) -> str:
        """The page of a concept."""
        return f"{self.prefix}/concepts/{_in_path(concept)}"

    def lesson(self, lesson: LessonId) -> str:
        """The page on which a lesson is read."""
        return f"{self.prefix}/lessons/{_in_path(lesson)}"

    def section(self, section: SectionLink) -> str:
        """The place where a section is read: its lesson's page and its anchor."""
        page = self.home() if section.lesson is None else self.lesson(section.lesson)
        return f"{page}#{_in_path(section.anchor)}" if section.anchor else page

    def path(self, target: ConceptId | str, known: Iterable[ConceptId] = ()) -> str:
        """The page of the way to a concept, or to a lesson ("lesson:" and its id), for somebody who knows
        some concepts already."""
        query = urlencode([("known", concept) for concept in known])
        return f"{self.prefix}/path/{_in_path(target)}" + (f"?{query}" if query else "")

    def around(self, concept: ConceptId) -> str:
        """The map of what lies around a concept."""
        return f"{self.prefix}/map?{urlencode({'around': concept})}"

    def lesson_map(self, lesson: LessonId) -> str:
        """The map of a lesson."""
        return f"{self.prefix}/map?{urlencode({'lesson': lesson})}"

    def file(self, file: str) -> str:
        """A picture of the notes, by its path below the notes' folder."""
        return f"{self.prefix}/files/{_in_path(file)}"

    def search(self, query: str) -> str:
        """The page of what a search finds."""
        return f"{self.prefix}/search?{urlencode({'q': query})}"

    def hit(self, view: HitView, follow: Callable[[str, str], str | None]) -> str:
        """Where something found is read: a concept on its page, a link where it leads, anything else, and a
        link that leads nowhere safe, in its section. `follow` tells where a link in a document leads."""
        hit = view.hit
        if hit.kind is HitKind.CONCEPT:
            return self.concept(ConceptId(hit.id))
        if hit.kind is HitKind.RESOURCE and (address := follow(hit.target, hit.path)):
            return address
        return self.section(view.section) if view.section else self.home()

    def api(self, path: str) -> str:
        """An address of the JSON API, from the path below its root.

        >>> Addresses().api("/concepts")
        '/api/v1/concepts'
        """
        return f"{self.prefix}/api/v1{path}"


@lru_cache(maxsize=8192)
def _in_path(name: str) -> str:
    return quote(name, safe="/")
