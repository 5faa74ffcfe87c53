"""The configuration of nginx for one site, made from the tables of headers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from broadside.serving import (
    ASK_AGAIN,
    FEEDS,
    FILES,
    FONTS,
    FONTS_IN,
    FOR_ALL,
    FOR_ALL_ORIGINS,
    FOR_EVER,
    HSTS,
    NAMED,
    NEVER_CHANGES,
    NOTHING,
    SAVED,
    TYPES,
    UNKNOWN,
    Allowed,
    headers_with,
    page_with,
    search_with,
)
from broadside_server.folder import PREVIEWS, ServerFolder

LOGS = Path("/var/log/nginx")
"""The folder of nginx's logs on Debian, in which nobody but root makes files."""
PROGRAMS = (
    "(?<!cu)bot",  # Cubots are telephones
    *(
        "crawl",
        "spider",
        "slurp",
        "https?:",
        "externalhit",
        "fetch",
        "scan",
        "monitor",
        "archive",
        "feed",
        "rss",
    ),
    *("preview", "headless", "lighthouse", "phantom", "selenium", "python", "curl", "wget"),
)
"""What names of programs contain that are no readers.

Many say where they are explained; browsers never do.
"""
OPENER = "Cross-Origin-Opener-Policy"
"""A header that each file has, but with different values."""
HTTP = """\
# Written by ./inv server-init for {host}; it is for nginx's http block, as a file in /etc/nginx/conf.d.
# Former addresses may be long. Of several sites on one nginx, only one file may have these two lines.
map_hash_bucket_size 512;
map_hash_max_size 65536;
map $uri $moved{mark} {{
    default "";
    include {redirects};
}}
map $uri $cache{mark} {{
    default "{ask_again}";
    ~^/({for_ever})/ "{never_changes}";
    ~^/{previews}/ "no-store";
}}
map $uri $policy{mark} {{
    default "{page}$fonts{mark}";
    ~^/({previews}/[0-9a-f]+/)?{search_folder} "{search}$fonts{mark}";
    ~^/({previews}/[0-9a-f]+/)?files/ "{files}$fonts{mark}";
{own_policies}}}
map $uri $opener{mark} {{
    default "{opener}";
{own_openers}}}
map $uri $robots{mark} {{
    default "";
    ~^/{previews}/ "noindex, nofollow, noarchive";
}}
map $uri $resource{mark} {{
    default "same-origin";
    ~^/({for_all})/ "{for_all_origins}";
}}
map $uri $disposition{mark} {{
    default "";
    ~*^/({previews}/[0-9a-f]+/)?files/.*\\.({saved})$ "attachment";
}}
map $uri $vary{mark} {{
    default "";
    ~/({feeds})$ "Accept";
}}
map $request_method $allow{mark} {{
    default "GET, HEAD";
    ~^(GET|HEAD)$ "";
}}
# What ./inv readers counts: pages and no other file, and nothing about persons. No address is written, no name of a program, and
# nothing after a "?"; of the page where a reader came from, only its host.
map $request_method:$uri $is_page{mark} {{
    default 0;
    "~^GET:/(?!{previews}/)(.*/|.*\\.html)?$" 1;
}}
map "$http_sec_purpose$http_purpose$http_x_moz|$http_user_agent" $by{mark} {{
    default "program";
    "~*^[^|]*(prefetch|prerender|preview)" "ahead";
    "~*\\|.*({programs})" "program";
    "~\\|(Mozilla|Opera)/" "reader";
}}
map $http_referer $from{mark} {{
    default "";
    "~*^[a-z-]+://(?:[^/@]*@)?([a-z0-9.-]+)" $1;
}}
log_format readers{mark} escape=json
    '{{"time":"$time_iso8601","path":"$uri","status":$status,"by":"$by{mark}","from":"$from{mark}"}}';
"""

SITE = """\
    server_name {host};
    server_tokens off;
    access_log {log} readers{mark} if=$is_page{mark};
    log_not_found off;
    root {root}/current;
    index index.html;
    set $fonts{mark} "";
    if (-d $document_root/{fonts_in}) {{ set $fonts{mark} "{fonts}"; }}

    # All here and none below, because a block with one of its own would lose these; an empty one is not sent.
    add_header Cache-Control $cache{mark} always;
    add_header Content-Security-Policy $policy{mark} always;
    add_header Cross-Origin-Resource-Policy $resource{mark} always;
    add_header Content-Disposition $disposition{mark} always;
    add_header Cross-Origin-Opener-Policy $opener{mark} always;
    add_header X-Robots-Tag $robots{mark} always;
    add_header Vary $vary{mark} always;
    add_header Allow $allow{mark} always;
{headers}
    # Each file lies there compressed beforehand.
    gzip off;
    gzip_static on;
    gzip_vary on;
    gzip_proxied any;
{brotli}
    default_type {unknown};
    types {{
{types}    }}

    error_page 404 /404.html;
    error_page 403 =404 /404.html;
    error_page 418 = @browser;
    if ($allow{mark}) {{ return 405; }}
    if ($moved{mark}) {{ return 301 $moved{mark}; }}
    if ($request_uri ~ "^/+(?<folder>([^?]*/)?)index\\.html(?<query>\\?.*)?$") {{ return 301 /$folder$query; }}

{named}    # Browsers show a feed as a page only where it is called XML.
    location @browser {{ }}
    location = /404.html {{ internal; }}
    location ~ "/\\.|\\.(br|gz)$" {{ return 404; }}
    # A page that a reader opened a moment ago may still ask for what the release before had.
    location ~ ^/({for_ever})/ {{ try_files $uri @before; }}
    location @before {{ root {root}/before; }}
    # Branches that are shown to whoever has the address.
    location ^~ /{previews}/ {{ root {root}/shown; }}
{challenge}}}
"""

