"""Reads a WordPress export (WXR): one or several XML files, alone or in a folder or zip."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from html import escape, unescape
from urllib.parse import unquote

from msgspec import Struct, field

from broadside.importer import slugify
from broadside_import import wordpress_html
from broadside_import.cards import card_of
from broadside_import.headers import zone_of
from broadside_import.model import (
    Archive,
    ArchiveStory,
    ArchiveTerm,
    Hosts,
    Lack,
    Left,
    Person,
    Picture,
    ReaderOptions,
    Skipped,
)
from broadside_import.readable import json_in, path_in
from broadside_import.source import NotOpened, Source
from broadside_import.wordpress_html import autop
from broadside_import.wxr import ExportItem, WordpressExport, items

NOT_STORIES = re.compile(
    r"(?:attachment|revision|nav_menu_item|custom_css|customize_changeset|oembed_cache|user_request|wp_\w+|acf[-_].*|guest-author|"
    r"feedback|jp_\w+|jetpack\S*|elementor_\S+|wpcf7\S*|mc4wp\S*|tablepress_table|amp_\S+|shop_\S+|product\S*|reply|topic|forum|scheduled-action|"
    r"et_pb_layout|vc_grid_item|ml-slider|ngg_\w+|optionsframework|safecss|postman_sent_mail|polylang_mo|popup\S*|spay\S*|wpforms\S*)"
)
STATUSES = {"publish": "published", "inherit": "published"}
WHY_DRAFT = {"private": "it was private", "future": "it was to come out later"}
SUBTITLES = (
    "subtitle _subtitle wps_subtitle secondary_title _secondary_title kicker dek _dek"
    " standfirst".split()
)
CREDITS = (
    "media_credit _media_credit photo_credit _photo_credit credit _credit photographer"
    " _wp_attachment_source_name".split()
)
IN_METADATA = re.compile(r's:\d+:"(credit|copyright)";s:\d+:"([^"]+)"')
RECORDINGS = ("enclosure", "audio_file")
"""Fields of podcasts: WordPress' own, which most plugins use, and another common one."""
MOST_OLD = 150
"""Old addresses of one story; most are those of its pictures' own pages."""
SHOWN = re.compile(r"\b(?:wp-image-|attachment_)(\d+)")
UPLOAD = re.compile(r"/(?:uploads|files)/([^\s\"'<>?)\]]+)")
SIZED = re.compile(r"(?:-\d+x\d+)?\.\w+$")
BLOCK_REF = re.compile(r"<!--\s*wp:block\s+(\{[^{}]*\})\s*/-->")
REF = re.compile(r'"ref"\s*:\s*([0-9]+)')
FOOTNOTES_BLOCK = re.compile(r"<!--\s*wp:footnotes\b[^<>\n]*/-->")
MOST_REUSED = 200
"""How many blocks are put into one text; one that contains others many times could fill any
machine.
"""
FILE_BUTTON = re.compile(r"(</a>)\s*<a\b(?=[^<>]*\bwp-block-file__button\b)[^<>]*+>[^<>]*</a>")
"""The button beside a link to the same file, whose word would run into the link's."""
DYNAMIC = re.compile(r"<!--\s*wp:([\w/-]+)(?:\s+\{(?:(?!-->|<!--).)*\})?\s*/-->", re.S)
HARMLESS = ("more", "nextpage", "block", "footnotes", "post-title", "post-content", "spacer")


WHOLE_EXPORT = (
    'in WordPress, choose "All content" under Tools, Export, and import that: other exports have no'
    " media"
)


class _Exports(Struct):
    """What the files of an export have in common."""

    export: WordpressExport = field(default_factory=WordpressExport)
    items: list[tuple[str, ExportItem]] = field(default_factory=list)
    by_id: dict[str, ExportItem] = field(default_factory=dict)
    children: dict[str, list[ExportItem]] = field(default_factory=dict)
    by_file: dict[str, str] = field(default_factory=dict)
    """The number of each picture, by its path below the folder of uploads."""
    lacking: Counter[str] = field(default_factory=Counter)
    """How often stories refer to something by a number that no item has, by what it is."""
    shown: set[str] = field(default_factory=set)
    """The numbers of pictures in stories; the first story gets the address of the picture's own
    page.
    """


