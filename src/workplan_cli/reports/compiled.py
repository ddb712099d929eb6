"""Templates as they were compiled last time. This module alone keeps them.

Like the cache of checks it is a hint and never the truth: Jinja compares each with its source, the folder is named by what the
tool is, and whatever cannot be read or written is done without.
"""

import os
import shutil
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket, BytecodeCache


@dataclass(frozen=True)
class Compiled(BytecodeCache):
    """The compiled templates of one state of the tool; those of others beside it are deleted."""

    folder: Path

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill a bucket with what was kept for its template, if anything was."""
        try:
            bucket.bytecode_from_string(self._place(bucket).read_bytes())
        except Exception:  # whatever lies there under our name, the template itself is at hand
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what a bucket holds."""
        with suppress(OSError):
            self._make_room()
            handle, temporary = tempfile.mkstemp(dir=self.folder)
            with os.fdopen(handle, "wb") as file:
                file.write(bucket.bytecode_to_string())
            os.replace(temporary, self._place(bucket))

    def _place(self, bucket: Bucket) -> Path:
        return self.folder / f"{bucket.key}-{jinja2.__version__}"

    def _make_room(self) -> None:
        if self.folder.is_dir():
            return
        shutil.rmtree(self.folder.parent, ignore_errors=True)
        self.folder.mkdir(parents=True)
