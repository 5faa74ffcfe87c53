"""A build of the site from beginning to end, run by Pelican (the setting PELICAN_CLASS).

Pelican loads the settings and the plugins, and shows the site's stories and pages to plugins that were made for it: they see real
articles, and whatever they write becomes part of the site. How files are read, checked and written is ours.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Template
from pelican import Pelican
from pelican.generators import ArticlesGenerator, Generator, PagesGenerator
from pelican.plugins import signals as pelicans
from pelican.writers import Writer

from broadside.build.by_others import Watch
from broadside.build.proof import proofreader
from broadside.build.render import Renderer, of_theme
from broadside.build.tree import Tree
from broadside.build.write import Written, write
from broadside.content.content import Content
from broadside.content.read import read_cached
from broadside.dates import DATES
from broadside.faults import FaultsFound
from broadside.markdown.typography import is_rtl
from broadside.site import Site, signals
from broadside.site.arrange import arrange
from broadside.site.page import Bundle, Page
from broadside.site.story import FromRecord, complete_digests
from broadside.site.texts import Texts
from broadside.store import Store
from broadside.words import equip


class Build(Pelican):
    """Pelican with our way from the content to the site."""

    site: Site
    renderer: Renderer
    tree: Tree
    written: Written

    def run(self) -> None:
        """Build the site; raises FaultsFound, before anything is written, if the content has errors."""
        settings, self._environment = self.settings, self._environment_of_theme()
        output, store = Path(self.output_path), Store(Path(settings["CACHE_PATH"]))
        self.tree = Tree(Path(settings.get("LIVE_PATH") or output), output, store)

        content, options, cache = read_cached(settings, store)
        cache.save()
        self.check(content)

        self.site = site = arrange(content, options, settings, cache, Texts(self._environment))
        equip(self._environment, site.words)
        site.filters |= DATES | {"body": site.texts.body, "is_rtl": is_rtl}
        signals.arranged.send(site)
        added = self._shown_to_plugins_for_pelican()
        complete_digests([*site.every_story, *site.plain_pages])

        files = [file for _, files in signals.pages.send(site) for file in files or ()]
        self.renderer = renderer = Renderer(self._environment, site)
        self.written = write(
            [*added, *(file for file in files if isinstance(file, Page))],
            [file for file in files if isinstance(file, Bundle)],
            self.tree,
            digest_of=renderer.digest,
            render=renderer.render,
            prepare=renderer.compile_templates,
            proof=proofreader(site),
            jobs=settings.get("JOBS", 1),
        )
        if self.tree.is_in_place:
            store.keep_pages(self.written.files, self.written.dropped, {})

    def check(self, content: Content) -> None:
        """Raise FaultsFound if the content has errors."""
        if content.broken:
            raise FaultsFound(content.faults)

    def _environment_of_theme(self) -> Any:
        """One environment for all templates: that of Pelican's generators, which the theme's own one takes the place of."""
        places = {"path": self.path, "theme": self.theme, "output_path": self.output_path}
        return of_theme(Generator({}, self.settings, **places).env)

    def _shown_to_plugins_for_pelican(self) -> list[Page]:
        """Have Pelican's generators show the stories and pages to plugins that were made for Pelican; return what these write."""
        self._added: list[Page] = []
        self._watch = Watch(Path(self.output_path))
        pelicans.generator_init.connect(self._share_environment)
        super().run()
        self._watch.tell()
        return self._added

    def _share_environment(self, generator: Generator) -> None:
        generator.env = self._environment
        self._watch.meets(generator.context)

    # Pelican has no public way to replace its two generators, or to be told of its writer.

    def _get_generator_classes(self) -> list[Any]:
        ours = {
            ArticlesGenerator: partial(Stories, contents=[*self.site.stories[::-1], *self.site.others]),
            PagesGenerator: partial(PlainPages, contents=self.site.plain_pages),
        }
        return [ours.get(kind, kind) for kind in super()._get_generator_classes()]

    def _get_writer(self) -> Writer:
        return Collector(self.output_path, self.settings, self._added)


class FromSite:
    """A generator of Pelican's whose articles or pages were made already; `contents` are these."""

    contents: Iterable[FromRecord]
    context: dict[str, Any]

    def get_files(self, *_: Any, **__: Any) -> list[str]:
        """The path of each."""
        self._by_path = {content.record.path: content for content in self.contents}
        return list(self._by_path)

    def get_cached_data(self, path: str, default: Any = None) -> Any:
        """The article or page of a path."""
        return self._by_path.get(path, default)

    def cache_data(self, path: str, data: Any) -> None:
        """Keep nothing."""

    def check_disabled_readers(self) -> None:
        """Do nothing: no file is read here."""


class Stories(FromSite, ArticlesGenerator):
    """Shows the stories; their pages are written by the plugin stories."""

    def generate_pages(self, _writer: Writer) -> None:
        """Write nothing, but tell plugins of each story that will be written."""
        if pelicans.article_generator_write_article.receivers:
            for story in self.contents:
                pelicans.article_generator_write_article.send(self, content=story)


class PlainPages(FromSite, PagesGenerator):
    """Shows the plain pages; they are written by the plugin stories."""

    def generate_output(self, writer: Writer) -> None:
        """Write nothing, but tell plugins of each page that will be written."""
        for page in self.contents:
            pelicans.page_generator_write_page.send(self, content=page)
        pelicans.page_writer_finalized.send(self, writer=writer)


class Collector(Writer):
    """Pelican's writer, which collects the pages of plugins that were made for Pelican."""

    def __init__(self, output_path: str, settings: dict[str, Any], pages: list[Page]) -> None:
        super().__init__(output_path, settings)
        self._pages = pages

    def add_data(self, name: str, data: bytes) -> None:
        """Add a file whose bytes are known."""
        self._pages.append(Page(name, data))

    def write_file(self, name: str, template: Template, _context: dict[str, Any], *_: Any, **values: Any) -> None:
        """Add a page; of Pelican's own arguments, none changes what it shows."""
        ours = {"relative_urls", "paginated", "template_name", "override_output", "url"}
        shown = {key: value for key, value in values.items() if key not in ours}
        self._pages.append(Page(name, str(template.name).removesuffix(".html"), shown))
