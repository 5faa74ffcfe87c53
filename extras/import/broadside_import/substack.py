"""Reads a Substack export: the zip with posts.csv and a folder of HTML."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from datetime import UTC, datetime
from typing import Any

from bs4 import Tag

from broadside_import.cards import card_of
from broadside_import.model import (
    Archive,
    ArchiveStory,
    ArchiveTerm,
    Hosts,
    Left,
    ReaderOptions,
    Skipped,
)
from broadside_import.readable import decoded, element, json_in, soup_of
from broadside_import.source import NotOpened, Source
from broadside_import.tidy import attribute, words_of

DROPPED = (
    ".subscription-widget-wrap, .subscription-widget-wrap-editor, .subscription-widget,"
    " .subscribe-widget, .paywall-jump, .paywall, .poll-embed, .image-link-expand,"
    " .footnote-hovercard, .community-chat, .directMessage, .install-substack-app-embed,"
    " .header-anchor-parent"
)
"""What Substack adds to a text to advertise itself."""
BUTTONS = re.compile(
    r"(?:/subscribe|/share|action=share|utm_source=substack|%%\w+%%|/leaderboard|/comments)"
)
ADDRESSES: dict[str, str] = {
    "youtube-wrap": "https://www.youtube.com/watch?v={videoId}",
    "youtube2": "https://www.youtube.com/watch?v={videoId}",
    "vimeo-wrap": "https://vimeo.com/{videoId}",
    "spotify-wrap": "{url}",
    "soundcloud-wrap": "{url}",
    "apple-podcast-container": "{url}",
    "tiktok-wrap": "{url}",
}
POSTS = "tweet twitter-embed instagram instagram-embed bluesky-wrap comment note-embed".split()
Said = dict[str, Any]


def read(source: Source, options: ReaderOptions) -> Archive:
    """Everything in a Substack export."""
    table = next((name for name in source.names if name.rpartition("/")[2] == "posts.csv"), "")
    if not table:
        raise NotOpened(f"{source.label} has no posts.csv, as Substack exports it")
    folder = table.removesuffix("posts.csv")
    archive = Archive(hosts=Hosts(options.hosts), roots=("", folder.rstrip("/")))
    text = decoded(source.read(table)).replace("\0", "")
    csv.field_size_limit(max(csv.field_size_limit(), len(text)))
    try:
        rows = list(csv.DictReader(io.StringIO(text, newline="")))
    except csv.Error as problem:
        raise NotOpened(f"{table} cannot be read as CSV ({problem})") from None
    files = {
        name.removeprefix(f"{folder}posts/").partition(".")[0]: name
        for name in source.names
        if name.endswith(".html")
    }
    archive.counted["e-mail addresses"] = sum(
        max(0, source.read(name, 500_000_000).count(b"\n") - 1)
        for name in source.names
        if re.search(r"email_list|subscribers", name) and name.endswith(".csv")
    )
    for line, row in enumerate(rows, 2):
        _take(row, line, table, files, source, archive)
    _own_host(archive)
    return archive


def _take(  # noqa: PLR0913, PLR0917 -- a row, and all around it
    row: dict[str, str],
    line: int,
    table: str,
    files: dict[str, str],
    source: Source,
    archive: Archive,
) -> None:
    name = row.get("post_id") or ""
    number, _, slug = name.partition(".")
    title = row.get("title") or ""
    file = files.get(number, "")
    kind = (row.get("type") or "newsletter").lower()
    if kind == "thread" or (not file and not title):
        archive.skipped.append(
            Skipped(
                f"{table}:{line}",
                f"{title or name}:"
                f" {'a thread of comments' if kind == 'thread' else 'it has no text'}",
            )
        )
        return
    told: list[tuple[str, str]] = []
    body = ""
    if file:
        body = html_of(decoded(source.read(file)), told)
    if (row.get("podcast_url") or "").strip():
        body = f'<a data-card="audio" href="{row["podcast_url"].strip()}">{title}</a>{body}'
    is_published = (row.get("is_published") or "").lower() == "true"
    audience = (row.get("audience") or "everyone").lower()
    is_free = audience in ("everyone", "free", "")
    archive.stories.append(
        ArchiveStory(
            key=number or name,
            source=file or table,
            line=1 if file else line,
            title=title,
            body=body,
            date=_moment(row.get("post_date") or row.get("email_sent_at") or ""),
            dek=row.get("subtitle") or "",
            status="published" if is_published and is_free else "draft",
            why_draft="it was for paying subscribers only" if is_published and not is_free else "",
            slug=slug,
            addresses=[f"/p/{slug}"] if slug else [],
            is_page=kind == "page",
            terms=["podcast"] if kind == "podcast" else [],
        )
    )
    if kind == "podcast" and not any(term.key == "podcast" for term in archive.terms):
        archive.terms.append(ArchiveTerm("podcast", "Podcast", "either"))
    archive.left += [Left(file, 1, what, kept_as) for what, kept_as in told]


def _moment(written: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(written.strip())
    except ValueError:
        return None
    if moment.tzinfo:
        return moment
    return moment.replace(tzinfo=UTC)


def _own_host(archive: Archive) -> None:
    """Find the outlet's own host, which the export does not name: the one with most links to
    /p/….
    """
    hosts: Counter[str] = Counter()
    slugs = {story.slug for story in archive.stories}
    for story in archive.stories:
        for address, slug in re.findall(r'href="(https?://[^"/]+)/p/([\w-]+)', story.body):
            if slug in slugs:
                hosts[address.lower()] += 1
    for address, _ in hosts.most_common():
        if not address.endswith("//open.substack.com"):
            archive.hosts.add(address)


# The HTML that Substack's editor makes.


def html_of(html: str, told: list[tuple[str, str]]) -> str:
    """The HTML with Substack's widgets in the forms of model.py."""
    soup = soup_of(html)
    dropped = soup.select(DROPPED)
    for widget in dropped:
        if not widget.decomposed:
            widget.decompose()
    if dropped:
        told.append(
            (f"{len(dropped)} boxes in which Substack asks to subscribe or to vote", "nothing")
        )
    for widget in soup.find_all(["div", "p", "a", "iframe"], attrs={"data-attrs": True}):
        if not widget.decomposed and widget.parent is not None:
            _widget(widget, told)
    for quote in soup.select("div.pullquote"):
        quote.name, quote["data-pullquote"] = "blockquote", "1"
    for verse in soup.select("pre.text, div.preformatted-block pre"):
        verse["class"] = "verse"
    for image in soup.find_all("img", attrs={"data-attrs": True}):
        said = _said(image)
        image["src"] = said.get("src") or attribute(image, "src")
        image["alt"] = said.get("alt") or said.get("title") or attribute(image, "alt")
    return str(soup)