def read(source: Source, options: ReaderOptions) -> Archive:
    """Everything in a WordPress export."""
    every = _all_items(source)
    archive = Archive(hosts=Hosts(options.hosts), left=every.export.left)
    _site(every, archive)
    _people(every, archive)
    _terms(every, archive)
    _media(every, archive)
    kinds = Counter[str]()
    for file, item in every.items:
        kind = item["wp:post_type"] or "post"
        archive.counted["comments"] = archive.counted.get("comments", 0) + item.comments
        archive.counted["e-mail addresses"] = (
            archive.counted.get("e-mail addresses", 0) + item.mails
        )
        if not NOT_STORIES.fullmatch(kind):
            story = _story(file, item, kind, every, archive)
            if story is not None:
                archive.stories.append(story)
        elif kind not in ("attachment", "revision", "guest-author", "wp_block"):
            kinds[kind] += 1
    for kind, number in kinds.items():
        archive.left.append(
            Left(source.label, 1, f"{number} of the kind {kind}, which are no stories", "nothing")
        )
    alone = sum(
        item["wp:post_type"] == "attachment"
        and bool(item["link"])
        and item["wp:post_id"] not in every.shown
        for _, item in every.items
    )
    if alone:
        archive.left.append(
            Left(
                source.label,
                1,
                f"{alone} pages of pictures and other files that no story shows",
                "nothing",
            )
        )
    archive.lacks = [
        Lack(what, number, WHOLE_EXPORT) for what, number in every.lacking.items() if number
    ]
    if (zone := _timezone(every)) and zone != options.timezone:
        archive.settings["TIMEZONE"] = zone
    return archive


def _all_items(source: Source) -> _Exports:
    names = [name for name in source.names if name.lower().endswith((".xml", ".wxr", ".rss"))] or (
        source.names if len(source.names) == 1 else []
    )
    if not names:
        raise NotOpened(f"{source.label} has no XML file, as WordPress exports them")
    every = _Exports()
    seen: set[tuple[str, str]] = set()
    for name in names:
        for item in items(source.open(name), name, every.export):
            key = (item["wp:post_id"], item["guid"])
            if key in seen and any(key):
                continue
            seen.add(key)
            every.items.append((name, item))
            every.by_id.setdefault(item["wp:post_id"], item)
            every.children.setdefault(item["wp:post_parent"], []).append(item)
            if upload := UPLOAD.search(item["wp:attachment_url"]):
                every.by_file.setdefault(SIZED.sub("", upload[1]), item["wp:post_id"])
    return every


def _site(every: _Exports, archive: Archive) -> None:
    channel = every.export.channel
    for name in ("link", "wp:base_site_url", "wp:base_blog_url"):
        if (address := channel.get(name, "")) and not archive.hosts.add(address):
            told = f"the site's address {address[:150]}, which cannot be read"
            archive.left.append(Left(every.items[0][0] if every.items else "", 1, told, "nothing"))
    for _, item in every.items[:200]:  # an export without its own address, or one that moved
        if item["wp:post_type"] in ("post", "page", ""):
            archive.hosts.add(item["link"])
    site = channel.get("wp:base_blog_url") or channel.get("link", "")
    archive.base = path_in(site).rstrip("/")
    archive.settings["SITENAME"] = unescape(channel.get("title", ""))
    archive.settings["SITESUBTITLE"] = unescape(channel.get("description", ""))
    archive.settings["SITEURL"] = site.rstrip("/")
    archive.settings["DEFAULT_LANG"] = channel.get("language", "")


def _people(every: _Exports, archive: Archive) -> None:
    guests = {
        item.meta.get("cap-user_login", "") or item["wp:post_name"].removeprefix("cap-"): item
        for _, item in every.items
        if item["wp:post_type"] == "guest-author"
    }
    people: dict[str, Person] = {}
    for group, said in every.export.groups:
        if group == "wp:author":
            login = said.get("wp:author_login", "").strip()
            names = (
                said.get("wp:author_first_name", "").strip(),
                said.get("wp:author_last_name", "").strip(),
            )
            name = (
                said.get("wp:author_display_name", "").strip()
                or " ".join(filter(None, names))
                or login
            )
            archive.counted["e-mail addresses"] = archive.counted.get("e-mail addresses", 0) + bool(
                said.get("wp:author_email", "").strip()
            )
            if login:
                people[slugify(login)] = _person(slugify(login), unescape(name), archive.base)
    for login, item in guests.items():
        key = slugify(login)
        photo = every.by_id.get(item.meta.get("_thumbnail_id", ""))
        site = item.meta.get("cap-website", "").strip()
        people[key] = Person(
            key,
            unescape(item.meta.get("cap-display_name", "").strip() or item["title"]),
            key,
            item.meta.get("cap-description", ""),
            (
                Picture(photo["wp:attachment_url"])
                if photo is not None and photo["wp:attachment_url"]
                else None
            ),
            (site,) if site else (),
            (f"{archive.base}/author/{key}/",),
        )
    for _, item in every.items:
        for domain, slug, name in item.categories:
            key = slugify(slug.removeprefix("cap-"))
            if domain == "author" and key and key not in people:
                people[key] = _person(key, unescape(name), archive.base)
        login = item["dc:creator"]
        if login and slugify(login) not in people:
            people[slugify(login)] = _person(slugify(login), login, archive.base)
    archive.people = list(people.values())


