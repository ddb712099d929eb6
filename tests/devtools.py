"""A headless Chromium, spoken to by the DevTools protocol over two pipes: this module alone knows how.

Keys pressed here go the way of a person's: through the browser, to whatever has the focus.
"""

import json
import os
import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--hide-scrollbars",
)  # fmt: skip
PATIENCE = 60
KEYS = {"Tab": 9, "Enter": 13, "ArrowRight": 39, "ArrowDown": 40}


class Browser:
    """One page of one Chromium; what it is told and what it asks of anyone."""

    def __init__(self, send: int, receive: int) -> None:
        self._send, self._receive = send, receive
        self._rest = b""
        self._said = 0
        self._session: str | None = None
        self.asked: list[str] = []
        self.faults: list[str] = []
        target = self.tell("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.tell("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.tell(f"{domain}.enable")

    def _message(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            more = os.read(self._receive, 1 << 20)
            assert more, "Chromium went away"
            self._rest += more
        one, self._rest = self._rest.split(b"\0", 1)
        said: dict[str, Any] = json.loads(one)
        about = said.get("params", {})
        match said.get("method"):
            case "Network.requestWillBeSent":
                self.asked.append(about["request"]["url"])
            case "Runtime.exceptionThrown":
                self.faults.append(about["exceptionDetails"]["text"])
            case "Log.entryAdded":
                self.faults.append(about["entry"]["text"])
            case "Runtime.consoleAPICalled" if about["type"] in ("error", "assert"):
                self.faults.append(str([one.get("value") for one in about["args"]]))
        return said

    def tell(self, method: str, **params: object) -> dict[str, Any]:
        """The browser's answer to a command."""
        self._said += 1
        command = {"id": self._said, "method": method, "params": params} | ({"sessionId": self._session} if self._session else {})
        os.write(self._send, json.dumps(command).encode() + b"\0")
        while (answer := self._message()).get("id") != self._said:
            continue
        assert "error" not in answer, answer
        result: dict[str, Any] = answer["result"]
        return result

    def open(self, page: Path) -> None:
        """Go to a page, and wait until it is whole."""
        self.asked.clear()
        self.faults.clear()
        self.tell("Page.navigate", url=page.as_uri())
        self.until(f"document.readyState === 'complete' && location.href === {json.dumps(page.as_uri())}")

    def ask(self, expression: str) -> Any:
        """What an expression of JavaScript comes to in the page."""
        found = self.tell("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in found, found
        return found["result"].get("value")

    def until(self, expression: str) -> None:
        """Wait until something holds; a page that never comes to it fails the test that waits."""
        end = time.monotonic() + PATIENCE
        while not self.ask(expression):
            assert time.monotonic() < end, f"never came to: {expression}"
            time.sleep(0.02)

    def press(self, key: str, *, shift: bool = False) -> None:
        """One key, down and up."""
        stroke = {"key": key, "code": key, "windowsVirtualKeyCode": KEYS[key], "modifiers": 8 if shift else 0}
        self.tell("Input.dispatchKeyEvent", type="keyDown", **stroke, **({"text": "\r"} if key == "Enter" else {}))
        self.tell("Input.dispatchKeyEvent", type="keyUp", **stroke)

    def look(self, *, dark: bool = False, width: int = 1200) -> None:
        """Light or dark, and how wide; narrow is a phone. Nothing glides, so that what is seen is where it stays."""
        wishes = {"prefers-color-scheme": "dark" if dark else "light", "prefers-reduced-motion": "reduce"}
        self.tell("Emulation.setEmulatedMedia", features=[{"name": name, "value": wish} for name, wish in wishes.items()])
        self.tell("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=width < 600)


@contextmanager
def browser(profile: Path) -> Iterator[Browser]:
    """A Chromium of one's own, gone afterwards."""
    hears, send = os.pipe()
    receive, speaks = os.pipe()
    command = [str(CHROMIUM), *FLAGS, "--remote-debugging-pipe", f"--user-data-dir={profile}", "about:blank"]
    # Chromium hears on descriptor 3 and speaks on 4, whatever the numbers are here.
    ends = [(os.POSIX_SPAWN_DUP2, hears, 3), (os.POSIX_SPAWN_DUP2, speaks, 4)]
    quiet = [(os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_RDWR, 0) for number in range(3)]
    process = os.posix_spawn(str(CHROMIUM), command, os.environ, file_actions=[*ends, *quiet])
    os.close(hears)
    os.close(speaks)
    try:
        yield Browser(send, receive)
    finally:
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        os.close(send)
        os.close(receive)
