"""What the add-on of a server of one's own uses of Broadside: broadside_server imports only from
here, which a test enforces.
"""

from broadside.build.build import build
from broadside.build.due import due
from broadside.build.files import bring, delete, wait_for_disk
from broadside.build.files import listed as files_below
from broadside.build.reading import read
from broadside.build.release import EARLY
from broadside.config.encodings import ENCODINGS, ENDINGS, compressed, is_worth
from broadside.config.options import Options, settings_of
from broadside.content.addresses import published
from broadside.content.content import Content
from broadside.content.records import record_names
from broadside.disk import write_whole
from broadside.editing.changed import arranged, files_of
from broadside.faults import FaultsFound, count, errors_in, one_line, render
from broadside.git import GitFailed, git, listed
from broadside.parallel import share
from broadside.publish.headers import (
    ASK_AGAIN,
    FILES,
    FONTS,
    FONTS_IN,
    FOR_ALL,
    FOR_ALL_ORIGINS,
    FOR_EVER,
    HSTS,
    NEVER_CHANGES,
    NOTHING,
    SAVED,
    TYPES,
    UNKNOWN,
    Allowed,
    allowed_by,
    headers_with,
    page_with,
    search_with,
)
from broadside.site.policies import FEEDS, NAMED, content_usage
from broadside.urls import file_of
from broadside.words import ENGLISH

__all__ = [
    "ASK_AGAIN",  # the header of what a browser asks for every time
    "EARLY",  # how far a clock may be set back
    "ENCODINGS",  # the ways to compress a file
    "ENDINGS",  # their extensions
    "ENGLISH",  # dates and lists in English
    "FEEDS",  # content types of feeds
    "FILES",  # the policy of files that stories link to
    "FONTS",  # what a policy adds for the site's own typefaces
    "FONTS_IN",  # the folder of these
    "FOR_ALL",  # folders from which other sites may show files
    "FOR_ALL_ORIGINS",  # the header of these
    "FOR_EVER",  # folders whose files never change
    "HSTS",  # the header of a site on HTTPS only
    "NAMED",  # content types by the whole name
    "NEVER_CHANGES",  # the header of what never changes
    "NOTHING",  # what a site allows by default
    "SAVED",  # extensions of files that a browser saves
    "TYPES",  # content types by extension
    "UNKNOWN",  # the content type of the rest
    "Allowed",  # what a site's pages may load from elsewhere
    "Content",  # a content folder as it was read
    "FaultsFound",  # the content has errors
    "GitFailed",  # a Git command failed
    "Options",  # what to build, from a command's flags
    "allowed_by",  # what settings allow
    "arranged",  # the site of a content, for a comparison
    "bring",  # links or copies a file into another folder
    "build",  # builds a site
    "compressed",  # the compressed bytes
    "content_usage",  # what programs may use the site for
    "count",  # a number and its noun: 1 file, 2 files
    "delete",  # deletes a folder
    "due",  # when a site changes by itself
    "errors_in",  # the errors among faults
    "file_of",  # the file at an address
    "files_below",  # the files below a folder
    "files_of",  # the files of a site, for a comparison
    "git",  # runs Git in a folder
    "headers_with",  # the headers of every file
    "is_worth",  # whether a file is worth compressing
    "listed",  # the files that Git names
    "one_line",  # a text with control characters made visible
    "page_with",  # the policy of pages
    "published",  # the published stories
    "read",  # reads an outlet: its content, and the settings for reading it
    "record_names",  # the names in a list of a record, such as its authors
    "render",  # faults as lines
    "search_with",  # the policy of the search page
    "settings_of",  # the settings of a build
    "share",  # shares work among processes
    "wait_for_disk",  # waits until the disk has all that was written
    "write_whole",  # writes a file in one step
]
