"""Starts the window, nothing else."""

import sys

from app.application import run

if __name__ == "__main__":
    sys.exit(run(sys.argv))
