"""./inv publish: makes the last production build live at a target and notifies hubs, or brings an
earlier release back.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from urllib.parse import urlsplit

from msgspec import Struct

from broadside.build.release import KeptReleases, Release, ready, why_older
from broadside.build.staging import Staging
from broadside.config.destinations import (
    AnyDestination,
    Bucket,
    Destination,
    Folder,
    Server,
    destination,
)
from broadside.config.files import LIVE
from broadside.config.options import Options, settings_in
from broadside.doors import load
from broadside.faults import count
from broadside.folders import OUTLET
from broadside.git import checked_out, commit_of, is_ancestor
from broadside.publish import readers
from broadside.publish.api import ServiceRefused, as_form, as_json, sent
from broadside.publish.plan import NEW_PAGES, Plan, plan
from broadside.publish.target import Live, Overtaken, Target
from broadside.settings import Settings
from broadside.site.policies import FEEDS
from broadside.terminal import say

ROUNDS = 3
"""How often to try if another release keeps going live first."""
WHOLE = (
    "if the clone is shallow, fetch the whole history (git fetch --unshallow, or fetch-depth: 0 in"
    " a workflow)"
)
AT_ONCE = 10_000
"""How many addresses IndexNow accepts at once."""


class NotPublished(Exception):
    """Nothing was published, and readers see what they saw before; the message says why."""


class Older(NotPublished):
    """The live release is newer."""


class Unlike(Exception):
    """The release was published, but readers do not get the right files; the message says what they
    get.
    """


class Publishing(Struct):
    """One call of the command. `options` name the output and the content; `force` also publishes
    what is older than the live release or has uncommitted changes; `dry` changes nothing.
    """

    options: Options
    name: str
    force: bool = False
    dry: bool = False

    def publish(self) -> str:
        """Publish what the last production build made; returns a line on what was done.

        Raises NotPublished or Unlike.
        """
        started = time.monotonic()
        where, options = self._destination(), self.options
        staging = Staging(options.output_path, options.cache_path, options.content_path, OUTLET)
        # Otherwise a build could change pages meanwhile: they would go live with digests that are
        # wrong, and later runs trust those.
        with staging.read(lambda: say("A build of this output is running; waiting for it …")):
            ours, todo, done = self._put_live(where)
        if self.dry:
            return _listed(todo)
        checked = self._checked(
            done, where, ours.head.siteurl, readers.chosen(todo, ours.files, where.check)
        )
        for line in tell_others(todo, ours.head.siteurl, settings_in(LIVE, judged=True)):
            say(line)
        return f"{checked}; {time.monotonic() - started:.1f} s"

    def _put_live(self, where: AnyDestination) -> tuple[Release, Plan, str]:
        """The release in the output, the changes that the target needed, and a line on what was
        done; a dry run does nothing.
        """
        ours = ready(self.options, even_dirty=self.force)
        say(f"{ours.head}, {count(len(ours.files), 'file')}, for {ours.head.siteurl}")
        stories = self.options.content_path
        here = checked_out(stories)
        if here and here != ours.head.commit and is_ancestor(stories, ours.head.commit, here):
            say(
                "There are newer commits that are not in it: ./inv build --production includes them"
            )
        target = self._target(where)
        for _ in range(ROUNDS):
            live = target.live()
            self._refuse_older(ours, live)
            todo = plan(target.files(live, ours), ours.files)
            say(
                f"{self.name}: {todo}"
                + (f"; live is {live.head}" if live else "; nothing is live there")
            )
            try:
                return ours, todo, "" if self.dry else self._send(target, live, ours, todo)
            except Overtaken:
                say("Another release went live meanwhile; looking again …")
        raise NotPublished(f"other releases keep going live at {self.name}; try again later")

    def roll_back(self, steps: int) -> str:
        """Make live an earlier release, so many steps back; returns a line on what was done.

        Raises NotPublished or Unlike.
        """
        started = time.monotonic()
        where = self._destination()
        target = self._target(where)
        live = target.live()
        if live is None:
            raise NotPublished(f"nothing is live at {self.name}")
        if not 1 <= steps <= len(live.earlier):
            other = (
                ""
                if live.earlier
                else "; revert the commit that was wrong instead, build and publish"
            )
            raise NotPublished(
                f"{self.name} keeps {count(len(live.earlier), 'release')} before the one that is"
                f" live{other}"
                + "".join(
                    f"\n  --rollback {at} would bring back {head}"
                    for at, head in enumerate(live.earlier, 1)
                )
            )
        head = live.earlier[steps - 1]
        if self.dry:
            return f"Would bring back {head} in place of {live.head}."
        before = target.files(live, None)
        try:
            target.bring_back(live, head)
        except Overtaken:
            raise NotPublished(
                "another release went live meanwhile; see what is live now"
            ) from None
        done = f"Brought back {head} in place of {live.head} in {time.monotonic() - started:.1f} s"
        now = target.live()
        after = target.files(now, None) if now else {}
        return self._checked(
            done, where, head.siteurl, readers.chosen(plan(before, after), after, where.check)
        )

    def _send(self, target: Target, live: Live | None, ours: Release, todo: Plan) -> str:
        if live and not todo:
            if ours.head.commit != live.head.commit:
                target.renew(live, ours.head.instead_of(live.head))
            return "Nothing to publish: what is live is the same"
        target.send(live, ours.after(live.head if live else None), todo)
        return f"Published {ours.head} to {self.name}"

    def _refuse_older(self, ours: Release, live: Live | None) -> None:
        """Raise Older if the live release is newer; with --force, only say so."""
        if live is None:
            return
        stories, theirs = self.options.content_path, live.head.commit
        if ours.head.commit and theirs and not commit_of(stories, theirs):
            say(
                f"Git finds no commit {theirs[:10]}, which is live, in {stories}, so the clocks of"
                f" the builds say which is newer; {WHOLE}"
            )
        reason = why_older(ours.head, live.head, partial(is_ancestor, stories))
        if reason and not self.force:
            raise Older(f"{reason}. To publish it all the same: --force")
        if reason:
            say(f"Older, and published all the same: {reason}")

    def _checked(
        self, done: str, where: Destination, siteurl: str, wanted: Mapping[str, str]
    ) -> str:
        """Check what readers get, and add the result to the line on what was done; raises Unlike if
        it is not the release.
        """
        url = where.url or siteurl
        if not wanted:
            return f"{done}; nothing was fetched to compare"
        wrong = readers.differences(url, wanted, where.wait)
        if wrong:
            raise Unlike(
                "\n  ".join([f"{done}, but {url} does not show what was published:", *wrong])
            )
        return f"{done}; {count(len(wanted), 'file')} fetched from {url} and compared"

    def _destination(self) -> AnyDestination:
        settings = settings_in(LIVE, judged=True)
        load(settings.PLUGINS)  # they say with which types files are sent
        return destination(self.name, settings.TARGETS)

    def _target(self, where: AnyDestination) -> Target:
        """The target of a destination; the code of each kind is loaded only when needed."""
        output, kept = self.options.output_path, self.options.cache_path / "published"
        releases = KeptReleases(kept)
        if isinstance(where, (Server, Folder)):
            from broadside.publish.rsync import Releases, Rsync

            if isinstance(where, Server):
                return Rsync(where, output, releases)
            return Releases(where, output, releases)
        if isinstance(where, Bucket):
            from broadside.publish.s3 import S3

            return S3(where, output)
        from broadside.publish.pages import Pages

        return Pages(where, output, kept / f"{self.name}.git", releases)


def _listed(todo: Plan) -> str:
    lines = [
        *(f"upload {path}" for path in todo.all_put),
        *(f"delete {path}" for path in todo.delete),
    ]
    return "\n".join([*lines, "Nothing was changed: this was a dry run."])


def tell_others(todo: Plan, siteurl: str, settings: Settings) -> Iterator[str]:
    """Notify the feeds' hub (https://www.w3.org/TR/websub/) and search engines
    (https://www.indexnow.org/documentation), if the settings name them; yields a line on each.

    A failure is only a line too, because the site is live all the same.
    """
    hub, key = settings.WEBSUB_HUB, settings.INDEXNOW_KEY
    feeds = [
        readers.address(siteurl, path)
        for path in todo.all_put
        if path.rpartition("/")[2] in (*FEEDS, "feed.json")
    ]
    if hub and feeds:
        fields = [("hub.mode", "publish"), *(("hub.url", url) for url in feeds)]
        yield _said_when_told(
            f"{hub} was told of {count(len(feeds), 'feed')}", partial(sent, hub, as_form(fields))
        )
    pages = [readers.address(siteurl, path) for path in _found_or_gone(todo)][:AT_ONCE]
    if key and pages:
        said = {
            "host": urlsplit(siteurl).hostname,
            "key": key,
            "keyLocation": f"{siteurl}/{key}.txt",
            "urlList": pages,
        }
        where = str(settings.INDEXNOW_URL)
        yield _said_when_told(
            f"{where} was told of {count(len(pages), 'page')}", partial(sent, where, as_json(said))
        )


def _found_or_gone(todo: Plan) -> Iterable[str]:
    """New and deleted pages.

    Changed pages are left out: one new story changes the rails of hundreds.
    """
    new = [path for path in todo.put[NEW_PAGES] if path not in readers.NOT_FOR_READERS]
    return [*new, *(path for path in todo.delete if path.endswith(".html"))]


def _said_when_told(done: str, tell: Callable[[], object]) -> str:
    try:
        tell()
    except ServiceRefused as problem:
        return f"The site is live, but others were not told: {problem}"
    return done
