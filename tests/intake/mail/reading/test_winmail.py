"""winmail.dat, made here byte by byte."""

import struct

from firstline.intake.mail.reading import read, rtf, tnef

LONG_NAME = 0x3707001F
BODY = 0x1000001E


def obj(name: int, value: bytes, *, level: int = 1) -> bytes:
    return struct.pack("<BHHI", level, name, 6, len(value)) + value + b"\0\0"


def prop(tag: int, value: bytes) -> bytes:
    return struct.pack("<HHII", tag & 0xFFFF, tag >> 16, 1, len(value)) + value + b"\0" * (-len(value) % 4)


def packed(*objects: bytes) -> bytes:
    return tnef.SIGNATURE + b"\1\0" + b"".join(objects)


ONE_FILE = packed(
    obj(0x9003, struct.pack("<I", 1) + prop(BODY, b"Hello desk")),
    obj(0x9002, b"\0" * 14, level=2),
    obj(0x8010, b"SHORT~1.TXT\0", level=2),
    obj(0x800F, b"content", level=2),
    obj(0x9005, struct.pack("<I", 1) + prop(LONG_NAME, "../blå.txt\0".encode("utf-16-le")), level=2),
)


def test_the_file_and_the_body_come_out() -> None:
    assert tnef.unpack(ONE_FILE) == tnef.Packed((("blå.txt", b"content"),), "Hello desk", "")


def test_its_body_is_used_where_the_mail_has_none() -> None:
    found = read(b"Content-Type: application/ms-tnef; name=winmail.dat\nSubject: x\n\n" + ONE_FILE)
    assert (found.text, [item.name for item in found.attachments]) == ("Hello desk", ["blå.txt"])


def test_what_is_no_tnef_is_kept_as_it_came() -> None:
    found = read(b"Content-Type: application/ms-tnef; name=winmail.dat\n\nnot really")
    assert (found.attachments[0].name, found.notes) == ("winmail.dat", ("tnef:unreadable",))


def test_a_count_that_lies_is_not_believed() -> None:
    lying = struct.pack("<I", 0xFFFFFFFF) + struct.pack("<HHI", 0x101E, 0x1000, 0xFFFFFFFF) + b"\0" * 1000
    assert tnef.unpack(packed(obj(0x9003, lying))) == tnef.Packed(())


def test_rtf_is_read_as_text() -> None:
    assert rtf.text_of(rb"{\rtf1\ansi{\fonttbl{\f0 Arial;}}\f0 One\par Bl\'e5 \u8364?\par}") == "One\nBlå €"


def test_hidden_parts_of_rtf_stay_hidden() -> None:
    assert rtf.text_of(rb"{\rtf1{\*\generator Word;}seen{\pict abcdef}}") == "seen"


def test_compressed_rtf_is_unpacked() -> None:
    body = bytes([0]) + b"{\\rtf1 a" + bytes([0]) + b"b}" + b"      "
    raw = struct.pack("<IIII", len(body) + 12, 20, 0x75465A4C, 0) + body
    assert rtf.text_of(rtf.decompress(raw)) == "ab"
