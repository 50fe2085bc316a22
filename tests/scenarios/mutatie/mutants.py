"""The mutants of a SQL text, made from its parse tree.

Belongs here: what can be bent in a tree. Not here: running them.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import sqlglot
from sqlglot import exp

_MACRO = re.compile(r"(create or replace macro \w+\(.*?\) as)\s(.*)$", re.DOTALL)
_LONGEST = 90

Change = Callable[[exp.Expr], exp.Expr | None]
"""From a node to what replaces it; None takes it out."""


@dataclass(frozen=True)
class Mutant:
    """One bent text of `model`; `rule` says what was bent, and is its name in gelijkwaardig.csv."""

    model: str
    rule: str
    sql: str


def model_mutants(model: str, sql: str) -> Iterator[Mutant]:
    """The mutants of a select."""
    tree = sqlglot.parse_one(sql, read="duckdb")
    yield from (Mutant(model, rule, text) for rule, text in _bent(tree))


def macro_mutants(name: str, statement: str) -> Iterator[Mutant]:
    """The mutants of the body of a macro."""
    match = _MACRO.match(re.sub(r"--.*", "", statement).strip())
    if match is None:
        raise ValueError(f"{name} is not written as a macro")
    tree = sqlglot.parse_one(f"select {match[2]}", read="duckdb")
    for rule, text in _bent(tree):
        yield Mutant(f"macros.{name}", rule, f"{match[1]} {text.removeprefix('SELECT ')}")


def unchanged(sql: str) -> str:
    """The text as it comes back from the tree: what a mutant differs from."""
    return sqlglot.parse_one(sql, read="duckdb").sql("duckdb", comments=False)


def _bent(tree: exp.Expr) -> Iterator[tuple[str, str]]:
    original = tree.sql("duckdb", comments=False)
    seen: set[str] = {original}
    names: Counter[str] = Counter()
    for place, node in enumerate(tree.walk()):
        for what, change in _changes(node):
            text = _with(tree, place, change)
            if text in seen:
                continue
            seen.add(text)
            rule = f"{what}: {_short(node)}"
            names[rule] += 1
            yield (rule if names[rule] == 1 else f"{rule} ({names[rule]})"), text


def _with(tree: exp.Expr, place: int, change: Change) -> str:
    copy = tree.copy()
    node = next(node for number, node in enumerate(copy.walk()) if number == place)
    new = change(node)
    if new is None:
        node.pop()
    elif new is not node:
        node.replace(new)
    return copy.sql("duckdb", comments=False)


def _short(node: exp.Expr) -> str:
    text = node.sql("duckdb", comments=False)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}..."


_SWAPPED: dict[type[exp.Expr], type[exp.Expr]] = {
    exp.LT: exp.LTE,
    exp.LTE: exp.LT,
    exp.GT: exp.GTE,
    exp.GTE: exp.GT,
    exp.EQ: exp.NEQ,
    exp.NEQ: exp.EQ,
    exp.NullSafeNEQ: exp.NEQ,
    exp.NullSafeEQ: exp.EQ,
    exp.Add: exp.Sub,
    exp.Sub: exp.Add,
    exp.Min: exp.Max,
    exp.Max: exp.Min,
    exp.ArgMax: exp.ArgMin,
    exp.ArgMin: exp.ArgMax,
}


def _changes(node: exp.Expr) -> Iterator[tuple[str, Change]]:  # noqa: C901 - one branch for a kind of node
    swapped = _SWAPPED.get(type(node))
    if swapped is not None:
        yield "verwisseld", partial(_as, swapped)
    match node:
        case exp.And() | exp.Or():
            other = exp.Or if isinstance(node, exp.And) else exp.And
            yield "en of", partial(_as, other)
            yield "zonder rechts", lambda old: old.this
            yield "zonder links", lambda old: old.expression
        case exp.Not():
            yield "zonder niet", lambda old: old.this
        case exp.Is() if not isinstance(node.parent, exp.Not):
            yield "ontkend", lambda old: exp.Not(this=old.copy())
        case exp.Where() | exp.Having():
            yield "zonder voorwaarde", lambda _: None
        case exp.Filter() | exp.Nullif() | exp.Abs():
            yield "weggelaten", lambda old: old.this
        case exp.Distinct() if isinstance(node.parent, exp.Select):
            yield "dubbele blijven", lambda _: None
        case exp.Coalesce():
            yield "zonder vervanging", lambda old: old.this
        case exp.Greatest() | exp.Least():
            kind = exp.Least if isinstance(node, exp.Greatest) else exp.Greatest
            yield "verwisseld", partial(_as, kind)
        case exp.Ordered():
            yield "andersom", lambda old: _set(old, desc=not old.args.get("desc"))
        case exp.Order() if len(node.expressions) > 1:
            yield "laatste sleutel weg", lambda old: _set(old, expressions=old.expressions[:-1])
        case exp.Between():
            yield "geen bovengrens", lambda old: exp.GTE(this=old.this, expression=old.args["low"])
            yield "geen ondergrens", lambda old: exp.LTE(this=old.this, expression=old.args["high"])
        case exp.Case():
            if node.args.get("default") is not None:
                yield "geen anders", lambda old: _set(old, default=None)
            for number in range(len(node.args["ifs"]) if len(node.args["ifs"]) > 1 else 0):
                yield f"geen geval {number + 1}", partial(_without_case, number)
        case exp.Join() if node.args.get("on") is not None:
            left = node.args.get("side") == "LEFT"
            yield (
                ("strenger" if left else "ruimer"),
                partial(_other_join, left),
            )
        case exp.Union():
            yield "dubbele", lambda old: _set(old, distinct=not old.args.get("distinct"))
        case exp.Window() if node.args.get("partition_by"):
            yield "niet per groep", lambda old: _set(old, partition_by=None)
        case exp.Literal() if not node.is_string and node.is_int and not _means_nothing(node):
            yield "een meer", lambda old: exp.Literal.number(int(old.this) + 1)
        case exp.Boolean():
            yield "omgekeerd", lambda old: exp.Boolean(this=not old.this)
        case _:
            pass


def _means_nothing(literal: exp.Expr) -> bool:
    """A number in a type, or what a subquery selects of which only the existence is asked."""
    parent = literal.parent
    exists = (
        isinstance(parent, exp.Select) and isinstance(parent.parent, exp.Exists) and literal.arg_key == "expressions"
    )
    return exists or isinstance(parent, exp.DataTypeParam)


def _set(node: exp.Expr, **arguments: object) -> exp.Expr:
    for key, value in arguments.items():
        node.set(key, value)
    return node


def _as(kind: type[exp.Expr], node: exp.Expr) -> exp.Expr:
    return kind(**node.args)


def _other_join(was_left: bool, node: exp.Expr) -> exp.Expr:
    return _set(node, side=None if was_left else "LEFT", kind="INNER" if was_left else None)


def _without_case(number: int, node: exp.Expr) -> exp.Expr:
    return _set(node, ifs=[branch for place, branch in enumerate(node.args["ifs"]) if place != number])
