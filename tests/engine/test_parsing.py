"""Reading formulas: as Python reads them, and each mistake at its character."""

import pytest

from app.engine.expression import OPERATIONS
from app.engine.parsing import PROBLEMS, FormulaError, parse
from tests.engine.formulas import by_python, passes, read
from tests.filled import filled

VALUES = {"x": 1.7, "w": -0.6, "b": 0.4, "w_in": 2.3}

# Read as Python reads them.
ORDERS = [
    "x - w - b",
    "x / w / b",
    "x - w * b",
    "x * w - b",
    "-x ** 2",
    "(-x) ** 2",
    "x ** -2",
    "2 ** 3 ** 2",
    "-x * -w",
    "- - x",
    "+x - +w",
    "x * -w ** 2",
    "2 / x * w",
    "x - (w - b)",
    "((x))",
    "abs(-x) ** 2 / 3",
    "max(x, w) - min(x, -w)",
    "1.5e2 * x + .5 - 2.",
    "exp(-x ** 2 / 2)",
    "log(abs(w)) * sqrt(x)",
]


@pytest.mark.parametrize("text", ORDERS)
def test_a_formula_is_read_as_python_reads_it(text: str) -> None:
    names = {name: VALUES[name] for name in read(text).names}
    assert passes(text, names)[1].values[-1] == pytest.approx(by_python(text, VALUES), rel=1e-12)


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("x^2", "x**2"),
        ("−x × w", "-x*w"),
        ("x·w ÷ b", "x*w/b"),
        ("ln(x)", "log(x)"),
        ("\t x\u00a0+\n w ", "x+w"),
        ("w₁*x₁", "w_1*x_1"),
        ("ŷ - вес*η", "y - w*h"),
    ],
)
def test_mathematical_signs_and_letters_are_read_too(text: str, same: str) -> None:
    one, other = read(text), read(same)
    assert [(node.operation, node.inputs) for node in one.nodes] == [
        (node.operation, node.inputs) for node in other.nodes
    ]


def test_a_node_is_named_as_it_was_written() -> None:
    graph = read("( relu( x*w_in )*w_out - y ) ^2 + max(1, (x))")
    assert [node.label for node in graph.nodes if node.inputs] == [
        "x*w_in",
        "relu( x*w_in )",
        "relu( x*w_in )*w_out",
        "relu( x*w_in )*w_out - y",
        "( relu( x*w_in )*w_out - y ) ^2",
        "max(1, (x))",
        "( relu( x*w_in )*w_out - y ) ^2 + max(1, (x))",
    ]
    for node in graph.nodes:
        assert "( relu( x*w_in )*w_out - y ) ^2 + max(1, (x))"[node.start :].startswith(node.label)


def test_depth_counts_operations_inside_one_another() -> None:
    assert [node.depth for node in read("relu(x*w)*w + 1").nodes] == [0, 0, 1, 2, 3, 0, 4]
    assert [node.varies for node in read("2*3 + x").nodes] == [False, False, False, True, True]


