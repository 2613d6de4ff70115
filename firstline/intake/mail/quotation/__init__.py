"""Where the answer ends and the quotation begins."""
