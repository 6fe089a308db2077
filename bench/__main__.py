"""`python -m bench [name …]`: prints the figures of docs/performance.md; without a name, all of them."""

import importlib
import os
import subprocess
import sys

from launch.supervisor import Stack

# those in a process of their own, inside a seeded house, with the application's own database role
INSIDE = ("pages", "flyers", "news", "desk", "release")
OUTSIDE = (
    "serving",
    "behind_nginx",
    "night_kill",
    "registration_kill",
    "receipts",
    "storm",
    "cases",
    "matching",
    "lookup",
    "visits",
)


def inside(name: str) -> None:
    """Run one measurement with Django set up on a fresh demonstration."""
    with Stack(movable_clock=True) as stack:
        code = f"import django; django.setup(); from bench.{name} import run; run()"
        env = {**stack.env("web"), "DJANGO_SETTINGS_MODULE": "nabij.settings", "PATH": os.environ["PATH"]}
        subprocess.run([sys.executable, "-c", code], env=env, check=True)


def main(names: list[str]) -> None:
    """Run the named measurements."""
    for name in names or (*INSIDE, *OUTSIDE):
        print(f"\n## {name}\n", flush=True)
        if name in INSIDE:
            inside(name)
        else:
            importlib.import_module(f"bench.{name}").run()


if __name__ == "__main__":
    main(sys.argv[1:])
