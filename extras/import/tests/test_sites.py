"""Sites of four kinds, hostile parts included, moved in and built."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import test_eleventy
import test_hugo
import test_jekyll
import test_pelican
from archives import SCRIPT, bytes_of, imported, nothing_runs
from broadside_import.report import ImportReport
from sites import read, site, written
from tests.sample import Outlet

HOSTILE = f"""---
title: '{SCRIPT}'
date: 2016-06-06
author: '{SCRIPT}'
description: '{SCRIPT}'
categories: ['{SCRIPT}', '../../x']
tags: ['{SCRIPT}']
image: ../../../etc/passwd
image_caption: '{SCRIPT}'
slug: ../../../../etc/passwd
url: /../../etc/passwd
permalink: /../../etc/passwd
aliases: [/../up/, 'javascript:alert(1)']
redirect_from: [/../up/, 'javascript:alert(1)']
---
{SCRIPT}

[a](javascript:alert(1)) <a href="jav&#x09;ascript:alert(1)">b</a>

![](../../../etc/passwd) <iframe srcdoc="<script>alert(1)</script>"></iframe>

{{{{< figure src="javascript:alert(1)" caption="{SCRIPT}" >}}}} {{% include ../../../etc/passwd %}} {{% include_code ../../../../etc/passwd %}}

{{{{< rawhtml >}}}}{SCRIPT}{{{{< /rawhtml >}}}} {{% notebook ../../../etc/passwd %}}
"""
PLAIN = f"""Title: x {SCRIPT}
Date: 2016-06-06
Author: {SCRIPT}
Tags: {SCRIPT}
Slug: ../../../etc/passwd
Save_as: ../../etc/passwd

"""
SITES: dict[str, tuple[dict[str, str | bytes], str, str, int]] = {
    "hugo": (test_hugo.FILES, "content/post/hostile.md", HOSTILE, 5),
    "jekyll": (test_jekyll.FILES, "_posts/2016-06-06-hostile.md", HOSTILE, 5),
    "eleventy": (test_eleventy.FILES, "src/posts/hostile.md", HOSTILE, 3),
    "pelican": (test_pelican.FILES, "content/hostile.md", PLAIN + HOSTILE.split("---\n")[2], 5),
}
"""Files, a hostile one, and how many stories are published."""
Moved = tuple[Outlet, ImportReport, Path, str]


@pytest.fixture(scope="module", params=sorted(SITES))
def moved(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Moved:
    files, name, hostile, _ = SITES[request.param]
    path = tmp_path_factory.mktemp(request.param)
    source = written(path / "source", files | {name: hostile})
    ((source / name).parent / "link.md").symlink_to("/etc/passwd")
    (source / "loop").symlink_to(source)
    outlet = Outlet(path)
    report = imported(outlet, request.param, source)
    outlet.rebuild()
    return outlet, report, source, request.param


def test_what_moved_in_is_published(moved: Moved) -> None:
    outlet, report, _, kind = moved
    assert report.published == SITES[kind][3]
    pages = [
        path
        for path in outlet.files()
        if path.endswith(".html") and outlet.html(path).select("main article.story h1")
    ]
    assert (
        len(
            {
                slug["data-slug"]
                for path in pages
                if (slug := outlet.html(path).select_one("main article.story"))
            }
        )
        == report.published
    )


def test_nothing_of_an_archive_runs_or_reaches_out(moved: Moved) -> None:
    outlet, report, _, _ = moved
    nothing_runs(outlet)
    told = {skipped.source for skipped in report.skipped}
    assert {"loop"} <= told
    assert any(source.endswith("link.md") for source in told)


def test_a_second_import_changes_nothing(moved: Moved) -> None:
    outlet, _, source, kind = moved
    before = bytes_of(outlet)
    imported(outlet, kind, source)
    assert bytes_of(outlet) == before


def test_old_addresses_lead_to_the_stories(moved: Moved) -> None:
    outlet, _, _, kind = moved
    old = {
        "hugo": "old-first",
        "jekyll": "old/first",
        "eleventy": "own/place",
        "pelican": "blog/2016/the-second",
    }[kind]
    page = outlet.html(f"{old}/index.html")
    leads_to = str(page.select_one("link[rel=canonical]") or page)
    assert re.search("first|second|place", leads_to)


def texts(number: int, header: str) -> dict[str, str]:
    return {
        f"{header[:4].strip()}-{n}": f"---\ntitle: T\ndate: 2020-01-02\n{header}\n---\nWords.\n"
        for n in range(number)
    }


@pytest.mark.parametrize("kind", ["hugo", "jekyll", "eleventy"])
def test_tags_become_sections_where_most_stories_would_have_none(tmp_path: Path, kind: str) -> None:
    tagged = texts(5, "tags: [ice]") | texts(1, "categories: [World]")
    outlet = Outlet(tmp_path / "few")
    report = imported(
        outlet, kind, written(tmp_path / "a", site(kind, "https://old.example", tagged))
    )
    sections = (outlet.content / "sections.yml").read_text("utf-8")
    assert "- name: Ice\n" in sections or "- name: ice\n" in sections
    assert "Archive" not in sections
    assert report.topics == 0

    filed = texts(5, "categories: [World]\ntags: [ice]") | texts(1, "tags: [ice]")
    outlet = Outlet(tmp_path / "most")
    report = imported(
        outlet, kind, written(tmp_path / "b", site(kind, "https://old.example", filed))
    )
    assert "ice" not in (outlet.content / "sections.yml").read_text("utf-8")
    assert report.topics == 1
    wanted = Outlet(tmp_path / "wanted")
    imported(wanted, kind, tmp_path / "b", sections=("Ice",))
    assert "- name: Ice\n" in (wanted.content / "sections.yml").read_text("utf-8")


ZONES = {
    "hugo": ("hugo.toml", 'timeZone = "Europe/Lisbon"\n'),
    "jekyll": ("_config.yml", "timezone: Europe/Lisbon\n"),
    "pelican": ("pelicanconf.py", "TIMEZONE = 'Europe/Lisbon'\n"),
}


@pytest.mark.parametrize("kind", ZONES)
def test_the_zone_of_the_configuration_is_proposed_or_one_that_fits(
    tmp_path: Path, kind: str
) -> None:
    text = "---\ntitle: T\ndate: {}\n---\nWords.\n"
    dates = {
        "a": text.format("2020-01-02T10:00:00-05:00"),
        "b": text.format("2020-07-02T10:00:00-04:00"),
    }
    files = site(kind, "https://old.example", dates)
    assert read(kind, tmp_path / "fits", files).settings["TIMEZONE"] == "America/New_York"
    name, line = ZONES[kind]
    assert (
        read(kind, tmp_path / "says", files | {name: f"{line}{files[name]!s}"}).settings["TIMEZONE"]
        == "Europe/Lisbon"
    )
    bare = site(kind, "https://old.example", {"a": text.format("2020-01-02")})
    assert "TIMEZONE" not in read(kind, tmp_path / "bare", bare).settings