def _person(key: str, name: str, base: str) -> Person:
    return Person(key, name, key, addresses=(f"{base}/author/{key}/",))


def _terms(every: _Exports, archive: Archive) -> None:
    parents = {
        said.get("wp:category_nicename", ""): said.get("wp:category_parent", "")
        for group, said in every.export.groups
        if group == "wp:category"
    }
    descriptions = {}
    for group, said in every.export.groups:
        slug = (
            said.get("wp:category_nicename")
            or said.get("wp:tag_slug")
            or said.get("wp:term_slug", "")
        )
        domain = {"wp:category": "category", "wp:tag": "post_tag"}.get(
            group, said.get("wp:term_taxonomy", "")
        )
        about = (said.get(f"wp:{name}_description", "") for name in ("category", "tag", "term"))
        descriptions[f"{domain}:{slug}"] = next(filter(None, about), "")
    terms: dict[str, ArchiveTerm] = {}
    for _, item in every.items:
        for domain, slug, name in item.categories:
            key = f"{domain}:{slug}"
            if (
                domain
                in (
                    "author",
                    "post_format",
                    "nav_menu",
                    "language",
                    "post_translations",
                    "link_category",
                )
                or key in terms
            ):
                continue
            kind = "topic"
            if domain == "category":
                kind = "either"
            above = [slug]
            while (parent := parents.get(above[0], "")) and parent not in above:
                above.insert(0, parent)
            base = {"category": "category", "post_tag": "tag"}.get(domain, domain)
            places = (f"{archive.base}/{base}/{'/'.join(above)}/", f"{archive.base}/{base}/{slug}/")
            addresses = tuple(dict.fromkeys(unquote(place) for place in places))
            terms[key] = ArchiveTerm(
                key,
                unescape(name),
                kind,  # type: ignore[arg-type]
                descriptions.get(key, ""),
                addresses,
            )
    archive.terms = list(terms.values())


def _media(every: _Exports, archive: Archive) -> None:
    for _, item in every.items:
        address = item["wp:attachment_url"]
        if item["wp:post_type"] == "attachment" and address:
            words = dict(IN_METADATA.findall(item.meta.get("_wp_attachment_metadata", "")))
            credit = next(filter(None, (item.meta.get(name, "").strip() for name in CREDITS)), "")
            credit = credit or words.get("credit", "") or words.get("copyright", "")
            alt = item.meta.get("_wp_attachment_image_alt", "").strip()
            archive.media.append(Picture(address, alt, item["excerpt:encoded"], credit))


def _story(
    file: str, item: ExportItem, kind: str, every: _Exports, archive: Archive
) -> ArchiveStory | None:
    status, number = item["wp:status"] or "publish", item["wp:post_id"]
    if status in ("trash", "auto-draft", "spam"):
        reason = "an empty draft"
        if status == "trash":
            reason = f"{item['title'][:80]}: it was in the bin"
        archive.skipped.append(Skipped(f"{file}:{item.line}", reason))
        return None
    body = item.text.get("content:encoded", "")
    if kind not in ("post", "page"):
        what = f"{item['title'][:80]}, of the kind {kind}"
        if _lacks_text(item, body):
            archive.left.append(Left(file, item.line, f"{what}, with no text", "nothing"))
            return None
        archive.left.append(Left(file, item.line, what, "a story"))
    why = WHY_DRAFT.get(status, "") or ("it has a password" if item["wp:post_password"] else "")
    story = ArchiveStory(
        key=number or item["guid"] or item["link"] or f"{file}:{item.line}",
        source=file,
        line=item.line,
        title=item["title"],
        body="",
        date=_date(item),
        dek=next(filter(None, (item.meta.get(name, "").strip() for name in SUBTITLES)), "")
        or item["excerpt:encoded"],
        people=_authors(item),
        terms=_filed(item),
        status="published" if status in STATUSES and not why else "draft",
        why_draft=why,
        slug=unquote(item["wp:post_name"]),
        addresses=_addresses(item, every),
        is_page=kind == "page",
    )
    _add_photo(story, item, every, archive)
    story.body, told = _body(body, item, every)
    _add_recording(story, item)
    archive.left += [
        Left(file, item.line, f"{what} in {story.title[:60]}", kept_as) for what, kept_as in told
    ]
    return story


