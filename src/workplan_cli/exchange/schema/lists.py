"""The ids that a record has, in the places where a document refers to them.

This module alone knows which key of which model names what. An id that the file itself defines stays open: whoever writes a new
one there would be refused until the schema is made again.
"""

from collections.abc import Callable, Mapping
from typing import Any

from workplan_cli.exchange.schema.shape import Node, reference, with_words
from workplan_cli.model.document import Document
from workplan_cli.model.plan import Plan
from workplan_cli.model.record import Record
from workplan_cli.model.registers import REGISTERS
from workplan_cli.model.text import Text, in_language

Choices = Mapping[str, str]
"""Ids, each with what it stands for."""

LISTS: dict[str, Callable[[Record], Choices]] = {
    "guideline-id": lambda record: {one.id: said(one.text, record) for one in record.plan.guidelines.values()},
    "part-id": lambda record: {part.id: said(part.text, record) for one in record.plan.guidelines.values() for part in one.parts},
    "provision-id": lambda record: {**LISTS["guideline-id"](record), **LISTS["part-id"](record)},
    "treaty-id": lambda record: {id_: said(one.title, record) for id_, one in sorted(record.treaties.items())},
    "source-id": lambda record: {id_: one.title for id_, one in sorted(record.sources.items())},
    "round-id": lambda record: dict.fromkeys(record.plan.round_ids, ""),
    "indicator-id": lambda record: {id_: said(one.question, record) for id_, one in record.indicators.items()},
    "need-id": lambda record: {id_: said(label, record) for id_, label in record.plan.needs.items()},
}
"""The lists, by the name of their definition."""

_INDICATORS = ("Implementation", "Number", "Rate", "Date", "Choice", "Text", "Treaty")
_ANSWERS = ("Answer", "ReplyAnswer", "MandateAnswer")
_ENTRIES = tuple(document.entry.__name__ for document in REGISTERS)

REFERENCES: dict[str, tuple[tuple[str, str], ...]] = {
    "guideline-id": (
        *((f"{type_}Indicator", key) for type_ in _INDICATORS for key in ("guideline", "also")),
        *((owner, "covers") for owner in _ENTRIES),
    ),
    "part-id": tuple((f"{type_}Indicator", "part") for type_ in _INDICATORS),
    "provision-id": (("TreatyRegister", "part"),),
    "treaty-id": (("TreatyIndicator", "treaty"), ("Part", "treaties")),
    "source-id": (
        *((owner, "sources") for owner in ("Plan", "Version", "Group", "State", "Membership", "FocalInstitution")),
        *((owner, "sources") for owner in ("Ratification", *_ENTRIES)),
        ("Evidence", "source"),
    ),
    "round-id": (*((owner, "carried_from") for owner in _ANSWERS), ("Fixed", "round")),
    "indicator-id": (("Reading", "indicator"),),
    "need-id": tuple((owner, "needs") for owner in (*_ANSWERS, "Assistance")),
}
"""Which keys name what: by list, the models and their keys."""

KEYED: dict[tuple[str, str], Callable[[Record], Choices]] = {
    ("TreatyRegister", "states"): lambda record: {code: said(one.names, record) for code, one in sorted(record.states.items())},
    ("State", "groups"): lambda record: {id_: said(group.title, record) for id_, group in record.plan.groups.items()},
    ("SecretariatSubmission", "mandates"): lambda record: _mandates(record),
    ("SecretariatReview", "mandates"): lambda record: _mandates(record),
}
"""Mappings whose keys are ids of the record."""


def narrow(made: Node, document: type[Document], record: Record) -> None:
    """Put the record's own ids into a document's schema."""
    owners = {document.__name__: made, **made["definitions"]}
    for name, places in REFERENCES.items():
        here = [(owners[owner]["properties"], key) for owner, key in places if owner in owners]
        for properties, key in here:
            properties[key] = _replaced(properties[key], reference(name))
        if here:
            made["definitions"][name] = enumeration(LISTS[name](record))
    for (owner, key), choices in KEYED.items():
        if owner == document.__name__:
            made["properties"][key] = keyed(made["properties"][key], choices(record))
    if document is not Plan:
        text = made["definitions"].get("Text")
        if text is not None:
            (words,) = text.pop("patternProperties").values()
            text["properties"] = dict.fromkeys(record.plan.languages, words)


def enumeration(choices: Choices) -> Node:
    """One of some words, with what each stands for."""
    node: Node = {"type": "string", "enum": list(choices)}
    return node | ({"enumDescriptions": [shortened(words) for words in choices.values()]} if any(choices.values()) else {})


def keyed(mapping: Node, choices: Choices) -> Node:
    """A mapping that takes certain keys only, all of them with values of one kind."""
    value = next(iter(mapping.pop("patternProperties", {}).values()), None) or mapping["additionalProperties"]
    properties = {id_: value | {"description": words} if words else value for id_, words in choices.items()}
    return mapping | {"properties": properties, "additionalProperties": False}


def said(text: Text, record: Record) -> str:
    """A text in the plan's first language."""
    return in_language(text, record.plan.languages[0] if record.plan.languages else "en")[0]


def shortened(words: str) -> str:
    """Words cut to what fits beside a list."""
    return words if len(words) <= 120 else words[:119].rstrip() + "…"


def _mandates(record: Record) -> Choices:
    return {id_: said(mandate.text, record) for id_, mandate in record.plan.mandate_by_id.items()}


def _replaced(node: Node, by: Node) -> Node:
    """A schema with the free id in it, alone or in a list, replaced by one from a list."""
    words: dict[str, Any] = {key: node[key] for key in ("description", "default") if key in node}
    if node.get("type") == "array":
        return node | {"items": by}
    if isinstance(node["type"], list):
        return words | {"anyOf": [by, {"type": "null"}]}
    return with_words(by, **words)
