"""Finds assertions that can hardly fail: in Python by the syntax tree, in JavaScript by the text.

`problems_of_python` and `problems_of_javascript` return sentences; tests/test_tests.py asserts that there are none.
An assertion in a loop, or in `all(…)`, holds if there is nothing to go through. So either what is gone through is
surely not empty (a literal, a constant table, `filled(…)`), or the same function asserts something about it.
One under an `if` may never be met: a test, and a loop in it, asserts something whichever way it goes.
"""

import ast
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

Function = ast.FunctionDef | ast.AsyncFunctionDef
Found = tuple[int, str]

COMPARING = ("assert_allclose", "assert_array_equal", "assert_equal", "assert_array_almost_equal")
# What these return is empty only if (one of) their arguments is.
AS_FILLED_AS_THEIR_ARGUMENT = (
    "pairwise",
    "sorted",
    "list",
    "set",
    "tuple",
    "enumerate",
    "reversed",
    "dict",
    "frozenset",
)
AS_FILLED_AS_ALL_ARGUMENTS = ("zip", "product", "chain")
AS_FILLED_AS_THEIR_OBJECT = ("items", "values", "keys", "tolist", "ravel", "all")
LOOSEST = 0.3  # a relative tolerance beyond this lets nearly everything pass


def problems_of_python(source: str) -> list[str]:
    """Return what is wrong with the assertions of a file, each with its line."""
    tree = ast.parse(source)
    found = [*identical(tree), *always_true(tree), *loose(tree)]
    functions = [node for node in ast.walk(tree) if isinstance(node, Function)]
    # `f()` gives nothing on purpose, for the function and those in it.
    counts = {one.args.vararg.arg for one in functions if one.args.vararg}
    for function in functions:
        found += over_nothing(function, counts)
        found += only_if(function)
    return [f"{line}: {text}" for line, text in sorted(set(found))]


def identical(tree: ast.AST) -> Iterator[Found]:
    for node in ast.walk(tree):
        sides: list[ast.expr] = []
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
        elif isinstance(node, ast.Call) and name_of(node.func) in COMPARING:
            sides = node.args[:2]
        if any(ast.dump(bare(one)) == ast.dump(bare(other)) for one, other in pairwise(sides)):
            yield node.lineno, "a thing is compared with itself"


def bare(node: ast.expr) -> ast.expr:
    """Return what `approx(…)` is about."""
    return node.args[0] if isinstance(node, ast.Call) and name_of(node.func) == "approx" else node


def always_true(tree: ast.AST) -> Iterator[Found]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare) and re.fullmatch(
            r"(len\(.*\)|.*\.count\(.*\)) >= 0|0 <= (len\(.*\)|.*\.count\(.*\))", ast.unparse(node)
        ):
            yield node.lineno, "a count is never negative"
        if isinstance(node, ast.Assert) and isinstance(node.test, ast.Tuple | ast.Constant | ast.GeneratorExp):
            yield node.lineno, "this is true whatever it holds"


def loose(tree: ast.AST) -> Iterator[Found]:
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg in ("rel", "rtol") and isinstance(node.value, ast.Constant):
            tolerance = node.value.value
            if tolerance > LOOSEST:
                yield node.value.lineno, f"a tolerance of {tolerance:g} lets nearly everything pass"


def over_nothing(function: Function, counts: set[str]) -> Iterator[Found]:
    """Yield the assertions about each of what may be empty, except for the names in `counts`."""
    known = Known(function, counts)
    for node in own_nodes(function):
        gone_through: list[ast.expr] = []
        if isinstance(node, ast.For) and asserts(node.body):
            gone_through = [node.iter]
        elif isinstance(node, ast.Assert):
            gone_through = list(holding_of_nothing(node.test))
        for one in gone_through:
            if not known.is_filled(one):
                yield node.lineno, f"this holds if there is nothing in {ast.unparse(one)}: use filled(…)"


def holding_of_nothing(test: ast.expr) -> Iterator[ast.expr]:
    """Yield what `all(… for … in here)`, `not any(… for … in here)` and `not [… for … in here]` go through."""
    if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And):
        for value in test.values:
            yield from holding_of_nothing(value)
    inner, names = test, ("all",)
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        inner, names = test.operand, ("any",)
        if isinstance(inner, ast.ListComp | ast.SetComp | ast.DictComp):
            yield inner.generators[0].iter
    if isinstance(inner, ast.Call) and name_of(inner.func) in names:
        for argument in inner.args:
            if isinstance(argument, ast.GeneratorExp | ast.ListComp):
                yield argument.generators[0].iter


