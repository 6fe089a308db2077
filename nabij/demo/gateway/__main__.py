"""Starts the gateway: python -m nabij.demo.gateway --port 8025 --smtp-port 8026 --data FOLDER."""

import argparse
import json
import signal
import sys
import threading
from dataclasses import fields
from pathlib import Path

from nabij.demo.gateway.faults import Faults, faults_from
from nabij.demo.gateway.gateway import Gateway
from nabij.demo.gateway.journal import JournalInUse
from nabij.demo.gateway.mail import mail_sink
from nabij.demo.gateway.web import Server


def arguments(argv: list[str] | None = None) -> argparse.Namespace:
    """Read the command line; every fault has a flag of its own."""
    parser = argparse.ArgumentParser(prog="python -m nabij.demo.gateway", description=Faults.__doc__)
    parser.add_argument("--port", type=int, required=True, help="HTTP port on 127.0.0.1")
    parser.add_argument("--smtp-port", type=int, required=True, help="SMTP port on 127.0.0.1")
    parser.add_argument("--data", type=Path, required=True, help="folder of the journal")
    parser.add_argument("--token", default="demo", help="bearer token of the sender, and of the calls back")
    parser.add_argument("--delay", type=float, default=0.2, help="seconds from accepted to delivered")
    parser.add_argument("--faults", type=Path, help="JSON file with faults; flags go before it")
    for field in fields(Faults):
        kind = str if field.name == "by" else int if field.name == "seed" else float
        parser.add_argument(f"--{field.name.replace('_', '-')}", type=kind, dest=f"fault_{field.name}")
    return parser.parse_args(argv)


def faults_asked(options: argparse.Namespace) -> Faults | None:
    """Give the faults of the command line, or None when it names none. Raises ValueError with the reason."""
    asked = json.loads(options.faults.read_text(encoding="utf-8")) if options.faults else {}
    flags = {field.name: getattr(options, f"fault_{field.name}") for field in fields(Faults)}
    asked |= {name: value for name, value in flags.items() if value is not None}
    return faults_from(asked) if asked else None


def main() -> int:
    """Serve until SIGTERM or SIGINT; the faults of the journal go on unless the command line names others."""
    options = arguments()
    done = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: done.set())
    try:
        faults = faults_asked(options)
        gateway = Gateway(options.data, token=options.token, delay=options.delay)
        server = Server(gateway, options.port)
        sink = mail_sink(gateway, options.smtp_port)
        sink.start()
    except (OSError, ValueError, JournalInUse) as error:
        print(f"gateway: {error}", file=sys.stderr)
        return 1
    if faults and faults != gateway.store.faults:
        gateway.store.set_faults(faults)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    where = f"http://127.0.0.1:{server.server_port}/ and smtp 127.0.0.1:{options.smtp_port}"
    print(f"gateway: {where}", flush=True)
    done.wait()
    gateway.stopping.set()
    server.shutdown()
    server.server_close()
    sink.stop()
    gateway.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