def _said(widget: Tag) -> Said:
    try:
        said = json_in(attribute(widget, "data-attrs"))
    except ValueError:
        return {}
    if isinstance(said, dict):
        return {
            key: value if isinstance(value, str | dict | list) else ""
            for key, value in said.items()
        }
    return {}


def _widget(widget: Tag, told: list[tuple[str, str]]) -> None:
    said, names = _said(widget), attribute(widget, "class").split()
    address = str(said.get("url") or said.get("src") or "")
    pattern = next((ADDRESSES[name] for name in names if name in ADDRESSES), "")
    if pattern:
        given = {"videoId": said.get("videoId", ""), "url": address or attribute(widget, "src")}
        named = (said.get("title"), said.get("subtitle") or said.get("podcastTitle"))
        address, title = pattern.format_map(given), " – ".join(str(each) for each in named if each)
        card = _card(address, title)
        widget.replace_with(card if card is not None else _link(address, title or address))
    elif "button-wrapper" in names or "button" in names:
        address, words = str(said.get("url") or ""), str(said.get("text") or words_of(widget))
        if not address or BUTTONS.search(address):
            widget.decompose()
        else:
            widget.replace_with(_link(address, words or address))
    elif any(name in names for name in POSTS):
        _post(widget, said)
    elif any(
        "embedded-post" in name or "digest-post" in name or "embedded-publication" in name
        for name in names
    ):
        _other_post(widget, said)
    elif "image-gallery-embed" in names:
        _gallery(widget, said)
    elif "file-embed-wrapper" in names or "latex-rendered" in names:
        words = str(said.get("persistentExpression") or said.get("filename") or words_of(widget))
        widget.replace_with(element("p", words))
    elif not words_of(widget) and widget.name == "div" and not widget.find("img"):
        kept_as = f"a link to {address[:80]}" if address else "nothing"
        told.append((f"a box of Substack's ({' '.join(names)[:60]})", kept_as))
        if address.startswith("http"):
            widget.replace_with(_link(address, str(said.get("title") or address)))


