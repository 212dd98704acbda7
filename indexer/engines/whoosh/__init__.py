"""The default engine: Whoosh keeps the terms and their postings, scores are added up on top of them.

Every term has one posting list over all fields. Its postings say how much it says of a document already
(`indexer.engines.scoring`), so a question only looks up and adds: as arrays, for whole lists at once.
"""

from collections.abc import Collection, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from whoosh import fields, index
from whoosh.reading import SegmentReader

from indexer.engines.files import damage_named, take_over
from indexer.engines.protocol import IndexedDocument
from indexer.engines.whoosh.abouts import abouts_of, columns_of, packed
from indexer.engines.whoosh.postings import PackedCodec, Terms

if TYPE_CHECKING:
    from indexer.engines.whoosh.searching import WhooshSearcher

_MANY_SEGMENTS = 8


class WhooshEngine:
    """Embedded, nothing to run."""

    name = "whoosh"

    def write(
        self, place: Path, documents: Iterable[IndexedDocument], base: Path | None, removed: Collection[str]
    ) -> None:
        """See the protocol. One writer, one new segment; deletions by document number."""
        place.mkdir(parents=True)
        if base is None:
            opened: Any = index.create_in(str(place), _schema())
        else:
            take_over(base, place, without=("WRITELOCK",))
            opened = index.open_dir(str(place))
        stale = _numbers_of(opened, set(removed)) if removed else []
        # limitmb bounds the memory for postings; one file less to copy per segment without compound.
        writer = opened.writer(compound=False, limitmb=256, codec=PackedCodec())
        try:
            for number in stale:
                writer.delete_document(number)
            for document in documents:
                writer.add_document(terms=document, about=packed(document))
        except BaseException:
            writer.cancel()
            raise
        writer.commit(mergetype=_merge)
        opened.close()
        (place / "MAIN_WRITELOCK").unlink(missing_ok=True)

    def open(self, place: Path) -> "WhooshSearcher":
        """See the protocol."""
        from indexer.engines.whoosh.searching import WhooshSearcher  # numpy, which no build needs

        with damage_named():
            opened: Any = index.open_dir(str(place), readonly=True)
            return WhooshSearcher(opened.reader())

    def drop(self, place: Path) -> None:
        """See the protocol: all of it is in the folder."""


def _schema() -> fields.Schema:
    return fields.Schema(terms=Terms(), about=fields.COLUMN())


def _numbers_of(opened: Any, keys: set[str]) -> list[int]:
    """The document numbers of keys, deleted documents left out."""
    reader = opened.reader()
    try:
        return [
            number
            for number, about in enumerate(abouts_of(columns_of(reader)))
            if about.key in keys and not reader.is_deleted(number)
        ]
    finally:
        reader.close()


def _merge(writer: Any, segments: list[Any]) -> list[Any]:
    """Whoosh's question which segments to write anew: all that are mostly deleted, and when there are many
    of them all but the largest, so that builds stay cheap and questions too."""
    stale = [s for s in segments if s.deleted_count() * 2 > s.doc_count_all()]
    if len(segments) >= _MANY_SEGMENTS:
        stale = sorted(segments, key=lambda s: s.doc_count_all())[:-1]
    if len(stale) == 0:
        return segments
    for segment in stale:
        with_live = SegmentReader(writer.storage, writer.schema, segment)
        writer.add_reader(with_live)
        with_live.close()
    return [segment for segment in segments if segment not in stale]
