"""What the terminal is and how to write to it: standard output is the result, standard error the progress.

This module alone knows the two streams. NO_COLOR and FORCE_COLOR are honoured, glyphs fall back to ASCII where the stream
cannot show others, and a reader who stops reading is no fault.
"""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

from workplan_cli.diagnostics import clipped, visible
from workplan_cli.errors import WorkplanError

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress as Bars

    from workplan_cli.checking.outcome import Progress

PATIENCE = 1.0
"""Seconds before a progress bar appears."""


@dataclass(frozen=True)
class Glyphs:
    """The signs beside words, so that nothing is said by colour alone."""

    error: str = "✗"
    warning: str = "!"
    clean: str = "✓"
    bar: str = "│"
    more: str = "…"
    dash: str = "–"


ASCII = Glyphs("x", "!", "ok", "|", "...", "-")


def glyphs(stream: TextIO | None = None) -> Glyphs:
    """The signs that a stream can show; standard output where none is named."""
    encoding = getattr(sys.stdout if stream is None else stream, "encoding", None) or ""
    return Glyphs() if encoding.lower().replace("-", "").replace("_", "").startswith("utf") else ASCII


def is_screen(stream: TextIO | None = None) -> bool:
    """Whether a person reads along."""
    stream = sys.stdout if stream is None else stream
    try:
        return stream is not None and stream.isatty()
    except ValueError:  # a closed file
        return False


def has_colour(stream: TextIO | None = None) -> bool:
    """Whether to write in colour: NO_COLOR forbids, FORCE_COLOR demands, else on a screen that is not dumb."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return is_screen(stream) and os.environ.get("TERM") != "dumb"


def console(width: int | None = None, plain: bool = False) -> "Console":
    """A Rich console that looks like standard output, or `plain`, and writes nowhere: capture what it prints, and `emit` that."""
    from io import StringIO

    from rich.console import Console

    in_colour = has_colour() and not plain
    return Console(
        file=StringIO(),
        width=width,
        force_terminal=in_colour,
        color_system="standard" if in_colour else None,
        no_color=not in_colour,
        highlight=False,
        markup=False,
        emoji=False,
    )


def width() -> int | None:
    """The columns of the screen; None where the output is no screen and lines may be as long as they are."""
    if not is_screen() and not os.environ.get("COLUMNS"):
        return None
    import shutil

    return max(40, shutil.get_terminal_size().columns)


def styled(text: str, code: str) -> str:
    """Text in an ANSI style (`32` is green) where there is colour: for a single word, without loading Rich."""
    return f"\x1b[{code}m{text}\x1b[0m" if has_colour() else text


def emit(text: str) -> None:
    """Write a piece of the result for a reader; what the stream's encoding lacks is written as an escape."""
    if sys.stdout is None:
        return
    encoding = sys.stdout.encoding or "utf-8"
    with _readers_may_leave():
        sys.stdout.write(text.encode(encoding, "backslashreplace").decode(encoding))
        sys.stdout.flush()


def emit_bytes(data: bytes) -> None:
    """Write a piece of the result for a program, byte for byte."""
    if sys.stdout is None:
        return
    with _readers_may_leave():
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()


def say(text: str, hint: str = "") -> None:
    """A line about the work, and what to do next, for standard error; no longer than a reader bears."""
    complain(f"workplan: {clipped(visible(text))}\n" + (f"  {clipped(visible(hint))}\n" if hint else ""))


def complain(text: str) -> None:
    """Text for standard error; where that is gone, nobody hears it."""
    if sys.stderr is not None:
        encoding = sys.stderr.encoding or "utf-8"
        with suppress(OSError):
            sys.stderr.write(text.encode(encoding, "backslashreplace").decode(encoding))


@contextmanager
def progress(words: str) -> "Iterator[Progress | None]":
    """A bar on standard error, on a screen only and only for work that takes longer than PATIENCE."""
    if not is_screen(sys.stderr):
        yield None
        return
    bar = _Bar(words)
    try:
        yield bar.advance
    finally:
        bar.close()


class _Bar:
    """A bar that shows itself once it is late."""

    def __init__(self, words: str) -> None:
        self._words = words
        self._started = time.monotonic()
        self._shown: Bars | None = None

    def advance(self, done: int, total: int) -> None:
        if self._shown is None and time.monotonic() - self._started > PATIENCE:
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
            from rich.progress import Progress as Bars

            columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
            self._shown = Bars(*columns, console=Console(stderr=True), transient=True)
            self._shown.add_task(self._words)
            self._shown.start()
        if self._shown is not None:
            self._shown.update(self._shown.task_ids[0], completed=done, total=total)

    def close(self) -> None:
        if self._shown is not None:
            self._shown.stop()


@contextmanager
def _readers_may_leave() -> Iterator[None]:
    """`workplan … | head` closes the pipe: the rest is for nobody, and the exit code still says what was found."""
    try:
        yield
    except BrokenPipeError:
        _to_nowhere()
    except OSError as error:
        raise unwritten(error) from None


def unwritten(error: OSError) -> WorkplanError:
    """What to say when standard output takes no more. Nothing is written to it after this."""
    _to_nowhere()
    return WorkplanError(f"the output cannot be written: {(error.strerror or str(error)).lower()}", "write it elsewhere")


def _to_nowhere() -> None:
    """Point standard output at the null device, so that nothing buffered fails once more at the end."""
    try:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, sys.stdout.fileno())
        os.close(null)
    except (OSError, ValueError):
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
