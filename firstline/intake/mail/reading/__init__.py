"""From raw bytes to headers, text and attachments, behind caps."""
