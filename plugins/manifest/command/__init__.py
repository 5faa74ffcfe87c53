"""The commands sign and verify."""

from __future__ import annotations

import os

from invoke.context import Context
from invoke.exceptions import Exit
from invoke.tasks import task

from broadside.commands.ending import NOW, WHERE, ending, explain_where_a_flag_stands
from broadside.config.options import Options, settings_in
from broadside.folders import OUTLET

MENU = {
    "Publish": {
        "sign": "Sign the built site for readers",
        "verify": "Check that readers get what's signed",
    }
}
SEEN = ".cache/seen-releases.json"
KEY = "BROADSIDE_SIGNING_KEY"


@task(
    help={
        "key": f"the private key, or the public one of a key in an agent (default: {KEY})",
        "live": "where the releases before it are listed, if not at the site's own address",
        "first": "begin the list of releases anew; readers who know the old one are told",
        "force": "also sign what was built with uncommitted changes",
        "now": NOW,
        "output": WHERE["output"],
        "content": WHERE["content"],
    }
)
def sign(
    c: Context,
    key: str = "",
    live: str = "",
    first: bool = False,
    force: bool = False,
    now: str = "",
    output: str = "",
    content: str = "",
) -> None:
    """Sign what the last ./inv build --production made, so that readers can check it.

    The list of the releases before it is read from the live site. Then publish as usual.
    """
    from broadside.build.release import NotReady
    from broadside.plugins.manifest.command.signing import NotSigned, Signing
    from broadside.plugins.manifest.verify import Wrong

    options = Options(content, output, production=True, now=now)
    signing = Signing(options, key or os.environ.get(KEY, ""), live, even_dirty=force)
    with ending(NotReady, NotSigned, Wrong, says="Nothing was signed: "):
        print(signing.sign(is_first=first))


@task(
    positional=["site"],
    help={
        "site": "the address of the site",
        "key": "its public key, or a file with keys (default: SIGNED_BY)",
    },
)
def verify(c: Context, site: str, key: str = "") -> None:
    """Say whether readers of a site get what was published and signed.

    The exit code is 1 if a file was changed, 2 if the site cannot be asked, 3 if the signature is
    not by the key, 4 if a release was removed, and 5 if the list of releases skips a link. Which
    release you saw is noted in .cache, so that the next run notices if it is gone.
    """
    explain_where_a_flag_stands(site, "verify")
    from broadside.plugins.manifest.settings import ManifestSettings
    from broadside.plugins.manifest.verify import UNREACHABLE, Wrong, keys_in
    from broadside.plugins.manifest.verify import verify as verified

    with ending(OSError, code=UNREACHABLE):
        keys = keys_in(key) or (
            ManifestSettings.of(settings_in(Options(production=True).conf)).SIGNED_BY
        )
        try:
            print(verified(site, keys, OUTLET / SEEN))
        except Wrong as problem:
            raise Exit(str(problem), problem.code) from None