def only_if(function: Function) -> Iterator[Found]:
    """Yield a test, and the loops in one, whose assertions may all be left out: each hangs on an `if`.

    A loop may count for itself: something it changes is asserted after it.
    """
    if not function.name.startswith("test"):
        return
    for node in own_nodes(function):
        if isinstance(node, ast.For) and asserts(node.body) and not surely_asserts(node.body):
            after = [
                ast.unparse(one.test)
                for one in own_nodes(function)
                if isinstance(one, ast.Assert) and one.lineno > (node.end_lineno or 0)
            ]
            if not any(re.search(rf"\b{name}\b", text) for name in changed_in(node.body) for text in after):
                yield node.lineno, "nothing is asserted here unless an `if` holds: go through filled(… if …)"
    if asserts(function.body) and not surely_asserts(function.body):
        yield function.lineno, "nothing is asserted in this test unless an `if` holds"


def surely_asserts(body: Sequence[ast.stmt]) -> bool:
    """Tell whether something is asserted whichever way these statements go."""
    for one in body:
        match one:
            case ast.If(body=then, orelse=other):
                fails = any(isinstance(node, ast.Call) and name_of(node.func) == "fail" for node in ast.walk(one))
                found = fails or (surely_asserts(then) and surely_asserts(other))
            case ast.For(body=inner) | ast.With(body=inner) | ast.Try(body=inner):
                own = [ast.Expr(item.context_expr) for item in one.items] if isinstance(one, ast.With) else []
                found = surely_asserts(inner) or asserts(own)
            case ast.Match(cases=cases):
                found = all(surely_asserts(case.body) for case in cases)
            case _:
                found = asserts([one])
        if found:
            return True
    return False


def changed_in(body: Sequence[ast.stmt]) -> set[str]:
    """Return the names that these statements assign or change by a method."""
    nodes = [node for statement in body for node in ast.walk(statement)]
    assigned = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    owners = [
        node.func.value for node in nodes if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    ]
    return assigned | {owner.id for owner in owners if isinstance(owner, ast.Name)}


class Known:
    """What is surely not empty in one function: what it is given, makes, or asserts something about."""

    def __init__(self, function: Function, counts: set[str]) -> None:
        # A test is given fixtures and parameters; other functions may be given anything.
        is_test = function.name.startswith("test")
        self._given = counts | ({one.arg for one in function.args.args} if is_test else set())
        self._made: dict[str, list[ast.expr]] = {}
        self._asserted: set[str] = set()
        for node in own_nodes(function):
            self._learn(node)

    def _learn(self, node: ast.AST) -> None:
        if isinstance(node, ast.Assign):
            for target in node.targets:
                self._learn_assignment(target, node.value)
        if isinstance(node, ast.Assert) and not list(holding_of_nothing(node.test)):
            self._asserted |= {ast.unparse(one) for one in ast.walk(node.test) if isinstance(one, ast.expr)}
        if isinstance(node, ast.Call) and name_of(node.func) == "expect" and node.args:
            self._asserted.add(ast.unparse(node.args[0]))

    def _learn_assignment(self, target: ast.expr, value: ast.expr) -> None:
        if isinstance(target, ast.Name):
            self._made.setdefault(target.id, []).append(value)
        elif isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
            for one, other in zip(target.elts, value.elts, strict=False):
                self._learn_assignment(one, other)

    def is_filled(self, node: ast.expr) -> bool:
        if ast.unparse(node) in self._asserted:
            return True
        look = {
            ast.Tuple: self._is_literal_filled,
            ast.List: self._is_literal_filled,
            ast.Set: self._is_literal_filled,
            ast.Dict: lambda one: bool(one.keys),
            ast.Constant: lambda one: bool(one.value),
            ast.Name: lambda one: one.id.isupper() or one.id in self._given or self._is_made_filled(one.id),
            ast.Attribute: lambda one: one.attr.isupper(),
            ast.Subscript: lambda one: (
                self.is_filled(one.value) and (isinstance(one.slice, ast.Slice) or ast.unparse(one.value).isupper())
            ),
            ast.BinOp: lambda one: self.is_filled(one.left) or self.is_filled(one.right),
            ast.IfExp: lambda one: self.is_filled(one.body) and self.is_filled(one.orelse),
            ast.ListComp: self._is_comprehension_filled,
            ast.SetComp: self._is_comprehension_filled,
            ast.DictComp: self._is_comprehension_filled,
            ast.GeneratorExp: self._is_comprehension_filled,
            ast.Call: self._is_result_filled,
        }.get(type(node))
        return bool(look and look(node))

    def _is_literal_filled(self, node: ast.Tuple | ast.List | ast.Set) -> bool:
        return any(self.is_filled(one.value) if isinstance(one, ast.Starred) else True for one in node.elts)

    def _is_comprehension_filled(self, node: ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp) -> bool:
        return all(self.is_filled(one.iter) and not one.ifs for one in node.generators)

    def _is_made_filled(self, name: str) -> bool:
        ways = self._made.get(name, [])
        return bool(ways) and all(self.is_filled(way) for way in ways if not mentions(way, name))

    def _is_result_filled(self, node: ast.Call) -> bool:
        name = name_of(node.func)
        if name == "range":
            return isinstance(node.args[-1 if len(node.args) < 3 else 1], ast.Constant)
        if name in AS_FILLED_AS_THEIR_ARGUMENT:
            return bool(node.args) and self.is_filled(node.args[0])
        if name in AS_FILLED_AS_ALL_ARGUMENTS:
            return (any if name in ("zip", "chain") else all)(self.is_filled(one) for one in node.args)
        if name in AS_FILLED_AS_THEIR_OBJECT and isinstance(node.func, ast.Attribute):
            return self.is_filled(node.func.value)
        return name == "filled"


