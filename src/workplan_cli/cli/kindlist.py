"""What can be begun by command, and the keys it has, in words. This module alone lists them."""

from typing import get_args

from workplan_cli.checking.kinds import Kind, goes_without_saying, kinds, words_of
from workplan_cli.checking.passage import NAMES, WORD
from workplan_cli.model.text import field_names
from workplan_cli.storage.annotations import models


def all_kinds() -> str:
    """Each kind by its word, and how one of it is named."""
    rows = [(one.word, " ".join(word.upper() for word in words_of(one))) for one in kinds().values()]
    rows.append((WORD, " ".join(word.upper() for word in NAMES)))
    wide = max(len(word) for word, _ in rows)
    return "".join(f"workplan new {word:<{wide}} {names}\n" for word, names in rows)


def keys_of(kind: Kind) -> str:
    """The keys that one of a kind must have, and those it may have; type by type where there are several."""
    text = f"workplan new {kind.word} {' '.join(one.upper() for one in words_of(kind))} --set KEY=VALUE …\n"
    for model in models(kind.model, None):
        fields = {name: one for name, one in field_names(model).items() if name not in (*kind.document.identity(), "id")}
        if model is not kind.model:
            text += f"type={get_args(fields.pop('type').annotation)[0]}\n"
        owed = [name for name, one in fields.items() if one.is_required() and name not in goes_without_saying(kind, ())]
        text += f"  must have: {', '.join(owed)}\n" if owed else ""
        text += f"  may have:  {', '.join(name for name in fields if name not in owed)}\n"
    return text
