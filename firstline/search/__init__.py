"""The analyser, the index and the one ranking that both databases share."""
