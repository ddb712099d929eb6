"""Pages held in memory, and who may ask for them. This module alone speaks HTTP.

It listens to this machine alone, and answers only those who call it by its own name: another site's name may lead here too.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from workplan_cli.errors import WorkplanError

LOOPBACK = "127.0.0.1"
_NAMES = (LOOPBACK, "localhost")
_TYPES = {".html": "text/html; charset=utf-8", ".csv": "text/csv; charset=utf-8"}


@dataclass
class Preview:
    """The pages as they were last made, by their path from the root."""

    pages: Mapping[str, bytes] = field(default_factory=dict)


def listen(preview: Preview, port: int) -> ThreadingHTTPServer:
    """A server of a preview. Raises WorkplanError where the port is taken."""

    class Handler(BaseHTTPRequestHandler):
        """Answers with a page, or with what is wrong with the question."""

        server_version, sys_version = "workplan", ""

        def do_GET(self) -> None:
            """A page."""
            self._answer(with_body=True)

        def do_HEAD(self) -> None:
            """Whether there is a page."""
            self._answer(with_body=False)

        def _answer(self, with_body: bool) -> None:
            path = unquote(urlsplit(self.path).path).lstrip("/") or "index.html"
            content = preview.pages.get(path)
            if urlsplit(f"//{self.headers.get('Host', '')}").hostname not in _NAMES:
                self.send_error(HTTPStatus.MISDIRECTED_REQUEST)
            elif content is None:
                self.send_error(HTTPStatus.NOT_FOUND)
            else:
                self.send_response(HTTPStatus.OK)
                self.send_header("Content-Type", _TYPES[PurePosixPath(path).suffix])
                self.send_header("Content-Length", str(len(content)))
                self.send_header("Cache-Control", "no-store")
                self.send_header("X-Content-Type-Options", "nosniff")
                self.end_headers()
                if with_body:
                    self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing is logged."""

    try:
        return ThreadingHTTPServer((LOOPBACK, port), Handler)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise WorkplanError(f"nothing can listen on port {port}: {reason}", "name another: --port 8080, or 0 for any") from None
