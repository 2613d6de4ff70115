"""What kind of letter it is: one rule a file."""
