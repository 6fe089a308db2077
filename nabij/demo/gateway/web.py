"""The HTTP server on loopback: reads requests, refuses those of another site, answers with strict headers."""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

from nabij.demo.gateway.answers import Answer, Refused, Request, refusal
from nabij.demo.gateway.gateway import Gateway
from nabij.demo.gateway.routes import answer_to

LARGEST = 256 * 1024
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class Server(ThreadingHTTPServer):
    """Serves one gateway, a thread for each connection."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, gateway: Gateway, port: int) -> None:
        self.gateway = gateway
        super().__init__(("127.0.0.1", port), Handler)


class Handler(BaseHTTPRequestHandler):
    """Turns a connection into requests; a log line is not written, since addresses carry recipients."""

    server: Server
    protocol_version = "HTTP/1.1"
    timeout = 30

    def _serve(self) -> None:
        try:
            answer = answer_to(self.server.gateway, self._request())
        except Refused as error:
            answer = refusal(error)
        try:
            self._write(answer)
        except OSError:
            self.close_connection = True

    do_GET = do_POST = do_DELETE = do_HEAD = _serve

    def _request(self) -> Request:
        body = self._body()
        if self.command in ("POST", "DELETE") and self._is_from_another_site():
            raise Refused(403, "asked by a page of another site")
        address = urlsplit(self.path)
        scheme, _, token = self.headers.get("Authorization", "").partition(" ")
        return Request(
            method=self.command,
            path=address.path,
            query=dict(parse_qsl(address.query)),
            body=body,
            token=token.strip() if scheme.lower() == "bearer" else "",
        )

    def _is_from_another_site(self) -> bool:
        origin = self.headers.get("Origin", "")
        return bool(origin) and origin.partition("://")[2] != self.headers.get("Host")

    def _body(self) -> str:
        length = self.headers.get("Content-Length", "0")
        if not length.isdecimal() or "Transfer-Encoding" in self.headers:
            self.close_connection = True
            raise Refused(411, "Content-Length is missing or wrong")
        if len(length) > 9 or int(length) > LARGEST:
            self.close_connection = True
            raise Refused(413, f"a request holds at most {LARGEST} bytes")
        return self.rfile.read(int(length)).decode("utf-8", "replace")

    def _write(self, answer: Answer) -> None:
        self.send_response(answer.status)
        for name, value in {**HEADERS, **answer.headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Type", answer.content_type)
        self.send_header("Content-Length", str(len(answer.body)))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)

    def version_string(self) -> str:
        """Name the server without its versions."""
        return "nabij-gateway"

    def log_message(self, format: str, *args: object) -> None:
        """Write nothing: recipients stand in the addresses."""
