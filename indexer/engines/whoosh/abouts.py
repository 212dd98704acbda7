"""What filters, facets and order need of every document, in a column of Whoosh's."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec
from whoosh.reading import IndexReader

from indexer.engines.protocol import IndexedDocument


class About(NamedTuple):
    """What is known of a document without its terms."""

    key: str
    kind: str
    lesson: str
    prior: float
    same: str


def packed(document: IndexedDocument) -> bytes:
    """What the column holds of a document."""
    about = About(document.key, document.kind, document.lesson, document.prior, document.same)
    return msgspec.msgpack.encode(about)


def columns_of(reader: IndexReader) -> list[tuple[Any, int]]:
    """The columns that hold it, each with the number of its documents."""
    leaves = [leaf for leaf, _ in reader.leaf_readers() if leaf.doc_count_all()]
    return [(leaf.column_reader("about", translate=False), leaf.doc_count_all()) for leaf in leaves]


def abouts_of(columns: list[tuple[Any, int]]) -> Iterator[About]:
    """Every document by its number, deleted ones included."""
    decode = msgspec.msgpack.Decoder(About).decode
    for column, count in columns:
        yield from (decode(column[number]) for number in range(count))
