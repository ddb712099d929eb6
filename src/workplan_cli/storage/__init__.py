"""Between bytes and documents: the only layer that knows files, YAML, and pydantic's errors.

`tree` lists and reads; `loader` is the one way in; `traps`, `yaml` and `shape` are its three steps; `sourcemap` knows positions.
"""
