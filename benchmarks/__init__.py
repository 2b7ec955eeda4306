"""Measurements: speed, latency, accuracy. Each is run by hand, as `python -m benchmarks.NAME`."""
