"""How the postings of a term stand in Whoosh's files, which it reads as it reads its own.

A posting's weight is the level of its impact (`indexer.engines.scoring`), a byte. Positions carry their field
in the high bits; a phrase cannot run from one field into the next. They are packed apart from the rest, block
by block: most questions never unpack them.
"""

import zlib
from array import array
from collections import defaultdict
from collections.abc import Generator, Iterator, Sequence
from functools import cached_property
from itertools import accumulate, pairwise
from typing import Any, Final

from whoosh import fields, formats
from whoosh.codec import whoosh3

from indexer.engines.protocol import Field, IndexedDocument
from indexer.engines.scoring import ASKED_ALONE, inside, levels

FIELD_BITS: Final = 24  # positions per field: more words than any text that is read
FIELDS: Final = tuple(Field)

_POSTINGS_PER_BLOCK = 1024
_FEW_POSTINGS = 8  # too few to be worth packing


class Terms(fields.FieldType):
    """A Whoosh field that takes terms by field as they are, with weights and positions made here."""

    def __init__(self) -> None:
        self.format = formats.Positions()  # values of any length; they are packed and read here

    def index(
        self, value: IndexedDocument, **_: Any
    ) -> Generator[tuple[bytes, int, float, bytes], None, None]:
        """(term, frequency, level, packed positions) for every distinct term of a document."""
        positions: dict[str, array[int]] = defaultdict(lambda: array("I"))
        for number, field in enumerate(FIELDS):
            for position, term in enumerate(value.terms.get(field, ()), number << FIELD_BITS):
                positions[term].append(position)
                if field in ASKED_ALONE:
                    positions[inside(field, term)].append(position)
        for term, level in levels(value).items():
            yield term.encode(), len(positions[term]), level, positions[term].tobytes()


class _Packed:
    """Bytes that are kept as a number: in the pickles of an index bytes are stored as text, half as long
    again."""

    def __init__(self, packed: int, length: int, count: int) -> None:
        self._packed, self._length, self._count = packed, length, count

    def __reduce__(self) -> tuple[type, tuple[int, ...]]:
        return type(self), (self._packed, self._length, self._count)

    @property
    def _bytes(self) -> bytes:
        return self._packed.to_bytes(self._length, "little")

    def __len__(self) -> int:
        return self._count


class Steps(_Packed, Sequence[int]):
    """The numbers of the documents of a block, the later ones as the step from the one before."""

    def __init__(self, first: int, packed: int, length: int, count: int) -> None:
        super().__init__(packed, length, count)
        self.first = first

    def __reduce__(self) -> tuple[type, tuple[int, ...]]:
        make, packed = super().__reduce__()
        return make, (self.first, *packed)

    @classmethod
    def of(cls, numbers: Sequence[int]) -> "Steps":
        """The steps between ascending numbers, in as few bytes each as the longest needs."""
        steps = [later - number for number, later in pairwise(numbers)]
        longest = max(steps, default=0)
        code = next(code for code, size in _SIZES.items() if longest < 256**size)
        packed = array(code, steps).tobytes()
        return cls(numbers[0], int.from_bytes(packed, "little"), len(packed), len(numbers))

    def unpacked(self) -> "array[int]":
        """The steps behind the first number."""
        size = self._length // max(1, self._count - 1)
        return array(next(code for code, bytes_ in _SIZES.items() if bytes_ >= size), self._bytes)

    def __getitem__(self, place: Any) -> Any:
        return tuple(self)[place]

    def __iter__(self) -> Iterator[int]:
        yield self.first
        yield from self.unpacked()


_SIZES = {code: array(code).itemsize for code in "BHI"}


class Places(_Packed, Sequence[bytes]):
    """The positions of a term in each document of a block."""

    @classmethod
    def of(cls, values: Sequence[bytes]) -> "Places":
        """The positions that are given for each document."""
        packed = zlib.compress(array("I", map(len, values)).tobytes() + b"".join(values), 3)
        return cls(int.from_bytes(packed, "little"), len(packed), len(values))

    def unpacked(self) -> tuple["array[int]", bytes]:
        """How many bytes each document's are, and all of them behind each other."""
        joined = zlib.decompress(self._bytes)
        return array("I", joined[: 4 * self._count]), joined[4 * self._count :]

    @cached_property
    def _values(self) -> list[bytes]:
        lengths, joined = self.unpacked()
        return [joined[start:end] for start, end in pairwise(accumulate(lengths, initial=0))]

    def __getitem__(self, place: Any) -> Any:
        return self._values[place]

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._values)


class _PostingsWriter(whoosh3.W3PostingsWriter):
    """Writes blocks so, which Whoosh reads as it reads its own."""

    def _mini_ids(self) -> Sequence[int]:
        steps = Steps.of(self._ids)
        return tuple(steps) if len(steps) < _FEW_POSTINGS else steps

    def _mini_weights(self) -> bytes:
        return bytes(map(int, self._weights))

    def _mini_values(self) -> Sequence[bytes]:
        return tuple(self._values) if len(self._values) < _FEW_POSTINGS else Places.of(self._values)


class PackedCodec(whoosh3.W3Codec):
    """Whoosh's own, but for how postings stand in their blocks."""

    def __init__(self) -> None:
        super().__init__(_POSTINGS_PER_BLOCK, 0)  # type: ignore[no-untyped-call]  # positions are compressed

    def postings_writer(self, dbfile: Any, byteids: bool = False) -> Any:
        """See Whoosh's."""
        writer: Any = _PostingsWriter
        return writer(dbfile, self._blocklimit, byteids, self._compression, self._inlinelimit)
