"""Which mutations count: those of rules, not those that every import would notice."""

import pytest

from tests.mutants.places import Places

SOURCE = """\
LIMIT = 30


@cache_for(seconds=60)
class Parcel:
    code: str = field(String(20))

    def fits(self, weight: int | None, *, é: int = 5) -> "int | None":
        room = "é", LIMIT * 2 - weight
        return room[1] if weight is not None else 0
"""


def at(text: str, *, within: str) -> tuple[int, int]:
    """Row and column of a text in the line that has `within`."""
    row, line = next((row, line) for row, line in enumerate(SOURCE.splitlines(), 1) if within in line)
    return row, line.index(within) + within.index(text)


@pytest.mark.parametrize(
    ("operator", "text", "within"),
    [
        ("NumberReplacer", "30", "LIMIT = 30"),
        ("NumberReplacer", "5", "é: int = 5"),
        ("NumberReplacer", "0", "else 0"),
        ("ReplaceBinaryOperator_Mul_FloorDiv", "*", "LIMIT * 2"),
        ("ReplaceBinaryOperator_Sub_Add", "-", "2 - weight"),
        ("ReplaceComparisonOperator_IsNot_Is", "is not", "is not None"),
    ],
)
def test_a_bound_a_sum_and_a_comparison_are_rules(operator: str, text: str, within: str) -> None:
    assert Places(SOURCE).has_rule(operator, *at(text, within=within))


@pytest.mark.parametrize(
    ("operator", "text", "within"),
    [
        ("NumberReplacer", "60", "seconds=60"),
        ("NumberReplacer", "20", "String(20)"),
        ("ReplaceBinaryOperator_BitOr_BitAnd", "|", "weight: int | None"),
        ("ReplaceBinaryOperator_BitOr_BitAnd", "|", '"int | None"'),
        ("ReplaceBinaryOperator_Mul_FloorDiv", "*", ", *, "),
        ("ReplaceBinaryOperator_Mul_Pow", "*", "LIMIT * 2"),
    ],
)
def test_a_column_an_annotation_and_a_decorator_are_none(operator: str, text: str, within: str) -> None:
    assert not Places(SOURCE).has_rule(operator, *at(text, within=within))
