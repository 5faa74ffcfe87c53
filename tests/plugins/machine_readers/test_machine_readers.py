"""What programs that read are given: stories as Markdown, and lists of them, only where the outlet
allows a use.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from broadside.front_matter.source import split
from broadside.plugins.machine_readers import as_published
from tests.builds.magazine import magazine

OFFER = {
    "license": "CC BY-ND 4.0",
    "license_url": "https://creativecommons.org/licenses/by-nd/4.0/",
    "rules": [],
}


def test_stories_are_there_as_markdown_where_a_use_is_allowed_and_nowhere_else(
    tmp_path: Path,
) -> None:
    outlet = magazine(tmp_path)
    outlet.story("secret", status="draft", body="Not yet.")
    outlet.story("later", date="2026-12-24", body="Not yet.")
    outlet.story("gone", status="hidden")
    outlet.story("theirs", canonical="https://elsewhere.example/theirs/")
    outlet.story(
        "noted",
        body="Words.<!-- ask the lawyer -->\n\n[//]: # (and the minister)\n",
        republish="no",
    )
    said = outlet.rebuild(
        settings={"AI_USE": {"train": False, "answers": True}, "REPUBLISH": OFFER}
    )
    assert "published," in said, said
    files = outlet.files()
    copies = {
        path.split("/")[2]: data.decode()
        for path, data in files.items()
        if path.endswith("/index.md")
    }
    assert copies.keys() == {"cables", "reefs", "short", "whole", "old", "a-brief", "noted"}

    cables = split(copies["cables"], "").data
    assert cables["title"] == "Who guards the “cables”?"
    assert cables["authors"] == ["Ana Pereira", "Ben Okafor (translated by)"]
    assert cables["license"] == OFFER["license"]
    assert cables["canonical"].endswith("/2026/11/cables/")
    assert cables["date"].startswith("2026-11-20T09:00")
    assert [each["text"] for each in cables["corrections"]] == ["It was five."]
    host = cables["canonical"].removesuffix("/2026/11/cables/")
    for link in ("2026/11/reefs/", "about/", "photos/"):
        assert f"]({host}/{link}" in copies["cables"], link
    assert "[outside link](https://example.org/)" in copies["cables"]
    assert '> "Nobody asked us," the minister said' in copies["cables"]

    assert "license:" not in copies["noted"]
    assert "lawyer" not in copies["noted"]
    assert "minister" not in copies["noted"]
    lists = {path: data.decode() for path, data in files.items() if path.endswith("llms.txt")}
    assert {"llms.txt", "sections/europe/llms.txt", "sections/asia/llms.txt"} <= lists.keys()
    assert f"- [Europe]({host}/sections/europe/llms.txt): From Lisbon to Lviv." in lists["llms.txt"]
    assert f"({host}/2026/11/short/index.md): 2026-11-18. " in lists["sections/asia/llms.txt"]
    assert not any(
        word in text for text in lists.values() for word in ("secret", "later", "gone", "theirs")
    )

    before = {
        path: (outlet.output / path).stat().st_mtime_ns
        for path in files
        if path.endswith("index.md")
    }
    story = outlet.content / "articles/short.md"
    story.write_text(story.read_text("utf-8").replace("One paragraph.", "Another one."))
    outlet.rebuild(settings={"AI_USE": {"train": False, "answers": True}, "REPUBLISH": OFFER})
    changed = {
        path for path, time in before.items() if (outlet.output / path).stat().st_mtime_ns != time
    }
    assert changed == {"2026/11/short/index.md"}
    assert "Another one." in (outlet.output / "2026/11/short/index.md").read_text("utf-8")

    outlet.rebuild(settings={"AI_USE": {"train": False}})
    assert [path for path in outlet.files() if path.endswith((".md", "llms.txt"))] == []


LED = {
    "files/a b.pdf": "https://o.example/files/a%20b.pdf",
    "{filename}/articles/x.md": "https://o.example/2026/x/",
}


@pytest.mark.parametrize(
    ("written", "published"),
    [
        ("[x]({filename}/articles/x.md)", "[x](https://o.example/2026/x/)"),
        ("[x](<files/a b.pdf>)", "[x](https://o.example/files/a%20b.pdf)"),
        ('[x]({filename}/articles/x.md "Title")', '[x](https://o.example/2026/x/ "Title")'),
        ("[x][1]\n\n[1]: {filename}/articles/x.md", "[x][1]\n\n[1]: https://o.example/2026/x/"),
        ("[x](https://else.example/)", "[x](https://else.example/)"),
        ("A<!-- note -->b", "Ab"),
        ("A<!-- a\n\nnote -->b<!--more-->", "Ab"),
        ("`<!-- code -->`", "`<!-- code -->`"),
        ("Words.\n\n[//]: # (note)\n\nMore.", "Words.\n\n\nMore."),
        ("> Words.\n>\n> [//]: # (note)\n> More.", "> Words.\n>\n> More."),
        ("> > Words.\n> >\n> > [//]: #\n> >   (note)\n", "> > Words.\n> >\n"),
        (
            "> See [x].\n>\n> [x]: https://else.example/",
            "> See [x].\n>\n> [x]: https://else.example/",
        ),
        ("[x]\n\n[x]: https://else.example/?a=1&b", "[x]\n\n[x]: https://else.example/?a=1&b"),
        ("    [z]: /z/", "    [z]: /z/"),
        ('- Words.\n\n    [later]: {filename}secret.md "Once it is out"\n', "- Words.\n\n"),
        ("- Words.\n- [u]: {filename}secret.md\n", "- Words.\n"),
        ("Words.\n\n[m]:\n{filename}secret.md\n", "Words.\n\n"),
        ("Words.\n\n[m]: {filename}secret.md\n(Once it is out)\n", "Words.\n\n"),
        ("Words \\[u] and `[u]`.\n\n[u]: {filename}secret.md\n", "Words \\[u] and `[u]`.\n\n"),
        ("Words [v].\n\n[v]: <>\n", "Words [v].\n\n"),
        ("- Words.\n- *[UN]: secret\n", "- Words.\n"),
        ("The EU.\n\n*[EU]: European Union\n*[UN]: secret", "The EU.\n\n*[EU]: European Union\n"),
        ("> Words.\n>\n> *[UN]: secret", "> Words.\n>\n"),
        ("Words.[^1]\n\n[^1]: A note.", "Words.[^1]\n\n[^1]: A note."),
    ],
)
def test_a_text_is_as_readers_may_see_it(written: str, published: str) -> None:
    assert (
        as_published(
            written, LED, '<a href="https://else.example/?a=1&amp;b">x</a><code>[z]: /z/</code>'
        )
        == published
    )
