"""QR codes of links (ISO/IEC 18004), error correction M, byte mode, as pictures of one bit a module.

A slip carries the link of its own order, so a pile needs as many codes as pages, and a general encoder takes
longer for one code (some 5 ms) than the rest of a slip takes. But a code is linear: the picture of a text is
the exclusive or of the pictures of its bytes, check bytes included. Those of bytes met before are remembered;
most links differ in a few letters only. Always the same mask is used; any reader reads any mask.
"""

from functools import cache, reduce
from itertools import chain
from operator import add, xor
from typing import NamedTuple

from labels.barcodes.reed_solomon import check_bytes, remainder
from labels.pdf.content_stream import bitmap

LONGEST = 250  # bytes of a link: beyond it the modules of a 22 mm code are too small for a telephone

_MASK = 0  # dark where row + column is even
_ALIGNMENT = ((), (18,), (22,), (26,), (30,), (34,), (22, 38), (24, 42), (26, 46), (28, 50), (30, 54))


class _Version(NamedTuple):
    """Check bytes of a block, number of shorter blocks and their data bytes, number of longer ones (+ 1)."""

    checks: int
    short: int
    data: int
    long: int = 0

    @property
    def blocks(self) -> list[int]:
        """The data bytes of each block."""
        return [self.data] * self.short + [self.data + 1] * self.long


_VERSIONS = (
    _Version(10, 1, 16),
    _Version(16, 1, 28),
    _Version(26, 1, 44),
    _Version(18, 2, 32),
    _Version(24, 2, 43),
    _Version(16, 4, 27),
    _Version(18, 4, 31),
    _Version(22, 2, 38, 2),
    _Version(22, 3, 36, 2),
    _Version(26, 4, 43, 1),
    _Version(30, 1, 50, 4),
)


