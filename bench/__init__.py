"""Benchmarks: times, memory and load; the tests assert counts, bytes and contracts."""
