"""`glosspath mcp`: the glossary as tools for assistants (Model Context Protocol)."""

from pathlib import Path

import click

from glosspath.options import data_option


@click.command(short_help="Offer the glossary to assistants as tools.")
@data_option
@click.option("--http", is_flag=True, help="Listen for HTTP at /mcp instead of standard input.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at, for --http.")
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=8001,
    show_default=True,
    help="The port to listen at, for --http.",
)
def mcp(data: Path, http: bool, host: str, port: int) -> None:
    """Answer assistants that speak the Model Context Protocol from what was built, with quotes and places.

    Needs glosspath[mcp]. An assistant starts it by itself: its settings name this command.
    """
    from glosspath.tools import mcp_server
    from web.server import check_port

    server = mcp_server(data)
    if http:
        check_port(host, port)
        server.run("streamable-http", host=host, port=port)
    else:
        server.run("stdio")
