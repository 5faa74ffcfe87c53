"""A content folder that tries every way out: links, devices, pipes, odd names, and addresses that
climb.
"""

from __future__ import annotations

import json
import os
import socket
from contextlib import suppress
from pathlib import Path

from tests.sample import Outlet

SECRET = "the-key-to-the-archive"
CLIMBING = (
    *(
        "../../outside/secret.md",
        "../outside/secret.md",
        "/etc/passwd",
        "/proc/self/environ",
        "/dev/zero",
        "file:///etc/passwd",
    ),
    *(
        "%2e%2e/%2e%2e/outside/secret.md",
        "..%2f..%2foutside%2fsecret.md",
        "..\\..\\outside\\secret.md",
        "photos/../../outside/x",
    ),
    *(
        "articles/linked/secret.md",
        "//outside/secret.md",
        "PHOTOS/harbour.jpg",
        "photos/./../../outside/picture.jpg",
        "~/secret",
    ),
)


def outside(path: Path) -> Path:
    """A folder beside the content folder with what nobody may see; gives the folder."""
    (path / "outside").mkdir()
    (path / "outside" / "secret.md").write_text(f"---\ntitle: {SECRET}\n---\n{SECRET}\n")
    (path / "outside" / "sections.yml").write_text("- name: Europe\n")
    made = Outlet(path / "elsewhere")
    made.photo("picture.jpg").rename(path / "outside" / "picture.jpg")
    return path / "outside"


def escaping(made: Outlet) -> None:
    """Put every attempt into an outlet's content folder; `outside` stands beside it."""
    content, away = made.content, made.path / "outside"
    articles, photos = content / "articles", content / "photos"
    links(content, away)
    os.mkfifo(articles / "pipe.md")
    os.mkfifo(photos / "pipe.jpg")
    # a path may be too long for one
    with socket.socket(socket.AF_UNIX) as server, suppress(OSError):
        server.bind(str(articles / "talk.md"))
    with suppress(PermissionError):  # only root makes devices
        os.mknod(articles / "zero.md", 0o20600, os.makedev(1, 5))
        os.mknod(photos / "zero.jpg", 0o20600, os.makedev(1, 5))
    for number, name in enumerate(names()):
        with suppress(OSError):  # a file system may know better
            (articles / os.fsdecode(name)).write_text(f"---\ntitle: Odd {number}\n---\n")
    deep = articles
    for _ in range(60):
        deep /= "deep"
        deep.mkdir()
    (deep / "down.md").write_text("---\ntitle: Deep\n---\n")
    front = {"alt": "A.", "credit": "B."}
    for number, way in enumerate(CLIMBING):
        made.story(f"lead-{number}", photo=way, **front)
        made.story(
            f"text-{number}",
            body=f'![A.]({way}){{credit="B"}}\n\n[x]({way})\n\n[y]({{filename}}{way})\n',
        )
        made.story(
            f"other-{number}",
            body=f"[a]({{static}}{way})\n\n[b]({{attach}}{way})\n\n[c]: {way}\n\n[d][c]\n",
        )
        made.story(
            f"keys-{number}",
            template=way,
            url=way,
            save_as=way,
            redirect_from=[way],
            related=[way],
            lang=way,
        )
        made.write(
            f"articles/slug-{number}.md", f"---\ntitle: A\nslug: {json.dumps(way)}\n---\nBody.\n"
        )
        made.author(f"author {number}", f"[x]({{filename}}{way})", portrait=way, alt="A.")


def links(content: Path, away: Path) -> None:
    """Symbolic links of every kind and at every place, and a hard link, which is a file like any
    other.
    """
    (content / "articles" / "linked").symlink_to(away)
    (content / "articles" / "relative").symlink_to("../../outside")
    (content / "articles" / "secret.md").symlink_to(away / "secret.md")
    (content / "articles" / "itself").symlink_to("itself")
    (content / "articles" / "up").symlink_to("..")
    (content / "authors" / "secret.md").symlink_to(away / "secret.md")
    (content / "photos" / "picture.jpg").symlink_to(away / "picture.jpg")
    (content / "photos" / "etc").symlink_to("/etc")
    (content / "front_page.yml").symlink_to(away / "sections.yml")
    (content / "permalinks.txt").symlink_to("/etc/passwd")
    (content / "README.md").symlink_to(away / "secret.md")
    (content / ".hidden.md").symlink_to(away / "secret.md")
    (content / "articles" / "nowhere.md").symlink_to("/nowhere")
    (content / "pages").mkdir(exist_ok=True)
    (content / "pages" / "environ.md").symlink_to("/proc/self/environ")


def names() -> list[bytes]:
    """Names of files that something might stumble over."""
    return [
        *(
            b"new\nline.md",
            b"\xff\xfe.md",
            b"tab\t.md",
            b"esc\x1b[31m.md",
            b"-rf.md",
            b"$(id).md",
            b"`id`.md",
            b"%2e%2e.md",
        ),
        *(
            "\u202egnp.md".encode(),
            b"a" * 252 + b".md",
            b"..md",
            b" .md",
            b"con.md",
            b"a\\b.md",
            "é.md".encode(),
            "e\u0301.md".encode(),
        ),
    ]
