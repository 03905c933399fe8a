"""Values written on a command line, in the types that a notebook's parameters have."""

from __future__ import annotations

import ast

from ..problem import Problem

TYPES = {str: "text", bool: "true or false", int: "a whole number", float: "a number"}


def typed(name: str, value: object, defaults: dict[str, object]) -> object:
    """`value`, as written on a command line, in the type of the parameter's default.

    Raises Problem for a name that the notebook does not have and for a value that does not fit. "false" is False.
    """
    if name not in defaults:
        raise Problem(f"The notebook has no parameter {name!r}; it has {', '.join(defaults)}.")
    kind = type(defaults[name])
    if type(value) is kind:
        return value
    try:
        return _from_text(str(value), kind)
    except (ValueError, KeyError, SyntaxError):
        raise Problem(f"Parameter {name} is {value!r}; expected {TYPES.get(kind, kind.__name__)}.") from None


def _from_text(text: str, kind: type) -> object:
    if kind is bool:
        return {"true": True, "false": False}[text.lower()]
    if kind in (int, float):
        return kind(text)
    found = text if kind is str else ast.literal_eval(text)
    if not isinstance(found, kind):
        raise ValueError(text)
    return found
