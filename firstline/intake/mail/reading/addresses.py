"""Reads address headers: groups, comments, obsolete forms and the mistakes people's programs make."""

from __future__ import annotations

import re
from typing import Final

from firstline.intake.mail.letter import Mailaddress
from firstline.intake.mail.reading import caps, words

_ADDRESS: Final = re.compile(r"[^\s<>()\"',;:@]{1,250}@[^\s<>()\"',;@]{1,253}")
_LOCAL: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.+-]{0,63}\Z")
_AROUND: Final = re.compile(r"\s*([@.])\s*")
_ESCAPE: Final = re.compile(r"\\(.)")
_SPACE: Final = re.compile(r"\s+")


def parse(value: str, *, most: int = caps.PARTICIPANTS) -> tuple[Mailaddress, ...]:
    """The mailboxes of an address header in order, at most `most` (RFC 5322 §3.4, §4.4).

    `value` is the unfolded header whose encoded words still stand, so that a comma inside one parts nothing.
    A name with an unquoted comma is joined to the address that follows it.
    """
    found: list[Mailaddress] = []
    waiting: list[str] = []
    for item in _items(value):
        if "<" not in item and "@" not in item and "=?" not in item or _is_half_a_name(item):
            waiting.append(item)
            continue
        mailbox = _mailbox(", ".join([*waiting, item]) if "<" in item else item)
        waiting.clear()
        if mailbox is not None:
            found.append(mailbox)
            if len(found) >= most:
                break
    return tuple(found)


def _is_half_a_name(item: str) -> bool:
    return "=?" in item and "<" not in item and "@" not in words.decode(item)


def count(value: str) -> int:
    """An upper bound of the mailboxes in a header, without parsing it."""
    return min(value.count("@"), value.count(",") + value.count(";") + 1)


def _items(value: str) -> list[str]:
    """Split at commas, semicolons and group names outside quotes, comments and angle brackets. Linear."""
    items: list[str] = []
    start = at = depth = 0
    angle = False
    last_quote, last_close = value.rfind('"'), value.rfind(")")
    last_angle, last_semicolon = value.rfind(">"), value.rfind(";")
    while at < len(value):
        char = value[at]
        if char == "\\":
            at += 1
        elif char == '"' and at < last_quote and not depth:
            at = _after_quote(value, at)
            continue
        elif char == "(" and at < last_close:
            depth += 1
        elif char == ")" and depth:
            depth -= 1
        elif not depth:
            if char == "<" and at < last_angle:
                angle = True
            elif char == ">":
                angle = False
            elif char in ",;" and not angle:
                items.append(value[start:at])
                start = at + 1
            elif char == ":" and at < last_semicolon and not angle and _opens_a_group(value[start:at]):
                start = at + 1
        at += 1
    items.append(value[start:])
    return [item.strip() for item in items if item.strip()]


def _opens_a_group(before: str) -> bool:
    return "@" not in before and "<" not in before


def _after_quote(value: str, at: int) -> int:
    at += 1
    while at < len(value) and value[at] != '"':
        at += 2 if value[at] == "\\" else 1
    return at + 1


def _mailbox(item: str) -> Mailaddress | None:
    if item.startswith("=?") and item.endswith("?=") and "@" in (whole := words.decode(item)):
        item = whole
    opened = item.rfind("<")
    if opened >= 0:
        inside, _, after = item[opened + 1 :].partition(">")
        email = _email(_without_comments(inside)[0])
        name = _name(item[:opened]) or _name(after)
        if not email:
            email = _search(item[:opened]) or _search(words.decode(item))
        return Mailaddress(email, name) if email else None
    bare, comment = _without_comments(item)
    decoded = words.decode(bare)
    email = _email(bare) if "@" in bare and "=?" not in bare else ""
    if not email or (" " in email and not email.startswith('"')):
        email = _search(decoded)
        return _named(email, decoded, comment) if email else _in_comment(decoded, comment)
    return Mailaddress(email, _name(comment))


def _named(email: str, decoded: str, comment: str) -> Mailaddress:
    rest = decoded.lower().find(email)
    before = decoded[:rest] if rest > 0 else ""
    return Mailaddress(email, _name(before) or _name(comment))


def _in_comment(decoded: str, comment: str) -> Mailaddress | None:
    email = _search(words.decode(comment))
    return Mailaddress(email, _name(decoded)) if email else None


def _search(text: str) -> str:
    match = _ADDRESS.search(text) if "@" in text else None
    return _email(match.group()) if match else ""


def _without_comments(text: str) -> tuple[str, str]:
    """The text outside comments and the text inside them; quotes are respected."""
    if "(" not in text:
        return text, ""
    outside: list[str] = []
    inside: list[str] = []
    depth = at = 0
    while at < len(text):
        char = text[at]
        step = _after_quote(text, at) - at if char == '"' and not depth else 2 if char == "\\" else 1
        if char == ")" and depth:
            depth -= 1
        if depth:
            inside.append(text[at : at + step])
        elif char not in "()":
            outside.append(text[at : at + step])
        if char == "(":
            depth += 1
        at += step
    return "".join(outside), "".join(inside)


def _email(text: str) -> str:
    """A plain address in lower case: route, spaces and a domain's Unicode form are taken away. A bare local name
    in angle brackets stands as it is: the machine's own mail comes from `<root>`."""
    text = text.strip().strip("<>")
    if text.startswith("@") and ":" in text:
        text = text.rpartition(":")[2]
    if text.lower().startswith("mailto:"):
        text = text[7:]
    if not text.startswith('"'):
        text = _AROUND.sub(r"\1", text)
    if "=?" in text:
        text = words.decode(text)
    if _LOCAL.match(text):
        return text.lower()
    local, at, domain = text.rpartition("@")
    local, domain = words.plain(local), words.plain(domain).strip(". ")
    domain = domain if domain.startswith("[") else domain.rstrip("]")
    if not at or not local or not domain or len(text) > 1000:
        return ""
    return f"{local.lower()}@{_ascii(domain)}"


def _ascii(domain: str) -> str:
    """The domain as DNS asks for it (RFC 5890), so that one host has one spelling."""
    if domain.isascii() or len(domain) > 253:
        return domain.lower()
    try:
        return domain.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return domain.lower()


def _name(text: str) -> str:
    """A display name: quotes and comments' brackets gone, encoded words decoded, white space folded."""
    text, comment = _without_comments(text) if '"' not in text else (text, "")
    text = text.strip() or comment.strip()
    if '"' in text or "\\" in text:
        text = _ESCAPE.sub(r"\1", text.replace('\\"', "\x00")).replace('"', "").replace("\x00", '"')
    text = words.decode(text)
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
        text = text[1:-1]
    return _SPACE.sub(" ", text).strip(" ,;:<>")[:300]
