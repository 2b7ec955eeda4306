"""Making streams of which it is known what happens when: see docs/streams.md."""
