"""What the importer uses of Broadside: broadside_import imports only from here, which a test
enforces.

Each name is in `__all__` with its purpose. `plugin.py` is the same for an outlet's own plugins.
"""

from broadside.build.reading import read as read_outlet
from broadside.config.files import LIVE, OURS
from broadside.config.options import Options as OutletOptions
from broadside.config.options import settings_in
from broadside.content import imported
from broadside.content.addresses import MACHINES
from broadside.content.content import Content
from broadside.content.files import address as address_of_file
from broadside.content.files import name_problem as file_name_problem
from broadside.content.folder import IMPORTED, PICTURES
from broadside.content.imported import LENIENT, Entry
from broadside.content.records import record_names
from broadside.faults import Fault, count, did_you_mean, one_line, quoted
from broadside.folders import OUTLET
from broadside.front_matter.fields import LANG, is_site_address
from broadside.front_matter.fields import topic as checked_topic
from broadside.front_matter.yaml_nodes import Loader
from broadside.git import GitFailed, Uncommitted, git, way_back
from broadside.letters import HIDDEN, UNPRINTABLE, UNSPACED
from broadside.markdown.body import CUT
from broadside.markdown.dialect import Typesetter
from broadside.markdown.guard import host_of, link_problem
from broadside.markdown.limits import problem_in as limit_problem
from broadside.markdown.writer import clean_line, escaped, in_quotes, with_entities
from broadside.media.files import AUDIO, InspectedFile
from broadside.media.files import KINDS as KINDS_OF_FILES
from broadside.media.files import judged as judged_file
from broadside.media.photo_files import MAX_BYTES, MAX_PIXELS, MAX_SIDE, Wording, wording_of
from broadside.media.photo_files import inspect_bytes as inspected_picture
from broadside.media.photo_files import sniff as kind_of_picture
from broadside.media.photos import Original as OriginalPhoto
from broadside.media.public_web import NotFetched
from broadside.media.public_web import fetched as fetched_from_web
from broadside.outlet.starting import COMMIT
from broadside.slugs import LONGEST, RESERVED, slug_problem, slugify
from broadside.terminal import counted, is_shown
from broadside.urls import Urls, file_of
from broadside.validation import Refused

__all__ = [
    "AUDIO",  # extensions of recordings
    # the end of the subject of an outlet's first commit, which identifies what `init` wrote
    "COMMIT",
    "CUT",  # the mark that a writer sets where the text below the fold begins
    "HIDDEN",  # invisible characters
    "IMPORTED",  # the list of what was imported, in the content folder
    "KINDS_OF_FILES",  # the kinds of files that are published, by extension
    "LANG",  # the pattern of a language tag
    "LENIENT",  # the faults that are only warnings in imported sources
    "LIVE",  # the file with the live site's settings
    "LONGEST",  # the most characters of a slug
    "MACHINES",  # addresses where the build or machines have files
    "MAX_BYTES",  # the most bytes of a picture
    "MAX_PIXELS",  # the most pixels of a picture
    "MAX_SIDE",  # the longest side of a picture
    "OURS",  # the file with the outlet's settings
    "OUTLET",  # the outlet's folder
    "PICTURES",  # extensions of pictures that pages show
    "RESERVED",  # reserved slugs
    "UNPRINTABLE",  # forbidden characters
    "UNSPACED",  # scripts without spaces between words
    "Content",  # a content folder as it was read
    "Entry",  # a line of the list of what was imported
    "Fault",  # what is wrong, where, and what to do
    "GitFailed",  # a Git command failed
    "InspectedFile",  # a file that may be published
    "Loader",  # YAML as sources write it
    "NotFetched",  # why an address was not fetched
    "OriginalPhoto",  # a valid picture
    "OutletOptions",  # where the content is, from a command's flags
    "Refused",  # why `checked_topic` refuses a name
    "Typesetter",  # renders texts, and finds what is wrong with them
    "Uncommitted",  # a folder has uncommitted changes
    "Urls",  # the patterns of addresses
    "Wording",  # a photo's own metadata: caption, credit
    "address_of_file",  # the address of a file below files/
    "checked_topic",  # a topic's name, checked
    "clean_line",  # one line of plain words, without invisible characters
    "count",  # a number and its noun: 1 file, 2 files
    "counted",  # a list, with a progress bar in a terminal while its items are worked on
    "did_you_mean",  # a hint at the word that was meant
    "escaped",  # words with Markdown's signs escaped
    "fetched_from_web",  # what is at an address of the public web
    "file_name_problem",  # what is wrong with the name of a file below files/
    "file_of",  # the file at an address
    "git",  # runs Git in a folder
    "host_of",  # the host of an address
    "imported",  # reads and writes the list of what was imported
    "in_quotes",  # a caption or a credit, escaped for quotation marks
    "inspected_picture",  # a picture, or what is wrong with it
    "is_shown",  # whether progress is shown
    "is_site_address",  # whether any system can have a file at an address
    "judged_file",  # a file, or what is wrong with it
    "kind_of_picture",  # the kind of picture that bytes are
    "limit_problem",  # why a text is too much for the dialect
    "link_problem",  # what is wrong with a link
    "one_line",  # a text with control characters made visible
    "quoted",  # a value in double quotes, cut to fit on a line
    "read_outlet",  # reads an outlet: its content, and the settings for reading it
    "record_names",  # the names in a list of a record, such as its authors
    "settings_in",  # the settings in OURS or in LIVE
    "slug_problem",  # what is wrong with a slug
    "slugify",  # the slug of a text
    "way_back",  # the Git command that takes back what is changed in a folder
    "with_entities",  # words with tags and entities escaped
    "wording_of",  # reads a photo's own metadata
]