def _card(address: str, words: str) -> Tag | None:
    found = card_of(address)
    if found is not None:
        return element("a", words, href=found.address, data_card=found.kind)
    return None


def _link(address: str, words: str) -> Tag:
    return element("p", element("a", words, href=address))


def _name(said: Said) -> str:
    """The author of an embedded post."""
    user = said.get("user")
    names = (said.get(key) for key in ("name", "author_name", "authorName", "username"))
    return str(
        next(filter(None, names), "") or (user.get("name") if isinstance(user, dict) else "") or ""
    )


def _post(widget: Tag, said: Said) -> None:
    """The words of an embedded post as a quotation, above its card."""
    instagram = str(said.get("instagram_id") or "")
    if instagram:
        address = f"https://www.instagram.com/p/{instagram}/"
    else:
        address = str(said.get("url") or "")
    quoted = said.get("quoted_tweet")
    lines: list[str] = []
    for each in (said, quoted if isinstance(quoted, dict) else {}):
        text = str(
            each.get("full_text") or each.get("text") or each.get("title") or each.get("body") or ""
        )
        lines += [*text.split("\n"), f"— {_name(each)}" if _name(each) else ""]
    card = _card(address, _name(said))
    if card is None and address.startswith("https://"):
        card = element("a", _name(said), href=address, data_card="post")
    if card is not None:
        widget.insert_after(card)
    widget.replace_with(
        element("blockquote", *(element("p", line) for line in lines if line.strip()))
    )


def _other_post(widget: Tag, said: Said) -> None:
    address = str(
        said.get("canonical_url")
        or said.get("post_url")
        or said.get("base_url")
        or said.get("url")
        or ""
    )
    address = address or attribute(widget.find("a", href=True) or Tag(name="a"), "href")
    title = str(
        said.get("title")
        or said.get("post_title")
        or said.get("name")
        or words_of(widget)
        or address
    )
    if address.startswith("http"):
        about = [
            str(said.get(key) or "") for key in ("caption", "truncated_body_text", "hero_text")
        ]
        by = " – ".join(
            str(said[key]) for key in ("publication_name", "author_name") if said.get(key)
        )
        widget.insert_after(*(element("p", words) for words in (*about, by) if words))
        widget.replace_with(_link(address.partition("?utm_")[0], title))


def _gallery(widget: Tag, said: Said) -> None:
    found = said.get("gallery")
    gallery = {}
    if isinstance(found, dict):
        gallery = found
    there = gallery.get("images")
    images = []
    if isinstance(there, list):
        images = [each for each in there if isinstance(each, dict)]
    pictures = (
        element("img", src=image["src"], alt=str(image.get("alt") or ""))
        for image in images
        if isinstance(image.get("src"), str)
    )
    caption = str(gallery.get("caption") or "")
    widget.replace_with(
        element("div", *pictures, *([element("p", caption)] if caption else ()), data_gallery="")
    )
