"""Settings, declared as in broadside/settings.py."""

from __future__ import annotations

from broadside.settings import PluginSettings
from broadside.shapes import Host


class DiscussionSettings(PluginSettings):
    """What an outlet sets of it."""

    ## What readers can do
    COUNT_REPLIES: list[Host] = []
    """The hosts of threads in [`discussion`](editors-reference.md#where-a-story-is-discussed) that
    readers may ask, by a button, how many replies there are, such as `["mastodon.social",
    "bsky.app"]`: Mastodon servers and Bluesky. The policy that browsers get allows them alone:
    [Replies elsewhere](for-site-owners.md#replies-elsewhere). Without any, a page asks nothing of
    anybody.
    """
