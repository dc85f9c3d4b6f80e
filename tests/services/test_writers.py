"""The writers of these tests outlive a server that dies in the middle of its answer; no portal runs here."""

import json
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from tests.services.writers import Visitor, Writer

SAVED = json.dumps({"state": "saved", "errors": {}, "version": 8}).encode()
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(SAVED)
# What a server leaves behind that is killed before, in and after each part of what it says.
CUTS = (b"", HEAD[:3], HEAD[:40], HEAD, HEAD + SAVED[:10])


@contextmanager
def server_that_says(*answers: bytes) -> Iterator[str]:
    """Its address; to each packet it sends the next of `answers` and hangs up."""
    left = iter(answers)

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            length = 0
            while (line := self.rfile.readline().strip().lower()) != b"":
                if line.startswith(b"content-length:"):
                    length = int(line.split(b":")[1])
            self.rfile.read(length)
            self.wfile.write(next(left))

    with socketserver.TCPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()


def test_a_packet_is_sent_again_until_its_answer_came_whole() -> None:
    with server_that_says(*CUTS, HEAD + SAVED) as address:
        writer = Writer(Visitor(address), "/", "problem", 7, threading.Event())
        writer._deliver("naskah")

    assert list(writer.ledger.saved.values()) == ["naskah"]
    assert writer.ledger.retries == len(CUTS)
    assert writer.ledger.wrong == []
    assert writer.version == 8
