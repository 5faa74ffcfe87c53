"""Proofreads the site before it is published: every link must lead somewhere, and every page must be whole."""

from __future__ import annotations

from msgspec.structs import asdict

from broadside.build.proof.reader import Proofreader, addresses_in
from broadside.content.links import texts_in
from broadside.site import Site
from broadside.urls import file_of


def proofreader(site: Site) -> Proofreader:
    """A proofreader for the files of a site."""

    def said() -> str:
        lists, records = site.content.lists, site.content.records
        named = [entry.data for entry in (*lists.sections, *lists.story_types)]
        told = [
            [
                record.data,
                record.body.html,
                [[p.alt, p.caption, p.credit] for p in record.photos],
                [asdict(c) for c in record.charts],
            ]
            for record in records
        ]
        return "\n".join(texts_in([named, told, dict(site.settings)]))

    def from_elsewhere() -> set[bytes]:
        content = site.content
        moved_in = (record for record in content.records if record.path in content.lenient)
        texts = (text for record in moved_in for text in texts_in([record.data, record.body.html]))
        return {address for text in texts for _, address in addresses_in(text.encode(), site.urls.site.encode())}

    # A feed may know a story by a former address at which no page can stand, and from which the host leads on.
    moved = {file_of(former) for former in site.content.addresses.former}
    urls = site.urls
    return Proofreader(urls.site, urls.root, moved, urls.elsewhere, said, from_elsewhere)
