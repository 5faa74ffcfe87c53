"""What the commands server-init, server-publish, server-preview and readers use."""

from broadside_server.folder import ServerFolder
from broadside_server.init import NoServerMade, closed, init, plan
from broadside_server.previews import NotShown, show
from broadside_server.readers import NoLog, readers
from broadside_server.releases import LeftBehind, publish

__all__ = [
    "LeftBehind",
    "NoLog",
    "NoServerMade",
    "NotShown",
    "ServerFolder",
    "closed",
    "init",
    "plan",
    "publish",
    "readers",
    "show",
]
