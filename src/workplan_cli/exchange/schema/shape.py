"""A document's shape in the words that draft-07 and 2020-12 share.

This module alone knows pydantic's JSON Schema. What that leaves open, or says in the words of one draft, is mended here, so
that an editor and `workplan validate` find the same files wrong.
"""

import json
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, TypeAdapter

from workplan_cli.exchange.schema.fieldnotes import models, notes
from workplan_cli.model.document import Document
from workplan_cli.model.text import Text
from workplan_cli.model.time import Day, PartialDate

Node = dict[str, Any]

LARGEST = 1.7976931348623157e308
"""The largest number a file can hold: `.inf` is no number."""

_REFERENCE = "#/definitions/"
_SHARED = {"Text": Text, "PartialDate": PartialDate, "Day": Day}
"""What pydantic writes out in every place, and we once."""
_SAID = {
    "Text": "One text in one or more languages: {en: …, es: …}.",
    "PartialDate": "A date as far as it is known: 2014, 2014-03 or 2014-03-07.",
    "Day": "A whole day: 2014-03-07.",
}
_NO_DATE = "This is not a date. Write 2014-03-07, or 2014-03 or 2014 where only that is known."
_NO_DAY = "This is not a day. Write 2014-03-07."
_NAMED = ("properties", "patternProperties")
_LISTED = ("anyOf", "oneOf", "allOf")
_INNER = ("items", "additionalProperties", "propertyNames")


def shape(document: type[Document]) -> Node:
    """The shape of a document, without the keys that its path gives."""
    raw = document.model_json_schema(ref_template=_REFERENCE + "{model}")
    shared = {name: TypeAdapter[Any](meant).json_schema() for name, meant in _SHARED.items()}
    known = {_demands(one): name for name, one in shared.items()}
    defined = {name: _mended(one, known, models().get(name)) for name, one in (raw.pop("$defs", {}) | shared).items()}
    defined["Day"]["patternErrorMessage"] = _NO_DAY
    defined["PartialDate"]["anyOf"][0]["patternErrorMessage"] = _NO_DATE
    made = _mended(raw, known, document)
    for name in document.identity():
        del made["properties"][name]
    required = [name for name in made.pop("required", ()) if name not in document.identity()]
    made |= {"required": required} if required else {}
    # Editors show the innermost description of a place: so a definition has none, and each place that refers to it says it.
    said = {name: one.pop("description", "") for name, one in defined.items()} | _SAID
    for one in (made, *defined.values()):
        _tell(one, said)
    return made | {"definitions": {name: {"title": name} | defined[name] for name in sorted(_needed(made, defined))}}


def reference(name: str) -> Node:
    """A reference to a definition."""
    return {"$ref": _REFERENCE + name}


def with_words(node: Node, **words: Any) -> Node:
    """A schema with words beside it. A reference goes into `allOf`, because draft-07 hears nothing beside one."""
    added = {key: word for key, word in words.items() if word}
    return added | ({"allOf": [node]} if "$ref" in node and added else node)


def _mended(node: Node, known: Mapping[str, str], model: type[BaseModel] | None = None) -> Node:
    """A schema in common words; `known` are the definitions that take the place of what demands the same."""

    def mend(inner: Any) -> Any:
        if not isinstance(inner, dict):
            return inner
        name = known.get(_demands(inner))
        made = reference(name) if name else _mended(inner, known)
        plain = {key: value for key, value in made.items() if key not in ("title", "default")}
        return with_words(plain, default=inner.get("default"))

    made: Node = {}
    for key, value in node.items():
        if key in _NAMED:
            made[key] = {name: mend(inner) for name, inner in value.items()}
        elif key in _LISTED:
            made[key] = [mend(inner) for inner in value]
        elif key in _INNER:
            made[key] = mend(value)
        elif key != "discriminator":
            made[key] = value
    for name, note in (notes(model) if model else {}).items():
        made["properties"][name] = with_words(made["properties"][name], description=note)
    if "patternProperties" in made:
        made.setdefault("additionalProperties", False)
    if made.get("type") == "number":
        made["maximum"] = LARGEST
    return _one_type(made)


def _one_type(node: Node) -> Node:
    """`anyOf` a plain type and null as one schema with two types, about which editors have better messages."""
    options: list[Node] = node.get("anyOf", [])
    if options[1:] != [{"type": "null"}] or "type" not in options[0] or {"enum", "const"} & options[0].keys():
        return node
    others = {key: value for key, value in node.items() if key != "anyOf"}
    return options[0] | {"type": [options[0]["type"], "null"]} | others


def _tell(node: Node, said: Mapping[str, str]) -> None:
    """Put the words of definitions beside the references to them, wherever in a schema they are."""
    for key in _NAMED:
        for name, inner in node.get(key, {}).items():
            node[key][name] = _told(inner, said)
    for key in ("items", "additionalProperties"):
        if isinstance(node.get(key), dict):
            node[key] = _told(node[key], said)
    if "oneOf" in node:
        node["oneOf"] = [_told(inner, said) for inner in node["oneOf"]]


def _told(node: Node, said: Mapping[str, str]) -> Node:
    _tell(node, said)
    options = [node, *node.get("allOf", []), *node.get("anyOf", [])]
    names = [option["$ref"].removeprefix(_REFERENCE) for option in options if "$ref" in option]
    return node if "description" in node or not names else with_words(node, description=said[names[0]])


def _demands(node: Node) -> str:
    """What a schema demands, without what it is called."""
    return json.dumps({key: value for key, value in node.items() if key not in ("title", "default")}, sort_keys=True)


def _needed(made: Node, defined: Mapping[str, Node]) -> set[str]:
    """The definitions that are referred to, from one another too."""
    found: set[str] = set()
    waiting = [json.dumps(made)]
    while waiting:
        text = waiting.pop()
        named = {name for name in defined if f'"{_REFERENCE}{name}"' in text} - found
        found |= named
        waiting += [json.dumps(defined[name]) for name in named]
    return found
