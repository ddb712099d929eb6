r"""Texts so simple that they are YAML to every reader. This module alone knows which.

A text is simple when each of its lines is one of three, and the next line fits:

    key: value     then a key no deeper
    key:           then a key or an item one step deeper, or a key no deeper
    - value        then an item just as deep, or a key less deep

A step is two spaces, a value ends on its line, and text or comment holds nothing that YAML keeps for itself. Wherever a line of
keys stands, all lesser depths are those of mappings begun and not ended: it is so in the first line, and none of the three can
change it. So each line belongs to something, which is where readers differ; and nothing is left that libyaml could refuse.
"""

import re
from functools import cache

_LETTERS = "\xa1-\xff"
"""Of what is not ASCII, the letters of western Europe."""
_FIRST = f"[A-Za-z0-9(<{_LETTERS}]"
_PLAIN = f' -"$-9;-~{_LETTERS}'
_KEY = "[A-Za-z][A-Za-z0-9_.-]{0,99}+"
_QUOTED = rf'"[ !#-\[\]-~{_LETTERS}]*+"' + "|" + f"'[ -&(-~{_LETTERS}]*+'"
_WORD = rf'(?:{_FIRST}[ -"$-+\--9;->@-Z\\^-z|~{_LETTERS}]*+|{_QUOTED})'
"""A value in brackets."""
_LIST = rf"\[(?:{_WORD}(?:, (?!\])|(?=\])))*+\]"
_PAIRS = rf"\{{(?:{_KEY}: {_WORD}(?:, (?!\}})|(?=\}})))++\}}"
_BRACES = rf"\{{(?:{_KEY}: (?:{_WORD}|{_LIST}|{_PAIRS})(?:, (?!\}})|(?=\}})))++\}}"
_VALUE = rf"(?:{_FIRST}[{_PLAIN}]*+(?::[!-9;-~][{_PLAIN}]*+)*+|{_QUOTED}|{_LIST}|{_BRACES})"
_END = rf"\n(?: *+(?:#[ -~{_LETTERS}]*+)?\n)*+"
"""The end of a line, with what comments and empty lines come after it."""
_NO_DEEPER = r"(?!\1 ) *+[A-Za-z]"
_SIMPLE = (
    rf"(?:#[ -~{_LETTERS}]*+\n|\n)*+(?=[A-Za-z])(?:((?:  ){{0,9}}+)(?:"
    rf"{_KEY}: {_VALUE}{_END}(?={_NO_DEEPER}|\Z)"
    rf"|{_KEY}:{_END}(?=\1  (?:[A-Za-z]|- )|{_NO_DEEPER}|\Z)"
    rf"|- {_VALUE}{_END}(?=\1- |(?!\1) *+[A-Za-z]|\Z)"
    r"))++"
)


def is_simple(data: bytes) -> bool:
    """Whether every reader takes `data`, and takes each line of it for the same."""
    try:
        return _simple().fullmatch(data.decode()) is not None
    except UnicodeDecodeError:
        return False


@cache
def _simple() -> re.Pattern[str]:
    """Compiled when it is first needed, for that takes as long as libyaml takes for a megabyte."""
    return re.compile(_SIMPLE)
