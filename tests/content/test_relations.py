"""What only shows between sources: addresses, names, links to what waits, and what one fault does
to the rest.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.content.reading import read, record, told
from tests.sample import Outlet


@pytest.fixture
def outlet(tmp_path: Path) -> Outlet:
    return Outlet(tmp_path)


def test_a_story_may_wait_for_the_one_it_links_to(outlet: Outlet) -> None:
    outlet.story("first", date="2026-12-01T09:00", body="[next]({filename}second.md)")
    outlet.story("second", date="2026-12-02T09:00")
    assert [(fault.severity, fault.code) for fault in read(outlet).faults] == [
        ("warning", "unpublished")
    ]
    held = read(outlet, now="2026-12-01T10:00").faults
    assert [(fault.severity, fault.code) for fault in held] == [("error", "unpublished")]
    assert read(outlet, now="2026-12-02T10:00").faults == []
    assert read(outlet, drafts=True).faults == []


def test_a_draft_may_link_to_a_draft_and_be_shown(outlet: Outlet) -> None:
    outlet.story("a", status="draft", body="[b]({filename}b.md)")
    outlet.story("b", status="draft")
    assert [fault.severity for fault in read(outlet).faults] == ["warning"]
    shown = read(outlet, drafts=True)
    assert shown.faults == []
    assert shown.addresses.urls_of["articles/b.md"] == "drafts/b/"


def test_hidden_stories_can_be_linked_to(outlet: Outlet) -> None:
    outlet.story("a", body="[b](/2026/11/b/)")
    outlet.story("b", status="hidden")
    assert read(outlet).faults == []


def test_feeds_of_indexes_are_addresses(outlet: Outlet) -> None:
    followed = (
        "sections/europe",
        "types/analysis",
        "authors/ana-pereira",
        "topics/nato",
        "corrections",
    )
    feeds = [f"{where}/feed.xml" for where in followed]
    feeds += [
        f"{where}{name}"
        for where in ("", "sections/europe/", "corrections/")
        for name in ("rss.xml", "feed.json")
    ]
    links = [f"[x](/{feed})" for feed in feeds]
    outlet.story("a", topics=["nato"], body="\n\n".join(links))
    assert read(outlet).faults == []
    assert "published, " in outlet.rebuild()
    assert [feed for feed in feeds if not (outlet.output / feed).exists()] == []
    assert not list(outlet.output.glob("topics/nato/rss.*"))
    outlet.story("b", body="[x](/topics/nato/rss.xml)")
    assert [fault.code for fault in read(outlet).faults] == ["broken-link"]


def test_a_name_with_parentheses_is_a_name_where_an_author_has_it_and_a_role_elsewhere(
    outlet: Outlet,
) -> None:
    wilson = outlet.author("Teresa Wilson (ScriptingWife)")
    outlet.author("Ruy Costa")
    outlet.story("a", authors=["Teresa Wilson (ScriptingWife)", "Ruy Costa (photos)"])

    def byline() -> tuple[list[str], str]:
        assert "published, " in outlet.rebuild()
        (line,) = outlet.html("2026/11/a/").select("article[data-slug=a] .byline")
        return [each.text for each in line.select("a[rel=author]")], line.text

    names, line = byline()
    assert names == ["Teresa Wilson (ScriptingWife)", "Ruy Costa"]
    assert "photos" in line
    outlet.story("b")  # so that the next build takes the other story from what was kept of it
    assert byline() == (names, line)
    wilson.write_text(wilson.read_text("utf-8").replace(" (ScriptingWife)", ""), "utf-8")
    names, line = byline()
    assert names == ["Teresa Wilson", "Ruy Costa"]
    assert "ScriptingWife" in line


def test_a_broken_author_file_gives_one_fault(outlet: Outlet) -> None:
    outlet.write("authors/kim-lee.md", "---\nname: Kim Lee\nnope: x\n---\nBio.\n")
    outlet.story("a", author="Kim Lee")
    outlet.story("b", author="kim-lee")
    assert told(read(outlet).faults) == [("authors/kim-lee.md", 3, "unknown-key")]


@pytest.mark.parametrize("name", ["sections.yml", "story_types.yml"])
def test_a_broken_list_gives_one_fault(outlet: Outlet, name: str) -> None:
    outlet.story("a")
    outlet.story("b")
    outlet.write("permalinks.txt", "/sections/europe/\n/types/analysis/\n/2026/11/a/\n")
    outlet.write(name, "- &a {name: Europe}\n- *a\n")
    assert told(read(outlet).faults) == [(name, 1, "yaml")]


def test_suggestions_are_made_as_long_as_there_is_time(outlet: Outlet) -> None:
    outlet.page("about")
    outlet.story("a", body="\n\n".join(f"[x](/abot{n}/)" for n in range(60)))
    faults = read(outlet).faults
    assert len(faults) == 60


def test_former_addresses_lead_to_where_the_story_is_now(outlet: Outlet) -> None:
    outlet.story(
        "a",
        redirect_from=["/2019/03/a/", "/old.html"],
        body="[x](/old.html) [y](/2019/03/a#b) [z](/b/)\n\n## B\n\nText.",
    )
    outlet.page("b")
    content = read(outlet)
    assert content.faults == []
    assert (
        content.addresses.known["2019/03/a/"] == content.addresses.known["old.html"] == "2026/11/a/"
    )


def test_former_addresses_of_a_section_a_story_type_and_an_author_lead_to_todays(
    outlet: Outlet,
) -> None:
    outlet.write(
        "sections.yml",
        "- name: Ports\n  redirect_from: [/category/harbours/, /sections/ports/]\n- name: Europe\n",
    )
    outlet.write("story_types.yml", "- name: Analysis\n  redirect_from: [/types/argument/]\n")
    outlet.author("Ana Pereira", redirect_from=["/authors/ana-silva/"])
    outlet.story(
        "a", body="[x](/category/harbours/) [y](/types/argument/) [z](/authors/ana-silva/)"
    )
    content = read(outlet)
    assert content.faults == []
    assert content.addresses.former == {
        "authors/ana-silva/": "authors/ana-pereira/",
        "category/harbours/": "sections/ports/",
        "types/argument/": "types/analysis/",
    }


def test_no_link_may_lead_to_an_author_whom_readers_do_not_see(outlet: Outlet) -> None:
    outlet.author("Jo Smith", redirect_from=["/authors/jo/"])
    outlet.story("a", author="Jo Smith", status="draft")
    assert read(outlet).addresses.former == {}


def test_two_sections_cannot_have_one_former_address(outlet: Outlet) -> None:
    outlet.write(
        "sections.yml",
        "- name: Europe\n  redirect_from: [/old/]\n- name: Asia\n  redirect_from:\n    - /old/\n",
    )
    (fault,) = read(outlet).faults
    assert (fault.path, fault.line, fault.code) == ("sections.yml", 5, "same-address")


def test_no_two_former_addresses_are_one_file(outlet: Outlet) -> None:
    outlet.story("a", redirect_from=["/Old/"])
    outlet.story("b", redirect_from=["/old"])
    assert [code for _, _, code in told(read(outlet).faults)] == ["same-address"]


def test_lines_are_found_under_either_name_of_a_key(outlet: Outlet) -> None:
    outlet.write(
        "articles/a.md",
        "Title: A\nDate: 2026-11-20\nModified: 2026-11-01\nCategory: Nope\nAuthor: Nobody\nType:"
        " Analysis\nDek: x\n\nText.\n",
    )
    found = {fault.code: fault.line for fault in read(outlet).faults}
    assert found == {"date-order": 3, "unknown-section": 4, "unknown-name": 5}


def test_yaml_and_pelicans_form_make_the_same_story(outlet: Outlet) -> None:
    yaml = (
        '---\ntitle: "A: b"\ndate: 2010-12-03 10:20\nsection: Europe\ntopics: [c, d]\nslug:'
        " e\nauthor: Ana Pereira\n"
    )
    outlet.write("articles/a.md", yaml + "dek: f\ntype: Analysis\n---\nText.\n")
    outlet.write(
        "articles/b.md",
        "Title: A: b\nDate: 2010-12-03 10:20\nCategory: Europe\nTags: c, d\n"
        "Slug: e\nAuthors: Ana Pereira\nSummary: f\nType: Analysis\n\nText.\n",
    )
    content = read(outlet)
    one, two = (record(content, f"articles/{name}.md") for name in "ab")
    assert (one.data, one.body.html) == (two.data, two.body.html)


def test_bios_are_safe_and_their_ids_apart(outlet: Outlet) -> None:
    outlet.author("Kim Lee", bio="## Main\n\n<em>x</em>[^1] [site](/about/)\n\n[^1]: y")
    outlet.page("about")
    outlet.story(
        "a",
        author=None,
        authors=["Kim Lee", "Ana Pereira"],
        body="## Kim lee main\n\nx[^1]\n\n[^1]: y",
    )
    assert "published, " in outlet.rebuild()
    soup = outlet.html("2026/11/a/")
    ids = [str(tag["id"]) for tag in soup.find_all(id=True)]
    assert len(ids) == len(set(ids))
    assert "kim-lee--main-2" in ids
    assert "kim-lee-main" in ids


def test_a_missing_text_is_reported_beside_other_faults(outlet: Outlet) -> None:
    outlet.story("a", body="", nope="x")
    # it may have been meant for a draft, which needs none
    outlet.story("b", body="", status="draf")
    outlet.story("c", body="<script>")
    assert [code for _, _, code in told(read(outlet).faults)] == [
        "empty-story", "unknown-key", "value", "html"
    ]  # fmt: skip


def test_nothing_is_said_of_what_names_a_source_that_cannot_be_read(outlet: Outlet) -> None:
    outlet.story(
        "a",
        author="Jo Smith",
        related=["b"],
        body="[x]({filename}b.md) [y](/2026/11/b/) [z](/topics/ice/)",
    )
    outlet.story("french", lang="fr", translation_of="b")
    outlet.roundup("2026-11-25", lead="b")
    outlet.write("front_page.yml", "- slot: lead\n  story: b\n")
    outlet.write("permalinks.txt", "/2026/11/b/\n/topics/ice/\n/archive/2025/\n/authors/jo/\n")
    for path in ("articles/b.md", "authors/jo.md"):
        (outlet.content / path).write_bytes(b"---\ntitle: caf\xe9\n")
    assert told(read(outlet).faults) == [
        ("articles/a.md", 11, "broken-link"),
        ("articles/b.md", 2, "encoding"),
        ("authors/jo.md", 2, "encoding"),
    ]