def picture(link: str, x: float, y: float, side: float) -> bytes:
    """Operators that draw the QR code of `link`. In pt: its lower left corner and its side, without white.

    Raises `ValueError` for more than 251 bytes.
    """
    version, bits = encode(link)
    return bitmap(bits.to_bytes(_stride(version) * _side(version) // 8, "big"), _side(version), x, y, side)


def encode(link: str) -> tuple[int, int]:
    """The version (1 to 11), and the picture: rows from the top, each padded to whole bytes, dark is 1."""
    text = link.encode()
    version = next((v for v in range(1, len(_VERSIONS) + 1) if len(text) <= _capacity(v)), 0)
    if not version:
        raise ValueError(f"a QR code of at most version {len(_VERSIONS)} cannot hold {len(text)} bytes")
    codewords = _codewords(text, version)
    keys = map(add, range(0, 256 * len(codewords), 256), codewords)
    return version, reduce(xor, map(_pictures(version).__getitem__, keys), _frame(version))


def _side(version: int) -> int:
    return 17 + 4 * version


def _stride(version: int) -> int:
    """Bits of a row, padded to whole bytes."""
    return -(-_side(version) // 8) * 8


def _count_bits(version: int) -> int:
    return 8 if version < 10 else 16


@cache
def _capacity(version: int) -> int:
    """Bytes of text: all data bytes but the mode and the count."""
    return sum(_VERSIONS[version - 1].blocks) - (4 + _count_bits(version) + 7) // 8


def _codewords(text: bytes, version: int) -> bytes:
    """Mode 4 (bytes), count, text, four zero bits; then padding."""
    size = sum(_VERSIONS[version - 1].blocks)
    head = 4 << _count_bits(version) | len(text)
    body = (head << 8 * len(text) | int.from_bytes(text, "big")) << 4
    used = (4 + _count_bits(version) + 4) // 8 + len(text)
    return body.to_bytes(used, "big") + (b"\xec\x11" * size)[: size - used]


class _Pictures(dict[int, int]):
    """The picture of a byte at its place of the text, by 256 × place + byte, made when it is first met.

    Only those of single bits are drawn; the others are put together from them.
    """

    def __init__(self, version: int) -> None:
        super().__init__()
        self._version = version

    def __missing__(self, key: int) -> int:
        place, value = divmod(key, 256)
        bit = value & -value
        if bit == value:
            picture = _picture_of(self._version, place, value)
        else:
            picture = self[key - value + bit] ^ self[key - bit]
        self[key] = picture
        return picture


@cache
def _pictures(version: int) -> _Pictures:
    return _Pictures(version)


def _picture_of(version: int, place: int, value: int) -> int:
    """The picture of one data byte at this place of the text, with the check bytes that it alone gives."""
    shape = _VERSIONS[version - 1]
    block, start = 0, 0
    while place >= start + shape.blocks[block]:
        start += shape.blocks[block]
        block += 1
    after = shape.blocks[block] - 1 - (place - start)
    checks = check_bytes(bytes([value]) + bytes(after), shape.checks)
    data_order, check_order = _interleaved(version)
    bits = _scatter(version, data_order[place], value)
    for index, check in enumerate(checks):
        bits ^= _scatter(version, check_order[block * shape.checks + index], check)
    return bits


@cache
def _interleaved(version: int) -> tuple[list[int], list[int]]:
    """Where each data byte and each check byte goes: the first byte of every block, then the second..."""
    shape = _VERSIONS[version - 1]
    data = [(n, block) for block, size in enumerate(shape.blocks) for n in range(size)]
    in_order = {spot: place for place, spot in enumerate(sorted(data))}
    blocks = len(shape.blocks)
    checks = [len(data) + n * blocks + block for block in range(blocks) for n in range(shape.checks)]
    return [in_order[spot] for spot in data], checks


def _scatter(version: int, index: int, value: int) -> int:
    """The picture of the eight bits of one byte in the file's order."""
    order = _module_order(version)[8 * index : 8 * index + 8]
    return sum(module for bit, module in enumerate(order) if value >> (7 - bit) & 1)


@cache
def _module_order(version: int) -> list[int]:
    """The data modules, as one-bit pictures, in the order they are filled: pairs of columns from the right."""
    side, taken = _side(version), _function_modules(version)
    columns = [*range(side - 1, 6, -2), *range(5, 0, -2)]
    order = []
    for turn, right in enumerate(columns):
        rows = range(side - 1, -1, -1) if turn % 2 == 0 else range(side)
        order += [(row, column) for row in rows for column in (right, right - 1)]
    return [_module(version, row, column) for row, column in order if (row, column) not in taken]


def _module(version: int, row: int, column: int) -> int:
    stride = _stride(version)
    return 1 << (stride * _side(version) - 1 - row * stride - column)


@cache
def _frame(version: int) -> int:
    """Everything that no text changes: patterns, format, and the mask over the data modules."""
    side, taken = _side(version), _function_modules(version)
    masked = (
        (row, column)
        for row in range(side)
        for column in range(side)
        if (row, column) not in taken and (row + column) % 2 == _MASK
    )
    dark = (spot for spot, is_dark in taken.items() if is_dark)
    return sum(_module(version, row, column) for row, column in chain(dark, masked))


@cache
def _function_modules(version: int) -> dict[tuple[int, int], bool]:
    """Row and column of the modules that hold no data, and whether they are dark."""
    side = _side(version)
    modules: dict[tuple[int, int], bool] = {}
    for n in range(side):
        modules[6, n] = modules[n, 6] = n % 2 == 0
    for row, column in ((3, 3), (3, side - 4), (side - 4, 3)):
        _rings(modules, row, column, 4, side)
    spots = (6, *_ALIGNMENT[version - 1])
    corners = {(6, 6), (6, spots[-1]), (spots[-1], 6)}
    for row, column in ((row, column) for row in spots for column in spots):
        if (row, column) not in corners:
            _rings(modules, row, column, 2, side)
    _write_format(modules, side)
    if version >= 7:
        word = version << 12 | remainder(version << 12, 0x1F25, 12)
        for bit in range(18):
            low, high = bit // 3, side - 11 + bit % 3
            modules[low, high] = modules[high, low] = bool(word >> bit & 1)
    return modules


def _rings(modules: dict[tuple[int, int], bool], row: int, column: int, radius: int, side: int) -> None:
    """Squares in squares: of a finder pattern (radius 4 with its white border) or an alignment pattern (2)."""
    for y in range(max(0, row - radius), min(side, row + radius + 1)):
        for x in range(max(0, column - radius), min(side, column + radius + 1)):
            distance = max(abs(y - row), abs(x - column))
            modules[y, x] = distance not in ({2, 4} if radius == 4 else {1})


def _write_format(modules: dict[tuple[int, int], bool], side: int) -> None:
    """Level M is 0; the 15 bits stand twice, and beside them the one module that is always dark."""
    word = (_MASK << 10 | remainder(_MASK << 10, 0x537, 10)) ^ 0x5412
    for bit in range(15):
        is_dark = bool(word >> bit & 1)
        near = bit if bit < 6 else bit + 1 if bit < 8 else side - 15 + bit
        modules[near, 8] = is_dark
        far = side - 1 - bit if bit < 8 else 15 - bit if bit < 9 else 14 - bit
        modules[8, far] = is_dark
    modules[side - 8, 8] = True
