"""A real nginx with the configuration that ./inv server-init wrote, on ports of its own."""

from __future__ import annotations

import http.client
import re
import ssl
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.commands.running import free_port
from tests.deploy.conftest import running

MODULES = Path("/etc/nginx/modules-enabled")


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def __getitem__(self, name: str) -> str:
        """A header, "" where it was not sent; the values of one that was sent twice stand in a
        row.
        """
        return self.headers.get(name.lower(), "")


class RealNginx:
    """At work while the block runs.

    `port` answers plain HTTP, `secure_port` HTTPS where the configuration has it.
    """

    def __init__(self, configuration: Path, folder: Path, host: str, user: str = "root") -> None:
        self.host, self.folder = host, folder
        self.port, self.secure_port = free_port(), free_port()
        folder.mkdir(exist_ok=True)
        (folder / "site.conf").write_text(
            self.on_our_ports(configuration.read_text("utf-8")), "utf-8"
        )
        # Debian's own configuration names them from here
        (folder / "modules").symlink_to("/usr/share/nginx/modules")
        modules = f"include {MODULES}/*.conf;" if MODULES.is_dir() else ""
        temporary = "".join(
            f"{kind}_temp_path {folder}/{kind};"
            for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        (folder / "nginx.conf").write_text(
            f"daemon off; user {user}; pid {folder}/pid; error_log stderr; {modules} events {{}}\n"
            f"http {{ access_log off; {temporary} include {folder}/site.conf; }}\n",
            "utf-8",
        )
        self.command = [
            "nginx",
            "-p",
            str(folder),
            "-e",
            "stderr",
            "-c",
            str(folder / "nginx.conf"),
        ]

    def on_our_ports(self, text: str) -> str:
        """The configuration with no more changed than where it listens and writes its log."""
        text = re.sub(r"listen \[::\].*\n", "", text).replace("/var/log/nginx/", f"{self.folder}/")
        text = text.replace("listen 80;", f"listen 127.0.0.1:{self.port};")
        return text.replace("listen 443 ssl;", f"listen 127.0.0.1:{self.secure_port} ssl;")

    def __enter__(self) -> RealNginx:
        self._running = running(self.command, self.port, self.folder / "log")
        self._running.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self._running.__exit__(None, None, None)

    @property
    def base(self) -> str:
        """The site's address on this machine."""
        return f"http://127.0.0.1:{self.port}"

    def ask(
        self, path: str, *, method: str = "GET", secure: bool = False, **headers: str
    ) -> Answer:
        """Ask for a path as it is written, not followed anywhere; headers with _ for -."""
        connection: http.client.HTTPConnection
        if secure:
            careless = ssl._create_unverified_context()
            connection = http.client.HTTPSConnection(
                "127.0.0.1", self.secure_port, timeout=10, context=careless
            )
        else:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        given = {"Host": self.host} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        for name, value in given.items():
            connection.putheader(name, value)
        connection.endheaders()
        answer = connection.getresponse()
        found: dict[str, str] = {}
        for name, value in answer.getheaders():
            found[name.lower()] = (
                f"{found[name.lower()]}, {value}" if name.lower() in found else value
            )
        body = answer.read()
        connection.close()
        return Answer(answer.status, found, body)


def certificate(folder: Path, host: str) -> Path:
    """A folder with a certificate for the host that nobody but us has signed."""
    folder.mkdir(exist_ok=True)
    command = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
    ]
    files = ["-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem")]
    names = ["-subj", f"/CN={host}", "-addext", f"subjectAltName=DNS:{host}", "-days", "2"]
    subprocess.run([*command, *files, *names], check=True, capture_output=True)
    return folder
