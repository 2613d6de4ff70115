"""The stories: the only place that opens a transaction and joins domains."""
