"""What the add-on that announces stories uses of Broadside: broadside_announce imports only from
here, which a test enforces.
"""

from broadside.atproto import DOCUMENT, PUBLICATION, RECORDS, record_key
from broadside.build.release import Head, NotReady, ready
from broadside.config.files import LIVE
from broadside.config.options import Options as OutletOptions
from broadside.config.options import settings_in
from broadside.deadline import within
from broadside.faults import count, one_line, quoted
from broadside.publish.api import (
    DEADLINE,
    TIMEOUT,
    Kind,
    Payload,
    ServiceRefused,
    as_form,
    as_form_with_file,
    as_json,
    ask,
)
from broadside.urls import save_as

__all__ = [
    "DEADLINE",  # seconds that a service may take for its answer
    "DOCUMENT",  # the collection of stories on the AT Protocol
    "LIVE",  # the file with the live site's settings
    "PUBLICATION",  # the collection of publications on the AT Protocol
    "RECORDS",  # the file of the site that lists the records of an account
    "TIMEOUT",  # seconds that a service may be silent
    "Head",  # what a built site says of itself: its address, its moment
    "Kind",  # the type of a service's answer
    "NotReady",  # why the last build cannot be used
    "OutletOptions",  # where the content and the site are, from a command's flags
    "Payload",  # what is posted to a service
    "ServiceRefused",  # a service's refusal
    "as_form",  # a form's fields as what is posted
    "as_form_with_file",  # the same with a file
    "as_json",  # a value as what is posted
    "ask",  # a service's answer, decoded
    "count",  # a number and its noun: 1 file, 2 files
    "one_line",  # a text with control characters made visible
    "quoted",  # a value in double quotes, cut to fit on a line
    "ready",  # the last build for the live site
    "record_key",  # the key of a record on the AT Protocol
    "save_as",  # the file of an address
    "settings_in",  # the settings in a file of the outlet
    "within",  # runs a function, and gives up after so many seconds
]
