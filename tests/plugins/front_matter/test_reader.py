"""Lifted out of Broadside, the plugin reads the stories of any Pelican site, and stops it at faults."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.repository import PROJECT

SETTINGS = """
PATH = {content!r}
OUTPUT_PATH = {output!r}
PLUGIN_PATHS = [{project!r}]
PLUGINS = ["broadside.plugins.front_matter"]
SITEURL = "https://example.org"
TIMEZONE = "Europe/Brussels"
DEFAULT_LANG = "en"
DEFAULT_STORY_TYPE = "Analysis"
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
"""
STORY = """Title: It's "A" -- <b>
Date: 2010-12-03 10:20
Category: Europe
Tags: nato, energy
Slug: a
Authors: Ana Pereira; Kim Lee
Summary: Short & sweet

The "text", and [another]({filename}b.md#part).
"""
OTHER = "---\ntitle: B\ndek: x\ndate: 2010-12-04\nauthor: Ana Pereira\nsection: Europe\n---\n## Part\n\nx\n"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    content = tmp_path / "content"
    content.mkdir()
    (content / "a.md").write_text(STORY, "utf-8")
    (content / "b.md").write_text(OTHER, "utf-8")
    settings = SETTINGS.format(content=str(content), output=str(tmp_path / "output"), project=str(PROJECT))
    (tmp_path / "pelicanconf.py").write_text(settings, "utf-8")
    return tmp_path


def build(site: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pelican", "-s", str(site / "pelicanconf.py")]
    return subprocess.run(command, cwd=site, capture_output=True, text=True, timeout=120, check=False)


def test_pelican_builds_with_it(site: Path) -> None:
    done = build(site)
    assert done.returncode == 0, done.stderr
    html = (site / "output" / "a.html").read_text("utf-8")
    assert "It’s “A” – &lt;b&gt;" in html
    assert "The “text”" in html
    assert 'href="https://example.org/b.html#part"' in html
    assert (site / "output" / "tag" / "nato.html").exists()
    assert {file.name for file in (site / "output" / "author").iterdir()} == {"ana-pereira.html", "kim-lee.html"}


def test_pelican_stops_at_faults_of_all_files(site: Path) -> None:
    (site / "content" / "a.md").write_text(STORY.replace("Slug: a", "Slug: A"), "utf-8")
    (site / "content" / "b.md").write_text(OTHER + "<script>\n", "utf-8")
    done = build(site)
    told = " ".join((done.stdout + done.stderr).split())
    assert done.returncode != 0
    assert "error: slug" in told
    assert "html-tag" in told
    assert not (site / "output" / "a.html").exists()


def test_pelican_publishes_no_file_from_outside(site: Path) -> None:
    (site / "secret.txt").write_text("secret", "utf-8")
    (site / "content" / "b.md").write_text(OTHER + "[x]({attach}../secret.txt) [y]({static}/.git/config)\n", "utf-8")
    done = build(site)
    told = done.stdout + done.stderr
    assert done.returncode != 0
    assert told.count("leads out") == 2
