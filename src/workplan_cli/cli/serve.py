"""`workplan serve`: the report in a browser while one works on the record, made anew when a file changes.

It listens to this machine alone, keeps the pages in memory, and writes nothing.
"""

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workplan_cli.diagnostics import visible
from workplan_cli.errors import WorkplanError

if TYPE_CHECKING:
    from workplan_cli.cli.preview import Preview
    from workplan_cli.settings import Settings

HELP = """Show the report in the browser, and make it anew whenever a file of the record changes.

\b
  workplan serve               this repository, at http://127.0.0.1:8000/
  workplan serve DIR --lang es --port 8080 --open

It listens to this machine alone and writes nothing. A record with errors is shown, and says
so on its first page. Ctrl-C ends it.
"""
_PATIENCE = 0.5
"""Seconds between two looks at the files."""


def serve(
    folder: Annotated[
        Path | None, typer.Argument(metavar="DIR", help="The repository; found from here upwards when not given.")
    ] = None,
    period: Annotated[str | None, typer.Option("--period", help="The period; the latest when not given.")] = None,
    lang: Annotated[str | None, typer.Option("--lang", metavar="LANG", help="The language of the report.")] = None,
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="Where to listen; 0 for any that is free.")] = 8000,
    open_: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
) -> None:
    """Make, listen, look for changes."""
    import threading

    from workplan_cli.cli import options, terminal
    from workplan_cli.cli.preview import LOOPBACK, Preview, listen
    from workplan_cli.settings import open_repository

    settings = open_repository(folder, options.here())
    seen = signatures(settings)
    preview = Preview(_made(settings, period, lang))
    server = listen(preview, port)
    address = f"http://{LOOPBACK}:{server.server_address[1]}/"
    terminal.emit(f"the report is at {address} and Ctrl-C ends it\n")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    if open_:
        import webbrowser

        webbrowser.open(address)
    try:
        while True:
            time.sleep(_PATIENCE)
            now = signatures(settings)
            if now != seen:
                seen = now
                _make_anew(preview, settings, period, lang)
    except KeyboardInterrupt:
        terminal.complain("\n")
    finally:
        server.shutdown()
        server.server_close()


def signatures(settings: "Settings") -> tuple[object, ...]:
    """What changes whenever a file of the record, a template or the settings may have."""
    from workplan_cli.cli.edition import folders
    from workplan_cli.settings import CONFIG
    from workplan_cli.storage.tree import Directory

    watched = [settings.data, *folders(settings)]
    config = settings.root / CONFIG
    return (*(tuple(Directory(folder).entries()) for folder in watched), config.stat().st_mtime_ns if config.is_file() else None)


def _made(settings: "Settings", period: str | None, lang: str | None) -> dict[str, bytes]:
    from workplan_cli.cli.edition import Format, Wanted, folders, prepare
    from workplan_cli.cli.validate import errors
    from workplan_cli.storage.tree import Directory

    wanted = Wanted(period, languages=(lang,) if lang else ())
    edition = prepare(Directory(settings.data), folders(settings), wanted, errors(settings))
    return dict(edition.files((Format.HTML,), alone=True))


def _make_anew(preview: "Preview", settings: "Settings", period: str | None, lang: str | None) -> None:
    """Make the pages anew; where that cannot be done, keep the last and say why."""
    from workplan_cli.cli import terminal

    began = time.monotonic()
    try:
        preview.pages = _made(settings, period, lang)
    except WorkplanError as error:
        terminal.say(f"not made anew: {error.message}", error.hint)
        return
    terminal.complain(visible(f"made anew in {time.monotonic() - began:.1f} s") + "\n")
