"""Where in a module a mutation says something about a rule.

A column's length, an annotation and a decorator are no rules: a change there either breaks the import, which every
test notices, or cannot be seen on SQLite. Both would falsify the figure.
"""

import ast
from collections.abc import Iterator

OPERATORS = (
    *("AddNot", "ReplaceAndWithOr", "ReplaceOrWithAnd", "ReplaceTrueWithFalse", "ReplaceFalseWithTrue"),
    *("ReplaceBreakWithContinue", "ReplaceContinueWithBreak", "ZeroIterationForLoop", "NumberReplacer"),
    *("ReplaceUnaryOperator_USub_UAdd", "ReplaceUnaryOperator_Delete_Not", "ReplaceUnaryOperator_Delete_Invert"),
    *("ReplaceComparisonOperator_Eq_NotEq", "ReplaceComparisonOperator_NotEq_Eq"),
    *("ReplaceComparisonOperator_Is_IsNot", "ReplaceComparisonOperator_IsNot_Is"),
    *("ReplaceComparisonOperator_Lt_LtE", "ReplaceComparisonOperator_Lt_GtE"),
    *("ReplaceComparisonOperator_LtE_Lt", "ReplaceComparisonOperator_LtE_Gt"),
    *("ReplaceComparisonOperator_Gt_GtE", "ReplaceComparisonOperator_Gt_LtE"),
    *("ReplaceComparisonOperator_GtE_Gt", "ReplaceComparisonOperator_GtE_Lt"),
    *("ReplaceBinaryOperator_Add_Sub", "ReplaceBinaryOperator_Sub_Add"),
    *("ReplaceBinaryOperator_Mul_FloorDiv", "ReplaceBinaryOperator_FloorDiv_Mul", "ReplaceBinaryOperator_Div_Mul"),
    *("ReplaceBinaryOperator_BitOr_BitAnd", "ReplaceBinaryOperator_BitAnd_BitOr"),
)
"""Those of cosmic-ray that turn a rule round, or move its bound by one."""

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


class Places:
    """The places of one module."""

    def __init__(self, source: str) -> None:
        self._lines = source.splitlines()
        tree = ast.parse(source)
        self._no_rules = [self._span(node) for node in _no_rules(tree)]
        self._operators = [
            (self._span(node.left)[1], self._span(node.right)[0])
            for node in ast.walk(tree)
            if isinstance(node, ast.BinOp)
        ]

    def has_rule(self, operator: str, row: int, column: int) -> bool:
        """Whether this operator of cosmic-ray, at this row (from 1) and column (from 0), changes a rule.

        A `*` before named arguments is for cosmic-ray a multiplication too: it is none.
        """
        at = row, column
        if operator.startswith("ReplaceBinaryOperator") and not any(
            first <= at < end for first, end in self._operators
        ):
            return False
        return operator in OPERATORS and not any(first <= at < end for first, end in self._no_rules)

    def _span(self, node: ast.AST) -> tuple[tuple[int, int], tuple[int, int]]:
        """Start and end of a node, in letters; `ast` counts bytes."""
        ends = ((node.lineno, node.col_offset), (node.end_lineno, node.end_col_offset))  # type: ignore[attr-defined]
        start, end = ((row, len(self._lines[row - 1].encode()[:column].decode())) for row, column in ends)
        return start, end


def _no_rules(tree: ast.Module) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        if isinstance(node, (*_FUNCTIONS, ast.ClassDef)):
            yield from node.decorator_list
        if isinstance(node, ast.ClassDef):
            yield from (each for each in node.body if not isinstance(each, (*_FUNCTIONS, ast.ClassDef)))
        noted = node.returns if isinstance(node, _FUNCTIONS) else getattr(node, "annotation", None)
        if noted is not None:
            yield noted
