"""A store in memory for letters that a fetcher takes, and the settings of a mailbox to fetch."""

from firstline.notices.rules.mailbox import MailboxSettings, parse_imap_url


class Shelf:
    """What is stored, as the database would keep it; `trouble` is raised instead while it is set."""

    def __init__(self):
        self.rows = []
        self.states = []
        self.trouble = None

    def take(self, raw, *, uidvalidity, uid, internal_date, cut_from):
        if self.trouble is not None:
            raise self.trouble
        self.rows.append((uidvalidity, uid, raw, internal_date, cut_from))

    def last_uid(self, uidvalidity):
        return max((uid for validity, uid, *_ in self.rows if validity == uidvalidity), default=0)

    @property
    def raws(self):
        return [row[2] for row in self.rows]


def settings(url, **how):
    return MailboxSettings("help@desk.example", "Help", imap=parse_imap_url(url), **how)
