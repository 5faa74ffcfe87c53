"""Small servers with the interfaces of Mastodon, Bluesky and hubs, for which the live site is a
folder.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.parser import BytesParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from tests.servers import running

TOKEN, PASSWORD = "a-token", "a-password"
DID = "did:plc:abcdefghijklmnopqrstuvwx"
AT_ONCE = 2
"""How many documents are listed at once."""
Answer = tuple[int, object]


@dataclass
class Services:
    """What the services hold.

    `instead` has beginnings of paths that answer something else, JSON or bytes; a server that
    `forgets` takes no notice of max_id; `live` is the folder that readers see.
    """

    url: str = ""
    live: Path | None = None
    posts: list[dict[str, Any]] = field(default_factory=list)
    keys: dict[str, dict[str, Any]] = field(default_factory=dict)
    media: dict[str, dict[str, Any]] = field(default_factory=dict)
    records: dict[str, dict[str, Any]] = field(default_factory=dict)
    documents: dict[str, dict[str, Any]] = field(default_factory=dict)
    blobs: list[bytes] = field(default_factory=list)
    told: list[Any] = field(default_factory=list)
    instead: dict[str, Answer] = field(default_factory=dict)
    forgets: bool = False
    page: int = 40

    def answer(self, target: str, headers: dict[str, str], data: bytes) -> Answer:
        """The answer to a request."""
        path, _, query = target.partition("?")
        asked = {name: values[-1] for name, values in parse_qs(query).items()}
        may = headers.get("Authorization", "").removeprefix("Bearer ")
        if said := [
            answer for beginning, answer in self.instead.items() if path.startswith(beginning)
        ]:
            return said[0]
        if path.startswith("/api/"):
            return (
                self._mastodon(path, asked, headers, data)
                if may == TOKEN
                else (401, {"error": "invalid"})
            )
        if path == "/xrpc/com.atproto.server.createSession":
            right = json.loads(data) == {"identifier": "halyard.test", "password": PASSWORD}
            return (200, {"did": DID, "accessJwt": "jwt"}) if right else (401, {"error": "invalid"})
        if path.startswith("/xrpc/"):
            return (
                self._bluesky(path.rpartition(".")[2], asked, headers, data)
                if may == "jwt"
                else (401, None)
            )
        if path in ("/hub", "/indexnow"):
            self.told.append(parse_qs(data.decode()) if path == "/hub" else json.loads(data))
            return 202, None
        there = self.live and (self.live / path.lstrip("/") / "index.html").is_file()
        return (200 if there else 404), None

    def _mastodon(
        self, path: str, asked: dict[str, str], headers: dict[str, str], data: bytes
    ) -> Answer:
        if path == "/api/v1/accounts/verify_credentials":
            return 200, {"id": "7"}
        if path == "/api/v1/accounts/7/statuses":
            before = (
                len(self.posts) + 1
                if self.forgets
                else int(asked.get("max_id", len(self.posts) + 1))
            )
            newest = [post for post in reversed(self.posts) if int(post["id"]) < before]
            return 200, newest[: min(int(asked["limit"]), self.page)]
        if path == "/api/v2/media":
            return 202, self._take_in(headers, data)
        if path.startswith("/api/v1/media/"):
            return 200, {"id": path.rpartition("/")[2], "url": "https://files.test/1.jpg"}
        if headers["Idempotency-Key"] not in self.keys:
            self.keys[headers["Idempotency-Key"]] = self._post(parse_qs(data.decode()))
        return 200, self.keys[headers["Idempotency-Key"]]

    def _take_in(self, headers: dict[str, str], data: bytes) -> dict[str, Any]:
        form = BytesParser().parsebytes(
            f"Content-Type: {headers['Content-Type']}\r\n\r\n".encode() + data
        )
        parts = {
            str(part.get_param("name", header="content-disposition")): part for part in form.walk()
        }
        file, alt = (
            bytes(parts[name].get_payload(decode=True)) for name in ("file", "description")
        )
        number = str(len(self.media) + 1)
        self.media[number] = {"alt": alt.decode(), "bytes": file}
        return {"id": number, "url": None}

    def _post(self, form: dict[str, list[str]]) -> dict[str, Any]:
        text = form["status"][0]
        words, _, url = text.rpartition("\n\n")
        post = {
            "id": str(len(self.posts) + 1),
            "created_at": datetime.now(UTC).isoformat(),
            "content": f'<p>{words}</p><p><a href="{url}">{url}</a></p>',
            "text": text,
            "form": form,
            "card": None,
        }
        self.posts.append(post)
        return post

    def _bluesky(
        self, method: str, asked: dict[str, str], headers: dict[str, str], data: bytes
    ) -> Answer:
        if method == "getRecord":
            found = self.records.get(asked["rkey"])
            return (
                (200, {"uri": f"at://{DID}/x", "value": found})
                if found
                else (400, {"error": "RecordNotFound"})
            )
        if method == "uploadBlob":
            self.blobs.append(data)
            return 200, {"blob": {"$type": "blob", "mimeType": headers["Content-Type"]}}
        if method == "listRecords":
            return 200, self._documents(asked["collection"], asked.get("cursor", ""))
        said = json.loads(data)
        if method in ("putRecord", "deleteRecord"):
            uri = f"at://{said['repo']}/{said['collection']}/{said['rkey']}"
            if method == "putRecord":
                self.documents[uri] = said["record"]
            else:
                self.documents.pop(uri)
            return 200, {}
        if said["rkey"] in self.records:
            return 400, {"error": "InvalidRequest", "message": "exists"}
        self.records[said["rkey"]] = said["record"]
        return 200, {"uri": f"at://{DID}/{said['rkey']}"}

    def _documents(self, collection: str, cursor: str) -> dict[str, Any]:
        found = sorted(uri for uri in self.documents if f"/{collection}/" in uri and uri > cursor)[
            :AT_ONCE
        ]
        return {
            "records": [{"uri": uri, "value": self.documents[uri]} for uri in found],
            "cursor": (found or [""])[-1],
        }


@contextmanager
def services() -> Iterator[Services]:
    """The services, on a port of this machine."""
    state = Services()

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

        def _answer(self) -> None:
            data = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            code, value = state.answer(self.path, dict(self.headers.items()), data)
            body = (
                value
                if isinstance(value, bytes)
                else b""
                if value is None
                else json.dumps(value).encode()
            )
            self.send_response(code)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        do_GET = do_HEAD = do_POST = _answer  # noqa: N815 -- the names that the class calls

    with running(ThreadingHTTPServer(("127.0.0.1", 0), Handler)) as state.url:
        yield state