def _lacks_text(item: ExportItem, body: str) -> bool:
    """Whether a thing of a kind of its own is no story: settings, or hardly a word."""
    if re.match(r"\s*(?:[\[{]\W|[as]:\d+:)", body):
        return True
    if any(item.meta.get(name) for name in RECORDINGS):
        return False
    return len(re.sub(r"<[^<>]+>|\W+", " ", body).split()) < 20


def _add_photo(story: ArchiveStory, item: ExportItem, every: _Exports, archive: Archive) -> None:
    number = item.meta.get("_thumbnail_id", "").strip()
    photo = every.by_id.get(number)
    if number.strip("-0") and photo is None:
        every.lacking["lead pictures"] += 1
        what = (
            f"the picture at the top of {story.title[:60]}, number {number[:20]}, which the export"
            " does not have"
        )
        archive.left.append(Left(story.source, item.line, what, "nothing"))
    if photo is not None and photo["wp:attachment_url"]:
        alt = photo.meta.get("_wp_attachment_image_alt", "").strip()
        story.photo = Picture(photo["wp:attachment_url"], alt, photo["excerpt:encoded"])


def _add_recording(story: ArchiveStory, item: ExportItem) -> None:
    """Give the story its podcast recording or film; WordPress notes the file's size and kind below
    its address.
    """
    address, _, rest = next(
        filter(None, (item.meta.get(name, "").strip() for name in RECORDINGS)), ""
    ).partition("\n")
    address = address.strip()
    found = card_of(address)
    if story.is_page or not re.match(r"https?://", address):
        return
    if found is not None and found.kind == "video":
        if address not in story.body:
            story.body += f'<a data-card="video" href="{escape(found.address)}"></a>'
    elif "audio/" in rest or (found is not None and found.kind == "audio"):
        story.audio = address


def _date(item: ExportItem) -> datetime | None:
    """The publication date, by the site's own clock, with its offset from UTC if the export has
    it.
    """
    local, utc = _moment(item["wp:post_date"]), _moment(item["wp:post_date_gmt"])
    if local and utc:
        offset = round((local - utc) / timedelta(minutes=15)) * timedelta(minutes=15)
        if abs(offset) <= timedelta(hours=14):
            return local.replace(tzinfo=timezone(offset))
    if local or utc:
        return local or (utc.replace(tzinfo=UTC) if utc else None)
    try:
        if item["pubDate"]:
            return parsedate_to_datetime(item["pubDate"])
        return None
    except (ValueError, TypeError, IndexError):
        return None


def _moment(written: str) -> datetime | None:
    match = re.match(r"(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d(?::\d\d)?)", written)
    try:
        if match:
            return datetime.fromisoformat(f"{match[1]}T{match[2]}")
        return None
    except ValueError:  # 0000-00-00, or a day that no month has
        return None


def _timezone(every: _Exports) -> str:
    """A zone that fits nearly all dates, because an export does not name its own; "" if it has no
    moment in UTC.
    """
    published = [item for _, item in every.items if item["wp:status"] == "publish"]
    pairs = [
        (_moment(item["wp:post_date"]), _moment(item["wp:post_date_gmt"])) for item in published
    ]
    return zone_of((utc.replace(tzinfo=UTC), local - utc) for local, utc in pairs if local and utc)


def _authors(item: ExportItem) -> list[str]:
    found = [
        slugify(slug.removeprefix("cap-"))
        for domain, slug, _ in item.categories
        if domain == "author"
    ]
    login = slugify(item["dc:creator"])
    return list(dict.fromkeys(filter(None, found))) or ([login] if login else [])


def _filed(item: ExportItem) -> list[str]:
    keys = [
        f"{domain}:{slug}"
        for domain, slug, _ in item.categories
        if domain not in ("author", "post_format")
    ]
    return list(dict.fromkeys(keys))