CHALLENGE = """\
    location ^~ /.well-known/acme-challenge/ {{ root {root}/acme; default_type text/plain; }}
"""

TO_HTTPS = """\
server {{
    listen 80;
    listen [::]:80;
    server_name {host};
    server_tokens off;
    access_log off;
    location / {{ return 301 https://{host}$request_uri; }}
{challenge}}}
"""

HTTPS = """\
    listen 443 ssl;
    listen [::]:443 ssl;
    http2 on;
    ssl_protocols TLSv1.2 TLSv1.3;
    ssl_certificate {certificate}/fullchain.pem;
    ssl_certificate_key {certificate}/privkey.pem;
"""


class Host(Struct, frozen=True):
    """A host that nginx serves: its name, its certificate's folder, None for plain HTTP, and
    whether nginx can send brotli.
    """

    name: str
    certificate: Path | None = None
    brotli: bool = False


def _of_folder(folder: str, value: str) -> str:
    """A line of a map: the value for the files of a folder, also in previews."""
    return f'    ~^/({PREVIEWS}/[0-9a-f]+/)?{folder} "{value}";\n'


def log_of(host: str) -> Path:
    """The log of what is read; it does not end in .log, for Debian would rotate it as its own, and
    let nobody read it.
    """
    return LOGS / f"{host}.readers"


def configuration(
    server: ServerFolder, host: Host, allowed: Allowed = NOTHING, usage: str = ""
) -> str:
    """The whole configuration. With a certificate, everything is served over HTTPS, and browsers
    are told to use only that.

    `usage` says what programs may use the site for, as Content-Usage.
    """
    mark = "_" + re.sub(r"\W", "_", host.name)
    root = server.root
    brotli = ""
    if host.brotli:
        brotli = "    brotli_static on;\n"
    values = {
        "host": host.name,
        "mark": mark,
        "root": root,
        "previews": PREVIEWS,
        "redirects": server.redirects,
        "ask_again": ASK_AGAIN,
        "never_changes": NEVER_CHANGES,
        "for_ever": "|".join(folder.rstrip("/") for folder in FOR_EVER),
        "page": page_with(allowed),
        "search": search_with(allowed),
        "own_policies": "".join(_of_folder(each.folder, each.policy) for each in allowed.folders),
        "own_openers": "".join(_of_folder(each.folder, each.opener) for each in allowed.folders),
        "opener": headers_with(allowed.players)[OPENER],
        "fonts": FONTS,
        "fonts_in": FONTS_IN,
        "search_folder": allowed.search,
        "files": FILES,
        "for_all": "|".join(folder.rstrip("/") for folder in FOR_ALL),
        "for_all_origins": FOR_ALL_ORIGINS,
        "saved": "|".join(SAVED),
        "headers": _headers(allowed.players, secure=host.certificate is not None, usage=usage),
        "brotli": brotli,
        "unknown": UNKNOWN,
        "types": "".join(f'        "{kind}" {ending};\n' for ending, kind in TYPES.items()),
        "named": "".join(_named(name, kind) for name, kind in {**NAMED, **FEEDS}.items()),
        "feeds": "|".join(re.escape(name) for name in FEEDS),
        "challenge": CHALLENGE.format(root=root),
        "certificate": host.certificate,
        "programs": "|".join(PROGRAMS),
        "log": log_of(host.name),
    }
    http = HTTP.format(**values)
    site = SITE.format(**values)
    if host.certificate is None:
        return f"{http}server {{\n    listen 80;\n    listen [::]:80;\n{site}"
    return f"{http}{TO_HTTPS.format(**values)}server {{\n{HTTPS.format(**values)}{site}"


def _headers(players: Sequence[str], secure: bool, usage: str) -> str:
    every = headers_with(players)
    if usage:
        every["Content-Usage"] = usage
    if secure:
        every["Strict-Transport-Security"] = HSTS
    quoted = {name: value.replace('"', '\\"') for name, value in every.items() if name != OPENER}
    return "".join(f'    add_header {name} "{value}" always;\n' for name, value in quoted.items())


def _named(name: str, kind: str) -> str:
    browsers = ""
    if name in FEEDS:
        browsers = 'recursive_error_pages on; if ($http_accept ~ "text/html") { return 418; } '
    return (
        f'    location ~ "/{re.escape(name)}$" {{ {browsers}types {{ }} default_type "{kind}"; }}\n'
    )
