"""Limits and words that every door for mail (IMAP, LMTP, pipe) shares."""

SIZE_LIMIT = 35 * 1024 * 1024
"""Bytes of a letter that are taken whole; of a larger one only the header and STUB_SIZE bytes are kept."""

STUB_SIZE = 256 * 1024

DEFAULT_RECIPIENT = "postmaster"
"""The recipient that stands for the desk's default mailbox; every mail server must take it (RFC 5321 4.5.1)."""

UNKNOWN_SENDER = "unknown@firstline.invalid"
"""What the pipe says as envelope sender, since '' would be the null sender of a bounce (RFC 2606: .invalid)."""
