"""What a delivery report says: who was not reached, and why."""
