"""The headless commands, one file each: `python -m engine COMMAND`.

A command is a module with NAME, HELP, `add_arguments(parser)` and `run(arguments)`, which returns the exit
status. It prints results on stdout, as JSON lines where `arguments.json` is set, and everything else on stderr.
"""
