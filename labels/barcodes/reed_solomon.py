"""The check bytes of QR codes: arithmetic over GF(2) and GF(256) (ISO/IEC 18004, 7.5)."""

from functools import cache


def remainder(word: int, generator: int, degree: int) -> int:
    """The remainder of a polynomial over GF(2)."""
    while word.bit_length() > degree:
        word ^= generator << (word.bit_length() - degree - 1)
    return word


def _multiply(a: int, b: int) -> int:
    """The product of two bytes in GF(256) modulo x^8 + x^4 + x^3 + x^2 + 1."""
    product = 0
    for bit in range(8):
        if b >> bit & 1:
            product ^= a << bit
    return remainder(product, 0x11D, 8)


@cache
def _generator(degree: int) -> bytes:
    """The Reed-Solomon generator without its leading 1: the product of (x - 2^i)."""
    polynomial = [1]
    root = 1
    for _ in range(degree):
        shifted = [*polynomial, 0]
        scaled = [0, *(_multiply(root, value) for value in polynomial)]
        polynomial = [a ^ b for a, b in zip(shifted, scaled, strict=True)]
        root = _multiply(root, 2)
    return bytes(polynomial[1:])


def check_bytes(data: bytes, count: int) -> bytes:
    """The Reed-Solomon remainder of a block."""
    products = _products(count)
    rest = bytes(count)
    for value in data:
        row = products[value ^ rest[0]]
        rest = bytes(a ^ b for a, b in zip(rest[1:] + b"\0", row, strict=True))
    return rest


@cache
def _products(count: int) -> list[bytes]:
    """The generator times every byte."""
    generator = _generator(count)
    return [bytes(_multiply(value, factor) for factor in generator) for value in range(256)]