# What cannot be read: the text, the place (counted from 0), and what is wrong there.
MALFORMED = [
    ("", 0, "empty"),
    ("   ", 3, "empty"),
    ("x +", 3, "operand"),
    ("* x", 0, "operand"),
    ("x + * w", 4, "operand"),
    ("x ** ** 2", 5, "operand"),
    ("x^", 2, "operand"),
    ("x -", 3, "operand"),
    ("-", 1, "operand"),
    ("/", 0, "operand"),
    ("()", 1, "operand"),
    ("x * ()", 5, "operand"),
    ("(x + )", 5, "operand"),
    ("relu()", 5, "operand"),
    ("max(, x)", 4, "comma"),
    ("max(x,)", 6, "operand"),
    ("max()", 4, "operand"),
    ("x*/w", 2, "operand"),
    ("2x", 1, "operator"),
    ("2 x", 2, "operator"),
    ("x y", 2, "operator"),
    ("x 2", 2, "operator"),
    ("1.2.3", 3, "operator"),
    ("(x)(w)", 3, "operator"),
    ("(x w)", 3, "operator"),
    ("2(x + 1)", 1, "operator"),
    ("relu(x w)", 7, "operator"),
    ("sin(x) cos(x)", 7, "operator"),
    ("1e", 1, "operator"),
    ("(x", 2, "unclosed"),
    ("((x + 1) * 2", 12, "unclosed"),
    ("relu(x", 6, "unclosed"),
    ("max(x, w", 8, "unclosed"),
    ("x)", 1, "unopened"),
    ("(x + 1)) * 2", 7, "unopened"),
    ("relu(x))", 7, "unopened"),
    ("0,5*x", 1, "comma"),
    ("(x, w)", 2, "comma"),
    (", x", 0, "comma"),
    ("foo(x)", 0, "function"),
    ("x(w + 1)", 0, "function"),
    ("2*Relu(x)", 2, "function"),
    ("sin x", 4, "brackets"),
    ("relu", 4, "brackets"),
    ("exp + 1", 4, "brackets"),
    ("exp**2", 3, "brackets"),
    ("relu(x, w)", 6, "one_value"),
    ("sqrt(0,5)", 6, "one_value"),
    ("max(x)", 5, "two_values"),
    ("max(x, w, b)", 8, "two_values"),
    ("min(x + 1)", 9, "two_values"),
    ("x $ 2", 2, "character"),
    ("x² + 1", 1, "character"),
    ("x = 2", 2, "character"),
    ("[x]", 0, "character"),
    ("x; import os", 1, "character"),
    ("__import__('os')", 0, "function"),
    ("x.real", 1, "character"),
    ("x # 2", 2, "character"),
    ("'x'", 0, "character"),
    ("x + \U0001f600", 4, "character"),
    ("1e999", 0, "number"),
    ("x + 9e400", 4, "number"),
    ("-" * 100 + "x", 100, "deep"),
    ("(" * 100 + "x", 100, "deep"),
    ("(x*x - 2)", 7, "large"),
]
FEW = 4


@pytest.mark.parametrize(("text", "at", "kind"), MALFORMED)
def test_what_cannot_be_read_is_said_at_its_character(text: str, at: int, kind: str) -> None:
    with pytest.raises(FormulaError) as caught:
        parse(text, most_nodes=2 if kind == "large" else 500, most_depth=100)
    assert (caught.value.at, caught.value.kind) == (at, kind)
    assert f"At character {at + 1}, " in str(caught.value)
    assert PROBLEMS[kind].split("{")[0] in str(caught.value)


def test_there_are_fifty_and_every_problem_is_among_them() -> None:
    assert len(MALFORMED) >= 50
    assert {kind for *_, kind in MALFORMED} == set(PROBLEMS)


def test_a_message_names_what_stands_there() -> None:
    with pytest.raises(FormulaError, match=r'At character 5, "foo": There is no such function.*"relu".*"cos"'):
        read("2 + foo(x)")
    with pytest.raises(FormulaError, match="At character 4, the end:"):
        read("x +")


@pytest.mark.parametrize("most", [1, 2, 5, 20])
def test_the_most_that_is_allowed_is_read_and_one_more_is_not(most: int) -> None:
    nested = "exp(" * (most - 1) + "x" + ")" * (most - 1)
    assert parse(nested, most_nodes=most, most_depth=most).nodes[-1].depth == most - 1
    with pytest.raises(FormulaError, match=f"too many parts: {most} is the most"):
        parse(f"exp({nested})", most_nodes=most, most_depth=most + 1)
    with pytest.raises(FormulaError, match=f"too deeply: {most} is the most"):
        parse(f"exp({nested})", most_nodes=most + 1, most_depth=most)
    chain = "+".join(f"x{index}" for index in range(most + 1))
    assert parse(chain, most_nodes=500, most_depth=most).nodes[-1].depth == most
    with pytest.raises(FormulaError, match="too deeply"):
        parse(f"{chain}+y", most_nodes=500, most_depth=most)


def test_every_function_of_the_table_can_be_written_by_its_name() -> None:
    for row in filled([row for row in OPERATIONS.values() if row.is_function]):
        assert read(f"{row.name}({', '.join('ab'[: row.inputs])})").nodes[-1].operation == row.name
