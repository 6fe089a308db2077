"""Public pages a second by nginx with docs/nginx.conf, while application and database are stopped."""

import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.measuring import cpu_of, load
from bench.serving import ADDRESSES, HEADER, children_of, wrk
from launch.supervisor import Stack

PORT = 8999
CONF = Path(__file__).parents[1] / "docs" / "nginx.conf"


def on_loopback(releases: Path, port: int, folder: Path) -> str:
    """The example as it is, but for its names, and without TLS: this machine has no certificate."""
    conf = CONF.read_text(encoding="utf-8").replace("/srv/nabij/data", str(releases.parent))
    conf = re.sub(r"server \{\n    listen 80;.*?\n\}\n", "", conf, flags=re.DOTALL)
    conf = re.sub(r" +ssl_\w+ [^\n]*\n", "", conf).replace("listen 443 ssl http2", f"listen 127.0.0.1:{port}")
    conf = conf.replace("/var/cache/nginx/nabij", str(folder / "cache")).replace(
        "/var/log/nginx", str(folder)
    )
    return (
        f"daemon off; pid {folder}/pid; error_log {folder}/error.log; worker_processes 2;\n"
        f"events {{ worker_connections 1024; }}\nhttp {{\ninclude /etc/nginx/mime.types;\n{conf}}}\n"
    )


@contextmanager
def nginx(releases: Path) -> Iterator[tuple[str, int]]:
    """A running nginx over this release folder: its address and process."""
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if program is None:
        raise SystemExit("nginx is missing (Debian: apt install nginx-light)")
    with tempfile.TemporaryDirectory() as name:
        folder, port = Path(name), PORT
        (folder / "nginx.conf").write_text(on_loopback(releases, port, folder), encoding="utf-8")
        folder.chmod(0o755)
        running = subprocess.Popen([program, "-c", str(folder / "nginx.conf"), "-g", "user root;"])
        time.sleep(1)
        try:
            yield f"http://127.0.0.1:{port}", running.pid
        finally:
            running.terminate()
            running.wait()


def run() -> None:
    """Print one table: best of three runs of six seconds."""
    with Stack() as stack:
        time.sleep(5)  # the first release
        releases = stack.data / "releases"
        kept = Path(shutil.copytree(releases, Path(tempfile.mkdtemp()) / "releases", symlinks=True))
    print(f"application and database stopped; load {load()}\n\n{HEADER}")
    with nginx(kept) as (base, pid):
        for address in ADDRESSES:
            best, spent, errors = 0.0, 0.0, ""
            for _ in range(3):
                workers = [pid, *children_of(pid)]
                before = sum(map(cpu_of, workers))
                rate, errors = wrk(base + address, threads=2, connections=64)
                if rate > best:
                    best, spent = rate, (sum(map(cpu_of, workers)) - before) * 1_000_000 / (rate * 6)
            print(f"| {address} | {best:,.0f} | {spent:.0f} | {errors or '0'} |")
    print(f"\nload after {load()}")
    shutil.rmtree(kept.parent)
