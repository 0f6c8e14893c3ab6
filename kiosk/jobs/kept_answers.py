"""Answers of jobs as text and back: dataclasses, named tuples, enums and times, each under the name of its class."""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import Enum
from importlib import import_module

_CLASS, _TIME = "!", "!time"


def as_text(answer: object) -> str:
    """JSON that read_answer() makes the same answer of."""
    return json.dumps(_pack(answer), ensure_ascii=False)


class UnreadableAnswer(Exception):
    """It was given by a version of the program whose answers looked otherwise."""


def read_answer(text: str) -> object:
    """The answer that as_text() was given. Raises UnreadableAnswer."""
    try:
        return _unpack(json.loads(text))
    except (ImportError, AttributeError, KeyError, TypeError, ValueError) as other:
        raise UnreadableAnswer from other


def _pack(value: object) -> object:
    names = [f.name for f in fields(value)] if is_dataclass(value) else getattr(value, "_fields", None)
    if names is not None:
        return {_CLASS: _name(value), **{name: _pack(getattr(value, name)) for name in names}}
    if isinstance(value, Enum):
        return {_CLASS: _name(value), "name": value.name}
    if isinstance(value, datetime):
        return {_TIME: value.isoformat()}
    if isinstance(value, Mapping):
        return {str(name): _pack(item) for name, item in value.items()}
    if isinstance(value, tuple | list):
        return [_pack(item) for item in value]
    assert value is None or isinstance(value, str | int | float), type(value)
    return value


def _unpack(value: object) -> object:
    if isinstance(value, list):
        return tuple(_unpack(item) for item in value)
    if not isinstance(value, dict):
        return value
    if _TIME in value:
        return datetime.fromisoformat(value[_TIME])
    if _CLASS not in value:
        return {name: _unpack(item) for name, item in value.items()}
    found = _class(value.pop(_CLASS))
    if issubclass(found, Enum):
        return found[value["name"]]
    return found(**{name: _unpack(item) for name, item in value.items()})


def _name(value: object) -> str:
    return f"{type(value).__module__}:{type(value).__qualname__}"


def _class(name: str) -> type:
    module, _, qualname = name.partition(":")
    assert module.startswith("kiosk."), name  # what is read here was sealed by us; still nothing else is ever built
    found = getattr(import_module(module), qualname)
    assert isinstance(found, type)
    return found
