"""The commands, a file each, in the order in which people meet them."""

from glosspath.commands.build import build
from glosspath.commands.check import check
from glosspath.commands.concepts import concepts
from glosspath.commands.diff import diff
from glosspath.commands.explain import explain
from glosspath.commands.export import export
from glosspath.commands.lessons import lessons
from glosspath.commands.mcp import mcp
from glosspath.commands.next import what_next
from glosspath.commands.path import path
from glosspath.commands.search import search
from glosspath.commands.serve import serve
from glosspath.commands.show import show
from glosspath.commands.why import why

COMMANDS = (
    serve,
    build,
    search,
    show,
    path,
    what_next,
    why,
    check,
    diff,
    explain,
    export,
    mcp,
    concepts,
    lessons,
)
