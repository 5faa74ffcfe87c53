"""What readers are served by: a real nginx, for a folder, and before a store that knows no
folders.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.commands.running import free_port
from tests.deploy.conftest import running
from tools.suites import found

FRAME = """\
daemon off;
pid {place}/pid;
error_log {place}/error.log;
{user}
events {{ }}
http {{
    types {{ text/html html; text/css css; image/jpeg jpg; application/xml xml; }}
    access_log off;
    client_body_temp_path {place}/body; proxy_temp_path {place}/proxy; fastcgi_temp_path {place}/fastcgi;
    uwsgi_temp_path {place}/uwsgi; scgi_temp_path {place}/scgi;
    {server}
}}
"""
FOLDER = "server {{ listen 127.0.0.1:{port}; root {root}; error_page 404 /404.html; }}"
STORE = """server {{
    listen 127.0.0.1:{port};
    rewrite ^(.*)/$ $1/index.html;
    rewrite ^(.*)$ /{bucket}$1 break;
    location / {{ proxy_pass http://127.0.0.1:{store}; }}
}}"""


@contextmanager
def nginx(place: Path, server: str, **values: object) -> Iterator[str]:
    """The address of an nginx that runs with a server block, in which names in braces are filled
    in.
    """
    port = free_port()
    place.mkdir()
    block = server.format(port=port, **values)
    user = "user root;" if os.getuid() == 0 else ""
    (place / "nginx.conf").write_text(FRAME.format(place=place, server=block, user=user))
    with running(
        [found("nginx"), "-p", str(place), "-c", str(place / "nginx.conf")], port, place / "log"
    ):
        yield f"http://127.0.0.1:{port}"
