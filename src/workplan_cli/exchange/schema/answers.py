"""Answers as each indicator asks for them: its question as a hover text, and the keys and words that fit its type.

This module alone knows what an editor offers under `answers:`.
"""

from typing import Any

from workplan_cli.exchange.schema.lists import enumeration, said
from workplan_cli.exchange.schema.shape import Node, reference
from workplan_cli.model.document import Document
from workplan_cli.model.indicator import ChoiceIndicator, Indicator, NumberIndicator, RateIndicator, TreatyIndicator
from workplan_cli.model.record import Record
from workplan_cli.model.submission import AnswerSheet

GIVEN = {
    "implementation": "result",
    "number": "values",
    "rate": "values",
    "date": "date",
    "choice": "choice",
    "text": "text",
}
"""The key that an answer to each type of indicator is given under; a treaty is never asked about."""


def narrow(made: Node, document: type[Document], record: Record) -> None:
    """Put the record's indicators into the schema of a sheet of answers."""
    if not issubclass(document, AnswerSheet):
        return
    definitions = made["definitions"]
    answer = definitions.pop("ReplyAnswer", None) or definitions.pop("Answer")
    value = definitions.pop("Value")
    properties = {}
    for indicator in record.indicators.values():
        if not isinstance(indicator, TreatyIndicator):
            name = _name(indicator)
            definitions.setdefault(f"answer-{name}", _answer(answer, indicator))
            if isinstance(indicator, NumberIndicator | RateIndicator):
                definitions.setdefault(f"value-{name}", _value(value, indicator))
            demands = [reference(f"answer-{name}"), *_options(indicator, record)]
            properties[indicator.id] = _words(indicator, record) | {"allOf": demands}
    made["properties"]["answers"] |= {"properties": properties, "additionalProperties": False}
    made["definitions"] = dict(sorted(definitions.items()))


def _name(indicator: Indicator) -> str:
    """What answers of the same form share: the type, and the dimensions of figures."""
    return "-".join([indicator.type, *(indicator.by if isinstance(indicator, NumberIndicator | RateIndicator) else ())])


def _answer(answer: Node, indicator: Indicator) -> Node:
    """An answer without the keys of the other types."""
    others = set(GIVEN.values()) - {GIVEN[indicator.type]}
    properties = {key: node for key, node in answer["properties"].items() if key not in others}
    if GIVEN[indicator.type] == "values":
        properties["values"] = properties["values"] | {"items": reference(f"value-{_name(indicator)}")}
    return answer | {"properties": properties}


def _value(value: Node, indicator: NumberIndicator | RateIndicator) -> Node:
    """A figure with the dimensions the indicator asks for."""
    figures = ["part", "whole"] if isinstance(indicator, RateIndicator) else ["value"]
    fields = value["properties"]
    dimensions: dict[str, Any] = {name: fields.get(name, value["additionalProperties"]) for name in indicator.by}
    properties = dimensions | {name: fields[name] for name in (*figures, "evidence")}
    required = [*(["year"] if "year" in indicator.by else []), *figures]
    return value | {"properties": properties, "required": required, "additionalProperties": False}


def _options(indicator: Indicator, record: Record) -> list[Node]:
    if not isinstance(indicator, ChoiceIndicator):
        return []
    options = enumeration({id_: said(label, record) for id_, label in indicator.options.items()})
    return [{"properties": {"choice": {"items": options} | ({} if indicator.many else {"maxItems": 1})}}]


def _words(indicator: Indicator, record: Record) -> Node:
    """The question, and for editors that show more: the question in every language, the guidance, the guideline's own words."""
    guideline = record.plan.guidelines.get(indicator.guideline)
    paragraphs = [
        f"**{said(indicator.question, record)}**",
        *(f"{language}: {words}" for language, words in list(indicator.question.items())[1:]),
        said(indicator.guidance, record),
        f"> {guideline.id}: {said(guideline.text, record)}" if guideline else "",
    ]
    hover = "\n\n".join(paragraph for paragraph in paragraphs if paragraph)
    return {"description": said(indicator.question, record), "markdownDescription": hover}
