"""The case: a ticket, its journey, legs, clocks and links."""
