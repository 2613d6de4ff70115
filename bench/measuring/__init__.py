"""What the benchmarks share: processor time of processes and databases, percentiles, floors, prepared desks."""
