"""What the floors below add up to: proofs, measures and reports."""
