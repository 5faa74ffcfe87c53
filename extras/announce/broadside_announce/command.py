"""What ./inv announce does."""

from __future__ import annotations

from broadside.announcer import LIVE, NotReady, OutletOptions, ServiceRefused, ready, settings_in
from broadside_announce.announcing import Bluesky, NotAnnounced, accounts, announce
from broadside_announce.standard_site import keep_records

REFUSED = (NotReady, NotAnnounced, ServiceRefused)
"""What run() may raise: the message says what was not announced, and why."""


def run(options: OutletOptions, dry: bool) -> None:
    """Announce what is new in the last build, and print what was done."""
    built = ready(options, even_dirty=True).head
    on = accounts(vars(settings_in(LIVE, judged=True)).get("ANNOUNCE") or {})
    print(announce(options.output_path, built, on, dry=dry))
    account = on.get("bluesky")
    if isinstance(account, Bluesky):
        for line in keep_records(options.output_path, account, dry=dry):
            print(line)
