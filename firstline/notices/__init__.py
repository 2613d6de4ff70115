"""What goes out: mailboxes, the outbox, and the words of every notice."""
