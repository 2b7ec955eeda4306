"""The window: everything that imports Qt. It knows engine/ and is known by main.py alone."""
