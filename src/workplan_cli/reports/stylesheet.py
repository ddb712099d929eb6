"""The style sheet as it goes into a page: without what only its author reads, and without rules that nothing there could take.

This module alone shortens CSS. What it does not understand it leaves as it is.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_COMMENT = re.compile(r"/\*.*?\*/", re.S)
_STRING = re.compile(r"(\"[^\"\n]*\"|'[^'\n]*')")
_TAG = re.compile(r"<([a-zA-Z][\w-]*)")
_CLASS = re.compile(r"class=\"([^\"]*)\"")
_ANY_CLASS = re.compile(r"class\s*=\s*[\"']?([^\"'>]*)", re.I)
"""As a repository's own template may write it; slow, and takes too much rather than too little."""
_SCRIPT = re.compile(r"<script\b[^>]*>(.*?)</script", re.S | re.I)
_WORD = re.compile(r"[A-Za-z_][\w-]*")
_IMPLIED = frozenset({"html", "head", "body", "tbody"})
"""Elements that a page has, written or not."""
_GROUPS = ("@media", "@supports", "@container", "@layer")
"""What holds rules, and goes when none of them is left."""
_SIDE = re.compile(r"\[[^\]]*\]|::?[\w-]+")
_NAME = re.compile(r"([.#]?)([A-Za-z_][\w-]*)")
_PROPERTY = re.compile(r"(?<=[{;])--([\w-]+):[^;{}]*;?")


@dataclass(frozen=True)
class Selector:
    """One selector, with the elements and classes without which it speaks of nothing."""

    text: str
    needs: frozenset[str]


@dataclass(frozen=True)
class Rule:
    """A rule by its selectors, or another statement, which has none."""

    selectors: tuple[Selector, ...]
    body: str


@dataclass(frozen=True)
class Group:
    """Rules under a condition."""

    condition: str
    rules: "tuple[Rule | Group, ...]"


def shortened(css: str) -> str:
    """The same rules without comments and without blanks that mean nothing; strings stay as they are."""
    pieces = _STRING.split(_COMMENT.sub(" ", css))
    return "".join(piece if place % 2 else _squeezed(piece) for place, piece in enumerate(pieces)).strip()


def fitted(page: str, css: str, is_ours: bool = True) -> str:
    """A page in which a shortened style sheet stands, with no more of it than the page's elements and classes can take. A page
    that is not made by our own templates alone may write its classes in any way that HTML knows."""
    before, found, after = page.partition(css) if css else (page, "", "")
    if not found:
        return page
    rest = before + after
    return before + _fitting(css, _names(rest, _CLASS if is_ours else _ANY_CLASS) & _known(css), "var(" in rest) + after


def _names(page: str, written: re.Pattern[str]) -> frozenset[str]:
    """The elements of a page, its classes as `.name`, and as both every word of a script, which may add any."""
    classes = {name for value in set(written.findall(page)) for name in value.split()}
    names = {tag.lower() for tag in set(_TAG.findall(page))} | {f".{name}" for name in classes} | _IMPLIED
    for script in _SCRIPT.findall(page):
        names.update(name for word in _WORD.findall(script) for name in (word, f".{word}"))
    return frozenset(names)


@lru_cache(maxsize=8)
def _parsed(css: str) -> "tuple[Rule | Group, ...]":
    return tuple(_statements(css))


@lru_cache(maxsize=8)
def _known(css: str) -> frozenset[str]:
    """Every name that the style sheet speaks of."""
    return frozenset(_needed(_parsed(css)))


@lru_cache(maxsize=256)
def _fitting(css: str, names: frozenset[str], keeps_properties: bool) -> str:
    left = _written(_parsed(css), names)
    if keeps_properties:
        return left
    return _PROPERTY.sub(lambda found: found[0] if f"var(--{found[1]}" in left else "", left).replace(";}", "}")


def _written(rules: "tuple[Rule | Group, ...]", names: frozenset[str]) -> str:
    return "".join(_one(rule, names) for rule in rules)


def _one(rule: Rule | Group, names: frozenset[str]) -> str:
    if isinstance(rule, Group):
        inner = _written(rule.rules, names)
        return f"{rule.condition}{{{inner}}}" if inner else ""
    if not rule.selectors:
        return rule.body
    kept = ",".join(one.text for one in rule.selectors if one.needs <= names)
    return f"{kept}{{{rule.body}}}" if kept else ""


def _needed(rules: "tuple[Rule | Group, ...]") -> Iterator[str]:
    for rule in rules:
        if isinstance(rule, Group):
            yield from _needed(rule.rules)
        else:
            yield from (name for one in rule.selectors for name in one.needs)


def _statements(css: str) -> "Iterator[Rule | Group]":
    """Rule by rule; one that is not closed goes on to the end."""
    at = 0
    while at < len(css):
        end = _end(css, at, "{;}")
        head = css[at:end]
        if end == len(css) or css[end] != "{":
            yield Rule((), css[at : end + 1])
            at = end + 1
            continue
        close = _end(css, end + 1, "}")
        body = css[end + 1 : close]
        if head.startswith(_GROUPS):
            yield Group(head, tuple(_statements(body)))
        elif head.startswith("@") or close == len(css):
            yield Rule((), css[at : close + 1])
        else:
            yield Rule(tuple(_selector(text) for text in _parts(head)), body)
        at = close + 1


def _end(css: str, at: int, ends: str) -> int:
    """Where one of `ends` stands next outside strings, brackets and inner braces; the end where it does not."""
    depth, quote = 0, ""
    for place in range(at, len(css)):
        sign = css[place]
        if quote:
            quote = "" if sign == quote and css[place - 1] != "\\" else quote
        elif sign in "\"'":
            quote = sign
        elif depth == 0 and sign in ends:
            return place
        elif sign in "{([":
            depth += 1
        elif sign in "})]":
            depth -= 1
    return len(css)


def _parts(head: str) -> Iterator[str]:
    """The selectors of a list."""
    at = 0
    while at <= len(head):
        end = _end(head, at, ",")
        yield head[at:end].strip()
        at = end + 1


def _selector(text: str) -> Selector:
    """What a selector needs. What stands in brackets (`:has(…)`, `[…]`) is not looked at, so it is kept rather than lost."""
    if "\\" in text:
        return Selector(text, frozenset())
    bare = text
    while "(" in bare:
        inner = re.sub(r"\([^()]*\)", "", bare)
        if inner == bare:
            return Selector(text, frozenset())
        bare = inner
    found = _NAME.findall(_SIDE.sub(" ", bare))
    return Selector(text, frozenset(f".{name}" if sign else name.lower() for sign, name in found if sign != "#"))


def _squeezed(css: str) -> str:
    """Blanks go where no rule needs them: never around `+` and `-`, which calc() wants apart, nor before `(`, as in `and (`."""
    one_line = re.sub(r"\s+", " ", css)
    return re.sub(r" ?([{};,>]) ?", r"\1", re.sub(r": (?=\S)", ":", one_line)).replace(";}", "}")