def _addresses(item: ExportItem, every: _Exports) -> list[str]:
    link, found = item["link"], []
    if link:
        found.append(link)
    slug = item["wp:post_name"]
    if slug and f"/{slug}" in link:
        found += [link.replace(f"/{slug}", f"/{old}") for old in item.old_slugs if old]
    number = item["wp:post_id"]
    if number:
        found.append(f"/?{'page_id' if item['wp:post_type'] == 'page' else 'p'}={number}")
    if item["guid"].startswith("http"):
        found.append(item["guid"])
    own = []
    if number:
        own = [child["wp:post_id"] for child in every.children.get(number, ())]
    body = item.text.get("content:encoded", "")
    files = (every.by_file.get(SIZED.sub("", file), "") for file in UPLOAD.findall(body))
    named = [item.meta.get("_thumbnail_id", ""), *SHOWN.findall(body), *files]
    for key in dict.fromkeys((*own, *named)):
        picture = every.by_id.get(key)
        if (
            picture is None
            or picture["wp:post_type"] != "attachment"
            or not picture["link"]
            or key in every.shown
        ):
            continue
        if key in own or picture["wp:post_parent"] in ("", "0"):
            every.shown.add(key)
            found.append(picture["link"])
    return list(dict.fromkeys(found))[:MOST_OLD]


# Bodies.


def _body(body: str, item: ExportItem, every: _Exports) -> tuple[str, list[tuple[str, str]]]:
    """A body as HTML, with what was not understood."""
    told: list[tuple[str, str]] = []
    body = _with_reused(body, every, frozenset({item["wp:post_id"]}), told, [])
    body = body.replace("<!--nextpage-->", "")
    has_blocks = "<!-- wp:" in body
    dynamic = [
        name
        for name in dict.fromkeys(DYNAMIC.findall(body))
        if name.removeprefix("core/") not in HARMLESS
    ]
    if dynamic:
        told.append((f"blocks that WordPress fills in itself ({', '.join(dynamic)})", "nothing"))
    body = _with_footnotes(FILE_BUTTON.sub(r"\1", body), item)
    body = wordpress_html.converted(
        body, lambda numbers: _gallery(numbers, item, every, told), told
    )
    return body if has_blocks else autop(body), told


def _with_reused(
    body: str, every: _Exports, above: frozenset[str], told: list[tuple[str, str]], put: list[str]
) -> str:
    """The body with reusable blocks inserted, except into themselves."""

    def put_in(match: re.Match[str]) -> str:
        ref = REF.search(match[1])
        number = ""
        if ref:
            number = ref[1]
        block = every.by_id.get(number)
        put.append(number)
        every.lacking["reusable blocks"] += block is None
        if block is None or number in above or len(above) > 8 or len(put) > MOST_REUSED:
            told.append(
                (
                    f"the reusable block {number}"
                    + (", which holds itself" if number in above else ""),
                    "nothing",
                )
            )
            return ""
        return _with_reused(
            block.text.get("content:encoded", ""), every, above | {number}, told, put
        )

    if "wp:block " in body:
        return BLOCK_REF.sub(put_in, body)
    return body


def _with_footnotes(body: str, item: ExportItem) -> str:
    """The body with the texts of its footnotes, which WordPress stores separately."""
    try:
        notes = json_in(item.meta.get("footnotes", "") or "[]")
        texts = [(str(note["id"]), str(note["content"])) for note in notes]
    except (ValueError, KeyError, TypeError):
        return body
    if not texts:
        return body
    made = "".join(
        f'<li id="{escape(name)}">{text} <a href="#{escape(name)}-link">↩</a></li>'
        for name, text in texts
    )
    block = f'<ol class="wp-block-footnotes">{made}</ol>'
    if FOOTNOTES_BLOCK.search(body):
        return FOOTNOTES_BLOCK.sub(lambda _: block, body, count=1)
    return body + block


def _gallery(
    numbers: list[str], item: ExportItem, every: _Exports, told: list[tuple[str, str]]
) -> str:
    """The pictures of a gallery: those that it names, or all of the story's."""
    lost = [number for number in numbers if number not in every.by_id]
    if lost or not (numbers or every.children.get(item["wp:post_id"])):
        every.lacking["galleries"] += 1
        told.append(
            (
                (
                    "a gallery of which the export does not have"
                    f" {f'{len(lost)} pictures' if lost else 'any picture'}"
                ),
                "nothing",
            )
        )
    named = (
        [every.by_id.get(number) for number in numbers]
        if numbers
        else every.children.get(item["wp:post_id"], [])
    )
    pictures: list[str] = []
    for each in named:
        if each is not None and re.search(
            r"\.(?:jpe?g|png|gif|webp|avif)$", each["wp:attachment_url"], re.I
        ):
            alt, caption = each.meta.get("_wp_attachment_image_alt", ""), each["excerpt:encoded"]
            below = f"<figcaption>{caption}</figcaption>" if caption else ""
            pictures.append(
                f'<figure><img src="{escape(each["wp:attachment_url"])}"'
                f' alt="{escape(alt)}">{below}</figure>'
            )
    return f"<div data-gallery>{''.join(pictures)}</div>"
