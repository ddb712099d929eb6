"""The command line: the only layer that knows Typer and Rich.

Each verb has its own module, which imports what it works with inside its function: `workplan --help` starts without the
models, and a warm `workplan validate` without the parser."""

import errno
import sys
from collections.abc import Sequence
from typing import Annotated, NoReturn

import typer

from workplan_cli.cli import (
    answer,
    confirm,
    coverage,
    diff,
    explain,
    export,
    fmt,
    gaps,
    importing,
    init,
    listing,
    pack,
    registers,
    report,
    rounds,
    schema,
    search,
    serve,
    show,
    terminal,
    unpack,
    validate,
    version,
)
from workplan_cli.errors import WorkplanError

app = typer.Typer(
    name="workplan",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Keep, check and report the record of a plan of action.",
)
app.command(help=validate.HELP)(validate.validate)
app.add_typer(explain.app, name="explain")
app.command(help=show.HELP)(show.show)
app.command("list", help=listing.HELP)(listing.listing)
app.command(help=search.HELP)(search.search)
app.command(help=init.HELP)(init.init)
app.command(help=fmt.HELP)(fmt.fmt)
app.command(help=schema.HELP)(schema.schema)
app.command(help=coverage.HELP)(coverage.coverage)
app.command(help=gaps.HELP)(gaps.gaps)
app.command(help=diff.HELP)(diff.diff)
app.command(help=report.HELP)(report.report)
app.command(help=serve.HELP)(serve.serve)
app.add_typer(registers.app, name="registers")
app.command(help=answer.HELP)(answer.answer)
app.command(help=confirm.HELP)(confirm.confirm)
app.add_typer(rounds.app, name="round")
app.add_typer(export.app, name="export")
app.command(help=pack.HELP)(pack.pack)
app.command(help=unpack.HELP)(unpack.unpack)
app.command("import", help=importing.HELP)(importing.import_)


@app.callback()
def _group(
    version: Annotated[
        bool,
        typer.Option("--version", is_eager=True, callback=version.show, help="The tool's version and the record's revision."),
    ] = False,
) -> None:
    """Keep, check and report the record of a plan of action."""


_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command. Exit codes: 0 clean, 1 findings, 2 wrong use, 3 the tool broke, 130 interrupted."""
    try:
        app(arguments, standalone_mode=True)
    except WorkplanError as error:
        terminal.say(error.message, error.hint)
        sys.exit(2)
    except OSError as error:
        if error.filename is not None or error.errno not in _NO_ROOM:
            _broke(error)
        said = terminal.unwritten(error)  # the help, which the command line's own library writes
        terminal.say(said.message, said.hint)
        sys.exit(2)
    except Exception as error:
        _broke(error)
    sys.exit(0)


def _broke(error: Exception) -> NoReturn:
    """The tool's own fault: said so, with what a report needs and no data of the record."""
    from workplan_cli.cli.crash import report

    terminal.complain(report(error))
    sys.exit(3)
