"""Search of all texts in a site without a server, by Pagefind where that is installed.

Pagefind makes an index of pages which the reader's browser loads in small pieces. Its program is not to be
had for every machine, so a site without it searches names and the beginnings of texts only.
"""

import asyncio
import re
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

FOLDER = "pagefind"
# What is worth finding by its text; all other pages only say the same again.
_READ = re.compile(r"(?:concepts|lessons)/(?!.*--uses-all)[^?]+\.html|index\.html")
# What it brings along for pages that are made in another way.
_UNUSED = re.compile(r"pagefind-(?:component-ui|modular-ui|ui|highlight)\.")


def full_text_of(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files with which a browser searches these pages; none where Pagefind is not installed."""
    try:
        from pagefind.index import IndexConfig, PagefindIndex
    except ImportError:
        return {}

    async def indexed(folder: str) -> None:
        async with PagefindIndex(config=IndexConfig(output_path=folder, root_selector="main")) as index:
            for name, page in files.items():
                if _READ.fullmatch(name):
                    await index.add_html_file(content=page.decode(), url=name)
            await index.write_files()

    with TemporaryDirectory() as folder:
        asyncio.run(indexed(folder))
        made = sorted(file for file in Path(folder).rglob("*") if file.is_file())
        return {
            f"{FOLDER}/{file.relative_to(folder).as_posix()}": file.read_bytes()
            for file in made
            if not _UNUSED.match(file.name)
        }