def mentions(node: ast.AST, name: str) -> bool:
    return any(isinstance(one, ast.Name) and one.id == name for one in ast.walk(node))


def asserts(body: Sequence[ast.stmt]) -> bool:
    """Tell whether something is asserted in these statements, or expected of a page."""
    nodes = [node for statement in body for node in ast.walk(statement)]
    called = {ast.unparse(node.func) for node in nodes if isinstance(node, ast.Call)}
    by_name = any(one in ("expect", "pytest.fail") or one.split(".")[-1].startswith("assert_") for one in called)
    return by_name or any(isinstance(node, ast.Assert) for node in nodes)


def name_of(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def own_nodes(function: ast.AST) -> Iterator[ast.AST]:
    """Walk through a function, but not through functions in it."""
    for child in ast.iter_child_nodes(function):
        yield child
        if not isinstance(child, Function | ast.Lambda):
            yield from own_nodes(child)


# JavaScript

ITSELF = re.compile(r"assert\.(?:equal|deepEqual|close)\((?P<one>[\w.\[\]()]+), (?P=one)[,)]")
NEVER_NEGATIVE = re.compile(r"\.(?:length|size) >= 0\b")
LOOP = re.compile(r"^(?P<indent> *)for \((?:const|let) .+? of (?P<over>.+)$")
SURELY_FILLED = re.compile(
    r"filled\(|\[.|/\*\* @type|[A-Z_]{2,}\b|Object\.(?:entries|keys|values)\([A-Z_]{2,}\)"
    r"|\w+\.slice\(\w+ \+ 1\)$"  # pairs: the loop around it goes through the same
)


def problems_of_javascript(source: str) -> list[str]:
    """Return what is wrong with the assertions of a file as prettier writes it, each with its line."""
    lines = source.splitlines()
    found = []
    for at, line in enumerate(lines):
        if ITSELF.search(line) and "NaN" not in line:
            found.append(f"{at + 1}: a thing is compared with itself")
        if NEVER_NEGATIVE.search(line):
            found.append(f"{at + 1}: a count is never negative")
        over = gone_through(line)
        if over and "assert." in body_of(lines, at) and not is_filled(over, source):
            found.append(f"{at + 1}: this holds if there is nothing in {over}: use filled(…)")
    return found


def gone_through(line: str) -> str:
    """Return what the loop that begins in this line goes through; "" if none does."""
    loop = LOOP.match(line)
    text = loop["over"] if loop else ""
    depth = 0
    for at, sign in enumerate(text):
        depth += (sign in "([{") - (sign in ")]}")
        if depth < 0:
            return text[:at]
    return text


def is_filled(over: str, source: str) -> bool:
    """Tell whether this is a literal, a constant table, or a name that `source` gives to such a thing."""
    if SURELY_FILLED.match(over) or f"assert.equal({over}.length, " in source:
        return True
    is_name = re.fullmatch(r"\w+", over)
    return bool(is_name and re.search(rf"(?:const|let) {over} = (?:filled\(|/\*\* @type.*\[|\[.)", source))


def body_of(lines: list[str], at: int) -> str:
    """Return a loop's lines: its head and those after it that are indented further."""
    body = [lines[at]]
    for line in lines[at + 1 :]:
        if line.strip() and indent(line) <= indent(lines[at]):
            break
        body.append(line)
    return "\n".join(body)


def indent(line: str) -> int:
    return len(line) - len(line.lstrip())
