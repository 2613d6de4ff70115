"""Hosts that people type into pages: resolved, checked and reached without touching the inner network."""

import socket
from collections.abc import Callable, Iterable
from contextlib import suppress
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

import idna

Address = IPv4Address | IPv6Address
Lookup = Callable[[str], tuple[Address, ...]]

# IANA special-purpose registries (RFC 6890 and later): `is_global` differs between Python releases, and it
# calls the doors that wrap an IPv4 address (NAT64, 6to4, Teredo, mapped) global.
_NEVER: tuple[IPv4Network | IPv6Network, ...] = tuple(
    ip_network(text)
    for text in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
        "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15",
        "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        "::/96", "::ffff:0:0/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64",
        "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10",
        "fec0::/10", "ff00::/8",
    )
)  # fmt: skip


class HostRefused(Exception):
    """The host may not be connected to; `sentence` says why, in words for the person who typed it."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class HostUnknown(Exception):
    """The name does not resolve at present; `sentence` says so."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def look_up(host: str) -> tuple[Address, ...]:
    """Addresses of a trusted host (the operator's), in the resolver's order; raises HostUnknown."""
    try:
        rows = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise HostUnknown(f"The name {_shown(host)} cannot be found.") from None
    return tuple(dict.fromkeys(ip_address(row[4][0]) for row in rows))


def require_public(host: str, *, allowed: frozenset[str], lookup: Lookup = look_up) -> tuple[Address, ...]:
    """The addresses to connect to for a host typed in a page, all of them checked.

    `allowed` holds the entries of FIRSTLINE_ALLOW_HOSTS: names, addresses or networks (CIDR). Connect to
    the returned addresses, never to the name again, or a second answer of the resolver slips past the check.
    Raises HostRefused for what must not be reached and HostUnknown for what does not resolve.
    """
    name = _normal(host)
    if name in _allowed_names(allowed):
        return lookup(name)
    literal = _literal(name)
    addresses = (literal,) if literal is not None else lookup(name)
    networks = _networks(allowed)
    for address in addresses:
        if not _within(address, networks) and not is_public(address):
            raise HostRefused(
                f"{_shown(host)} leads to the inner address {address}. "
                "The administrator can allow it with FIRSTLINE_ALLOW_HOSTS."
            )
    return addresses


def is_public(address: Address) -> bool:
    """Whether an address lies in the open internet (IANA special-purpose registries, RFC 6890)."""
    return address.is_global and not address.is_multicast and not _within(address, _NEVER)


def open_socket(addresses: Iterable[Address], *, port: int, timeout: float) -> socket.socket:
    """A TCP connection to the first address that answers within `timeout` seconds; raises OSError."""
    failure: OSError = OSError("there is no address to connect to")
    for address in addresses:
        try:
            return socket.create_connection((str(address), port), timeout=timeout)
        except OSError as error:
            failure = error
    raise failure


def _normal(host: str) -> str:
    """The host in ASCII as a resolver sees it (UTS 46 turns full-width digits and dots into plain ones)."""
    text = host.strip()
    if text.startswith("[") and text.endswith("]"):
        text = text[1:-1]
    if len(text) > 255:
        raise HostRefused("The host name is too long.")
    if ":" in text:
        return text.lower()
    try:
        name = idna.encode(text, uts46=True).decode("ascii").lower().rstrip(".")
    except (idna.IDNAError, UnicodeError):
        name = _plain_name(text)
    if not name:
        raise HostRefused("The host name is empty.")
    return name


def _plain_name(text: str) -> str:
    """A name that IDNA does not know, such as one with an underscore, if it is harmless ASCII."""
    name = text.lower().rstrip(".")
    if not name.isascii() or not all(mark.isalnum() or mark in "-_." for mark in name) or ".." in name:
        raise HostRefused(f"{_shown(text)} is not a host name.")
    return name


def _literal(name: str) -> Address | None:
    """The address if the host is one; other spellings of numbers (decimal, octal, short) are refused."""
    if ":" in name and "%" in name:
        raise HostRefused(f"{_shown(name)} names a network card; that cannot be reached from here.")
    try:
        return ip_address(name)
    except ValueError:
        last = name.rpartition(".")[2]
        if ":" in name or last.isdigit() or last.startswith("0x"):
            raise HostRefused(f"{_shown(name)} is not a complete address in the usual form.") from None
    return None


def _allowed_names(allowed: frozenset[str]) -> frozenset[str]:
    names = set()
    for entry in allowed:
        with suppress(HostRefused):
            names.add(_normal(entry))
    return frozenset(names)


def _networks(allowed: frozenset[str]) -> tuple[IPv4Network | IPv6Network, ...]:
    found = []
    for entry in allowed:
        with suppress(ValueError):
            found.append(ip_network(entry.strip(), strict=False))
    return tuple(found)


def _within(address: Address, networks: Iterable[IPv4Network | IPv6Network]) -> bool:
    return any(address.version == network.version and address in network for network in networks)


def _shown(host: str) -> str:
    return "".join(mark if mark.isprintable() else "?" for mark in host.strip()[:80])
