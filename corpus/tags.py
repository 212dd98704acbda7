"""HTML as notes have it: a tag, and Python's reader of tags, made to read on whatever it meets."""

import re
from html.parser import HTMLParser

# A tag as it stands in Markdown: whether it closes, its name, whether it closes itself.
TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)(?:\"[^\"]*\"|'[^']*'|[^'\">])*?(/?)>")


class Tags(HTMLParser):
    """Tells its methods of every tag and all words between them. Never raises."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """Where `<![...` ends; it is passed over like a comment where it is no section of SGML."""
        try:
            return super().parse_marked_section(i, report)
        except AssertionError:
            return self.parse_bogus_comment(i)
