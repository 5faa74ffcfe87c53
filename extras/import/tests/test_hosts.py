"""Links in full to the archive's own hosts are links within it, whichever export or outlet names
these hosts.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from archives import ghost, imported, item, story, text_of, wordpress, zipped
from broadside.config.files import LIVE
from broadside.config.options import Options, settings_in
from broadside.editing.check import check
from broadside_import.command import NotImported
from broadside_import.model import Hosts
from sites import SITES, written
from sites import read as read_archive
from sites import site as site_files
from tests.sample import NOW, Outlet

OWN = settings_in(LIVE).SITEURL.rstrip("/")
"""The live address of the outlet into which all of this moves."""
HOST = OWN.removeprefix("https://")
OLD = "old.example"
SECOND = "{filename}/articles/2021/second.md"


def linking(host: str, address: str = "/second/") -> str:
    """A text with links in full to a story and to nothing, as writers write addresses."""
    starts = (f"https://{host}", f"http://{host}", f"http://www.{host}", f"//WWW.{host.upper()}")
    links = " ".join(f'<a href="{start}{address}">there</a>' for start in starts)
    return (
        f'<p>{links} <a href="http://{host}/gone/">gone</a> <a'
        ' href="https://x.example/second/">elsewhere</a></p>'
    )


def header(**said: str) -> str:
    return "".join(
        f"{key}: {value}\n" for key, value in {"title": "T", "date": "2021-05-04", **said}.items()
    )


def archive(kind: str, folder: Path, host: str, linked: str) -> Path:
    """An archive of two stories, of which the first links to the second and to nothing at `linked`;
    `host` is what it says of itself.
    """
    second = "<p>Two.</p>"
    site = f"https://{host}" if host else ""
    if kind == "wordpress":
        one = item(
            1, linking(linked), slug="first", date="2021-05-04 08:00:00", link=f"{site}/first/"
        )
        two = item(2, second, slug="second", date="2021-05-04 08:00:00", link=f"{site}/second/")
        files: dict[str, str | bytes] = {
            "x.xml": wordpress(one, two).replace("https://lantern.example", site)
        }
    elif kind == "ghost":
        posts = [
            {"id": "1", "title": "First", "slug": "first", "html": linking(linked)},
            {"id": "2", "title": "Second", "slug": "second", "html": second},
        ]
        files = {"x.json": ghost(posts, settings=[{"key": "url", "value": f"{site}/"}])}
    elif kind == "substack":
        table = io.StringIO()
        rows = csv.writer(table)
        rows.writerow(["post_id", "title", "post_date", "is_published", "type"])
        for name in ("1.first", "2.second"):
            rows.writerow([name, name, "2021-05-04T08:00:00Z", "true", "newsletter"])
        texts = {"posts/1.first.html": linking(linked, "/p/second"), "posts/2.second.html": second}
        folder.mkdir()
        return zipped(folder / "x.zip", {"posts.csv": table.getvalue(), **texts})
    else:
        bodies = {"first": linking(linked), "second": second}
        texts = {slug: f"---\n{header(slug=slug)}---\n{body}\n" for slug, body in bodies.items()}
        files = site_files(kind, site, texts)
    return written(folder, files)


@pytest.mark.parametrize("kind", ["wordpress", "ghost", "substack", *SITES])
@pytest.mark.parametrize("said_by", ["export", "outlet", "flag"])
def test_links_in_full_to_the_archives_own_hosts_are_inner_links(
    tmp_path: Path, kind: str, said_by: str
) -> None:
    linked = {"export": OLD, "outlet": HOST, "flag": "third.example"}[said_by]
    outlet = Outlet(tmp_path)
    flags = {"hosts": (f"https://{linked}/",)} if said_by == "flag" else {}
    report = imported(outlet, kind, archive(kind, tmp_path / "source", OLD, linked), **flags)
    text = text_of(story(outlet, "first"))
    assert text.count(f"[there]({SECOND})") == 4
    assert f"[gone](http://{linked}/gone/)" in text, "it may be there still"
    assert "[elsewhere](https://x.example/second/)" in text
    assert [left.what for left in report.left if "/gone/" in left.what] != []


def test_what_leads_nowhere_on_the_sites_own_host_stops_nothing(tmp_path: Path) -> None:
    """Its link stays, as one to another site."""
    outlet = Outlet(tmp_path)
    posts = [
        {
            "id": "1",
            "title": f"{OWN}/gone/",
            "slug": "first",
            "html": f'<p><a href="{OWN}/gone/?a&amp;b">gone</a></p>',
        },
        {
            "id": "2",
            "title": "Second",
            "slug": "second",
            "html": '<p><a href="/lost/">lost</a></p>',
        },
    ]
    users = [
        {
            "id": "u1",
            "name": "Ivo",
            "slug": "ivo",
            "bio": "Writes.",
            "website": f"{OWN}/author/ivo-old/",
        }
    ]
    source = tmp_path / "x.json"
    source.write_text(ghost(posts, users=users, settings=[]))
    imported(outlet, "ghost", source)
    assert f"[lost]({OWN}/lost/)" in story(outlet, "second")
    found = {
        (fault.severity, fault.code)
        for fault in check(Options(content=str(outlet.content), now=NOW))
    }
    assert "error" not in {severity for severity, _ in found}
    assert "published," in outlet.rebuild()
    assert "published," in outlet.rebuild(siteurl=OWN)
    links = outlet.html("2021/05/first/").select("article.story[data-slug=first] .story-body a")
    assert [link["href"] for link in links] == [f"{OWN}/gone/?a&b"]


def test_links_of_an_author_lead_to_pages_that_are_here(tmp_path: Path) -> None:
    outlet = Outlet(tmp_path)
    links = " ".join(f"[{name}]({OWN}/{name}/)" for name in ("second", "gone"))
    people = f"ana:\n  name: Ana Ray\n  bio: '{links} [home]({OWN}/)'\n  website: {OWN}/gone/\n"
    files: dict[str, str | bytes] = {
        "_config.yml": "permalink: /:title/\n",
        "_data/authors.yml": people,
        "_posts/2021-05-04-second.md": f"---\n{header(author='ana')}---\nTwo.\n",
    }
    report = imported(outlet, "jekyll", written(tmp_path / "source", files))
    author = (outlet.content / "authors/ana.md").read_text("utf-8")
    assert text_of(author) == "[second](/2021/05/second/) gone [home](/)\n"
    assert "links:" not in author
    assert [left.what for left in report.left if "/gone/" in left.what] != []
    assert outlet.run("check", "--content", "content").returncode == 0


def test_old_pages_of_terms_and_people_lead_on_where_texts_name_them_in_full(
    tmp_path: Path,
) -> None:
    config = f"SITEURL = 'https://{OLD}'\n"
    text = f"---\n{header(author='Ana', tags='Ice')}---\n[ice](http://www.{OLD}/topics/ice/#top)\n"
    found = read_archive("pelican", tmp_path, {"pelicanconf.py": config, "content/a.md": text})
    assert next(term for term in found.terms if term.name == "Ice").addresses == (
        "/tag/ice.html",
        "/topics/ice/",
    )


@pytest.mark.parametrize(
    "host",
    ["old.example", "WWW.Old.Example", "old.example:8080", "a@old.example.", "www.old.example"],
)
def test_a_host_is_known_however_it_is_written(host: str) -> None:
    for given in ("https://old.example/x", "www.old.example", "//old.example:443"):
        assert host in Hosts((given,))
    assert "other.example" not in Hosts(("old.example", "http://[x", ""))
    assert "" not in Hosts(("old.example", "http://[x", ""))


@pytest.mark.parametrize("host", ["", "http://[x", "/old/"])
def test_what_is_no_host_is_refused(tmp_path: Path, host: str) -> None:
    with pytest.raises(NotImported, match="is not a host"):
        imported(Outlet(tmp_path), "ghost", tmp_path, hosts=("old.example", host))


def test_what_the_export_calls_itself_comes_before_what_the_outlet_does() -> None:
    hosts = Hosts(("https://new.example", "further.example"))
    assert hosts.home == "new.example"
    hosts.add("https://www.old.example/blog")
    assert hosts.home == "www.old.example"
