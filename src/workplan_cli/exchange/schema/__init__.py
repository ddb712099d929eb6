"""The record's shapes as JSON Schema, for editors and for other people's programs.

The models are the one source: `shape` says what pydantic knows of a document in the words that draft-07 and 2020-12 share,
`fieldnotes` adds the models' own comments, `lists` and `answers` narrow it to what one record really holds. This package alone
knows the files in `schema/`.
"""

import json
import re
from typing import Any

from workplan_cli.exchange.schema import answers, lists
from workplan_cli.exchange.schema.shape import shape
from workplan_cli.model.document import Document
from workplan_cli.model.record import DOCUMENTS, Record

Schema = dict[str, Any]


def kind(document: type[Document]) -> str:
    """The name of a kind of document: `desk-review` for DeskReview."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", document.__name__).lower()


KINDS: dict[str, type[Document]] = {kind(document): document for document in DOCUMENTS}
"""Every kind of document, by its name."""


def schema(document: type[Document], record: Record | None = None) -> Schema:
    """The JSON Schema of a document: its shape alone, or with the ids that a record has."""
    made = shape(document)
    if record is not None:
        lists.narrow(made, document, record)
        answers.narrow(made, document, record)
    return {"$schema": "http://json-schema.org/draft-07/schema#", **made}


def file_name(name: str) -> str:
    """The name of a kind's file: `desk-review.schema.json`."""
    return f"{name}.schema.json"


def text(made: Schema) -> str:
    """A schema as the text of its file."""
    return json.dumps(made, ensure_ascii=False, indent=1) + "\n"


def places(document: type[Document]) -> str:
    """Where a kind of document lies, as a pattern of paths for an editor: `data/states/*/state.yaml`."""
    return "data/" + re.sub(r"{\w+}", "*", document.location)
