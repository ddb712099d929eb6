"""Where things are written: file and line. This module alone keeps the map of each file it was asked about, so that many places
cost one reading.
"""

from dataclasses import dataclass, field

from workplan_cli.diagnostics import Pointer
from workplan_cli.storage.sourcemap import SourceMap
from workplan_cli.storage.tree import Refusal, Tree


@dataclass(frozen=True)
class Places:
    """The places in a tree."""

    tree: Tree
    _maps: dict[str, SourceMap | None] = field(default_factory=dict)

    def of(self, path: str, pointer: Pointer) -> str:
        """The file and the line of a key: `data/states/XAA/2015-2016/submission.yaml:12`; the file alone where it cannot be
        read.
        """
        if path not in self._maps:
            data = self.tree.read(path)
            self._maps[path] = None if isinstance(data, Refusal) else SourceMap(data.decode(errors="replace"))
        source = self._maps[path]
        return f"data/{path}" + (f":{source.find(pointer, on_key=True).line}" if source is not None else "")
