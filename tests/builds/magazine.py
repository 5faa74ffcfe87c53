"""The magazine: an outlet with one of everything that a page can show.

| story | shows |
| --- | --- |
| cables | two authors, one of them a translator, and two sections; topics, a correction,
hand-picked stories, a lead photo |
| reefs | the lead of the front page; the newest of a topic that two stories share |
| short | one paragraph, which a stream does not cut; another section |
| whole | shown whole in the streams of others; a link to an older story |
| old | another month, type and author; a slot of the front page whose time is over |
| a-brief | the section that is a rail |

Beside them are the page about, three pictures, two authors, one with a portrait, and a front page.
"""

from __future__ import annotations

from pathlib import Path

from tests.sample import Outlet

LONG = """\
The sea floor has **no police**, [and the reefs](/2026/11/reefs/) have no lobby.[^1]

## What the treaty says

> "Nobody asked us," the minister said, and the room -- full of lawyers -- fell silent.

- Cables
- Pipes

A fourth paragraph with a [page](/about/), an [outside link](https://example.org/) and a
[heading](#what-the-treaty-says).

![A grey ship at a quay.](photos/quay.png){caption="The quay at dawn" credit="Photo by Q. Lens/Agency"}

The last paragraph costs €5.

[^1]: A note with *emphasis*.
"""
PHOTO = {
    "photo": "photos/harbour.jpg",
    "alt": "Cranes over water.",
    "caption": "The harbour in March",
    "credit": "Photo by A. Person/Agency",
}


def magazine(path: Path) -> Outlet:
    """Fill an outlet: stories of every kind, pages, photos, people, a front page; nothing has been
    built yet.
    """
    outlet = Outlet(path)
    for name, colour in [("harbour.jpg", "teal"), ("quay.png", "grey"), ("ana.jpg", "brown")]:
        outlet.photo(name, colour)
    outlet.write(
        "sections.yml",
        "- name: Europe\n  description: From Lisbon to Lviv.\n- name: North America\n- name: Asia\n"
        "- name: Briefs\n  rail: briefs\n",
    )
    link = [{"label": "Home", "url": "https://ana.example/"}]
    outlet.author(
        "Ana Pereira",
        "Ana **writes**.",
        role="Editor",
        portrait="photos/ana.jpg",
        alt="Ana.",
        links=link,
    )
    outlet.author("Ben Okafor", "Ben translates.")
    correction = {"date": "2026-11-21", "type": "correction", "text": "It was five."}
    outlet.story(
        "cables",
        body=LONG,
        authors=["Ana Pereira", "Ben Okafor (translated by)"],
        sections=["North America", "Europe"],
        topics=["NATO", "Sea floor"],
        title='Who guards the "cables"?',
        updated="2026-11-22T10:00",
        corrections=[correction],
        related=["short", "whole"],
        **PHOTO,
    )
    outlet.story("reefs", body=LONG, topics=["Sea floor"], date="2026-11-19T09:00", **PHOTO)
    outlet.story("short", body="One paragraph.", section="Asia", date="2026-11-18")
    outlet.story(
        "whole",
        body=LONG.replace("/2026/11/reefs/", "/2026/10/old/"),
        stream="full",
        date="2026-11-17",
    )
    outlet.story(
        "old",
        body=LONG,
        section="Asia",
        type="Opinion",
        date="2026-10-01",
        author="Ben Okafor",
        **PHOTO,
    )
    outlet.story("a-brief", body="Short and done.", section="Briefs", date="2026-11-24")
    outlet.page("about", "We are [here](/2026/11/cables/).", dek="Who we are.")
    outlet.write(
        "front_page.yml",
        "- slot: lead\n  story: reefs\n- slot: second\n  story: old\n  until: 2026-11-01\n",
    )
    return outlet


def built_magazine(path: Path) -> Outlet:
    """The same with its site."""
    outlet = magazine(path)
    done = outlet.build()
    assert done.returncode == 0, done.stderr
    return outlet
