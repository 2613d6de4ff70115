"""What happened and what is still to do: changes, presence, chores, breakers."""
