"""The blogroll as feed readers export it: what is read, and what is refused with its line."""

from __future__ import annotations

import pytest

from broadside.plugins.blogroll.content import Group, Recommended, parse

SEAS = Recommended(
    "Tidewrack & sons", "https://t.example/feed.xml", "https://t.example/", "Coasts."
)


def opml(inner: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0"><body>\n{inner}</body></opml>'.encode()


def test_sites_are_in_their_groups_and_empty_groups_are_left_out() -> None:
    site = (
        'xmlUrl="https://t.example/feed.xml" htmlUrl="https://t.example/" description=" Coasts. "'
    )
    inner = f"""<outline text="Alone" xmlUrl="https://a.example/feed"/>
    <outline text="Empty"/>
    <outline title="Seas"><outline text="Tidewrack &amp; sons" {site}/>
      <outline text="Deep"><outline text="Tidewrack &amp; sons" {site}/></outline>
    </outline>"""
    groups, faults = parse(opml(inner))
    assert faults == []
    alone = Recommended("Alone", "https://a.example/feed", "", "")
    assert groups == [Group("", [alone]), Group("Seas", [SEAS]), Group("Deep", [SEAS])]


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"", 1),
        (b"\n<html/>", 2),
        (opml('<outline text="A" xmlUrl="https://a.example/feed">'), 3),
        (b'<!DOCTYPE opml [<!ENTITY a "aaaa">]>\n<opml><body/></opml>', 1),
        (b'\n<!DOCTYPE opml SYSTEM "file:///etc/passwd">\n<opml/>', 2),
        (opml('<outline text="&a;" xmlUrl="https://a.example/feed"/>'), 3),
        (opml('\n<outline text="A" xmlUrl="data:text/html,a"/>'), 4),
        (
            opml(
                '<outline text="A" xmlUrl="https://a.example/feed" htmlUrl="javascript:alert(1)"/>'
            ),
            3,
        ),
        (opml('<outline text="A\u202eB" xmlUrl="https://a.example/feed"/>'), 3),
    ],
)
def test_what_is_no_blogroll_is_refused_in_its_line(data: bytes, line: int) -> None:
    _, faults = parse(data)
    assert [(fault.code, fault.line) for fault in faults] == [("blogroll", line)]
