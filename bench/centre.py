"""Commission → centre made from the template → live and reachable; a publication → visible."""

import re
import time

from bench.house import house_at_night, rows
from bench.measuring import load, percentile
from bench.night_client import ASK, REQUEST
from bench.visitor import Visitor
from launch.supervisor import Stack

CENTRES, MESSAGES, WITHIN = 10, 5, 30.0
COMMISSION: dict[str, object] = {
    "name": "Explosie bij de Kade",
    "commissioner": "De burgemeester",
    "controller": "Gemeente Amsterdam",
    "spokesman": "Woordvoerder, 06-00000082",
    "area": "Amsterdam Noord",
    "audiences": ["residents"],
    "wants_closed_part": "nee",
}
_NEWEST = "SELECT id::text FROM incidents_incident ORDER BY reported_at DESC LIMIT 1"
_CENTRE = "SELECT id::text, slug, status FROM centres_advicecentre WHERE incident_id = %s"
_CHOICE = re.compile(r'name="version" value="([0-9a-f-]{36})" checked')


class People:
    """Who commissions, who writes, and who approves and publishes."""

    def __init__(self, stack: Stack) -> None:
        self.official, self.editor, self.chief = (Visitor(stack.base_url, seconds=30) for _ in range(3))
        self.official.log_in("nadia.vroom")
        self.editor.log_in("lin.chen")
        self.chief.log_in("owen.baas")

    def write(self, centre: str, text: str) -> None:
        """A news message by the editor, not yet approved."""
        values: dict[str, object] = {"body_nl": text, "source": "Gemeente Amsterdam"}
        _done(self.editor, f"/werk/iac/{centre}/bericht/", values)

    def waiting(self, centre: str) -> dict[str, object]:
        """What waits for approval, as the chief's form has it."""
        page = self.chief.get(f"/werk/iac/{centre}/goedkeuren/")
        return {"version": _CHOICE.findall(page.text)}

    def approve(self, centre: str, waiting: dict[str, object]) -> None:
        """Approve what waits; for a live centre that is the publication."""
        _done(self.chief, f"/werk/iac/{centre}/goedkeuren/", waiting)


def _done(visitor: Visitor, path: str, values: dict[str, object]) -> None:
    answer = visitor.post(path, values)
    if answer.status_code != 302:
        raise RuntimeError(f"{path}: {answer.status_code}")


def _until_public(visitor: Visitor, path: str, text: str) -> None:
    """Wait until the public page holds this text. Raises RuntimeError when it does not come."""
    until = time.monotonic() + WITHIN
    while time.monotonic() < until:
        page = visitor.get(path)
        if page.status_code == 200 and text in page.text:
            return
        time.sleep(0.02)
    raise RuntimeError(f"{path} was not published")


def _one_centre(stack: Stack, people: People, reader: Visitor) -> tuple[float, float, list[float]]:
    """Seconds to make it, seconds until it is reachable, and seconds until each message is visible."""
    _done(people.official, ASK, {**REQUEST, "place": f"Straat {time.monotonic_ns()}"})
    incident = rows(stack, _NEWEST)[0][0]
    began = time.monotonic()
    _done(people.official, f"/werk/iac/opdracht/{incident}/", COMMISSION)
    made = time.monotonic() - began
    centre, slug, status = rows(stack, _CENTRE, incident)[0]
    if status != "building":
        raise RuntimeError("the centre was not made from its template")
    people.write(centre, "De gemeente onderzoekt wat er is gebeurd.")
    people.approve(centre, people.waiting(centre))
    began = time.monotonic()
    _done(people.chief, f"/werk/iac/{centre}/live/", {})
    _until_public(reader, f"/iac/{slug}/", "onderzoekt")
    reachable = time.monotonic() - began
    visible = []
    for number in range(MESSAGES):
        text = f"Bericht nummer {number} van de gemeente."
        people.write(centre, text)
        waiting = people.waiting(centre)
        began = time.monotonic()
        people.approve(centre, waiting)
        _until_public(reader, f"/iac/{slug}/", text)
        visible.append(time.monotonic() - began)
    return made, reachable, visible


def _row(name: str, seconds: list[float]) -> str:
    p50, p99 = percentile(seconds, 0.5), percentile(seconds, 0.99)
    return f"| {name} | {len(seconds)} | {p50:.2f} | {p99:.2f} | {load()} |"


def run() -> None:
    """Print the table."""
    with house_at_night("worker") as stack:
        people, reader = People(stack), Visitor(stack.base_url)
        found = [_one_centre(stack, people, reader) for _ in range(CENTRES)]
    print("| from → to | times | p50 s | p99 s | load |\n|---|---|---|---|---|")
    print(_row("commission sent → centre made from its template", [each[0] for each in found]))
    print(_row("put live → public page reachable", [each[1] for each in found]))
    print(_row("both, the machine's part of commission → live", [each[0] + each[1] for each in found]))
    print(_row("message approved → visible to the public", [every for each in found for every in each[2]]))
