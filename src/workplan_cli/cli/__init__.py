"""The command line: the only layer that knows Typer and Rich.

Each verb has its own module, which imports what it works with inside its function: `workplan --help` starts without the models, and a warm
`workplan validate` without the parser.
"""

import sys
from typing import NoReturn

import typer

from workplan_cli.cli import validate
from workplan_cli.errors import WorkplanError

app = typer.Typer(
    name="workplan",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Keep, check and report the record of a plan of action.",
)
app.command()(validate.validate)


@app.callback()
def _group() -> None:
    """Keep, check and report the record of a plan of action."""


def main() -> NoReturn:
    """Run the command. Exit codes: 0 clean, 1 findings, 2 wrong use, 3 the tool broke, 130 interrupted."""
    try:
        app(standalone_mode=True)
    except WorkplanError as error:
        sys.stderr.write(f"workplan: {error.message}\n" + (f"  {error.hint}\n" if error.hint else ""))
        sys.exit(2)
    except KeyboardInterrupt:
        sys.stderr.write("workplan: interrupted\n")
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
    except Exception as error:  # the tool's own fault: said so, with what a report needs and no data of the record
        from workplan_cli.cli.crash import report

        sys.stderr.write(report(error))
        sys.exit(3)
    sys.exit(0)
