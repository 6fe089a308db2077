/* Langs de deuren: one tap a door, also without a signal. Every tap waits on the phone until Nabij has it. */
(() => {
  "use strict";
  const root = document.querySelector("[data-walk]");
  const pocket = window.nabijPocket;
  if (!root || !pocket || !window.crypto || !crypto.subtle || !("serviceWorker" in navigator)) return;

  const round = root.dataset.walk;
  const base = root.dataset.base;
  const CACHE = `nabij:deuren:${base}`;
  const EVERY = 15000;
  const LONGEST = 14 * 24 * 3600;
  const say = (name) => root.dataset[name] || "";
  const status = root.querySelector("[data-status]");
  const doors = new Map([...root.querySelectorAll("[data-door]")].map((item) => [item.dataset.door, item]));
  const words = new Map([...root.querySelectorAll("[data-sums] div")].map((line) => {
    const sum = line.querySelector("[data-sum]");
    return sum ? [sum.dataset.sum, line.querySelector("dt").textContent.trim()] : ["", ""];
  }));
  let last = 0;
  const order = () => { last = Math.max(last + 1, Date.now()); return last; };

  function tell(text) {
    status.hidden = !text;
    status.textContent = text;
  }

  function draw(id, outcome, note, isWaiting) {
    const item = doors.get(id);
    if (!item) return;
    item.dataset.outcome = outcome;
    item.dataset.note = note || "";
    item.toggleAttribute("data-waiting", isWaiting);
    item.querySelector("[data-words]").textContent = words.get(outcome) || "";
    for (const cell of root.querySelectorAll(`[data-cell="${id}"]`)) cell.dataset.outcome = outcome;
  }

  function addUp() {
    const sums = new Map();
    for (const item of doors.values()) sums.set(item.dataset.outcome, (sums.get(item.dataset.outcome) || 0) + 1);
    for (const sum of root.querySelectorAll("[data-sum]")) sum.textContent = String(sums.get(sum.dataset.sum) || 0);
  }

  /* how the doors stood at Nabij, and over it what still waits here */
  function show(standing, waiting) {
    for (const door of standing ? standing.doors : []) draw(door.id, door.outcome, door.note, false);
    for (const each of waiting) if (each.kind === "tap") draw(each.door, each.outcome, each.id, true);
    addUp();
  }

  function hide() {
    root.replaceChildren(Object.assign(document.createElement("p"), { textContent: say("textGone") }));
  }

  async function forget() {
    await pocket.forget(round);
    await caches.delete(CACHE);
  }

  async function keepPage() {
    const links = [...document.querySelectorAll("link[rel=stylesheet], link[rel=icon]")].map((each) => each.href);
    const scripts = [...document.querySelectorAll("script[src]")].map((each) => each.src);
    const cache = await caches.open(CACHE);
    await cache.addAll([base, ...links, ...scripts]);
    root.dataset.ready = "yes";
  }

  /* an answer of Nabij, or why there is none */
  async function ask(path, options) {
    const answer = await fetch(base + path, { credentials: "same-origin", cache: "no-store", redirect: "manual", signal: AbortSignal.timeout(8000), ...options });
    if (answer.type === "opaqueredirect" || answer.status === 401) return { away: "login" };
    if (answer.status === 404 || answer.status === 403) return { away: "gone" };
    if (!answer.ok) throw new TypeError("the server is away");
    return answer.json();
  }

  /* seconds since the tap: the clock of a phone may be wrong, but runs evenly */
  const ago = (pressed) => Math.min(LONGEST, Math.max(0, Math.round((Date.now() - pressed) / 1000)));

  function parcel(waiting) {
    const taps = waiting.filter((each) => each.kind === "tap");
    const cards = waiting.filter((each) => each.kind === "card");
    return JSON.stringify({
      taps: taps.map(({ id, door, outcome, previous, pressed }) => ({ id, door, outcome, previous, ago: ago(pressed) })),
      cards: cards.map(({ id, envelope }) => ({ id, envelope })),
    });
  }

  async function exchange() {
    const waiting = await pocket.waiting(round);
    let standing = await ask("stand/");
    if (!standing.away && waiting.length) {
      const headers = { "Content-Type": "application/json", "X-CSRFToken": standing.token };
      standing = await ask("sturen/", { method: "POST", headers, body: parcel(waiting) });
      if (!standing.away) {
        await pocket.drop([...standing.done, ...standing.refused.map((each) => each.id)]);
        for (const each of standing.refused) tell(`${say("textRefused")} ${each.why}`);
      }
    }
    return standing;
  }

  async function settle(standing) {
    if (standing.away) {
      await forget();
      tell(standing.away === "login" ? say("textLogin") : say("textGone"));
      return;
    }
    const waiting = await pocket.waiting(round);
    if (standing.closed && !waiting.length) await forget();
    else await pocket.remember({ round, heard: Date.now(), made: standing.made, doors: standing.doors });
    const disputed = standing.doors.filter((door) => door.disputed).map((door) => door.id).sort().join();
    const shown = [...doors.values()].filter((item) => item.hasAttribute("data-disputed")).map((item) => item.dataset.door).sort().join();
    const card = root.querySelector("[data-card]");
    show(standing, waiting);
    if (disputed !== shown && !(card && card.open)) location.reload();
  }

  let isBusy = false;
  let isAsked = false;
  async function sync() {
    if (isBusy) { isAsked = true; return; }
    isBusy = true;
    try {
      const had = (await pocket.waiting(round)).length;
      await settle(await exchange());
      if (had && !(await pocket.waiting(round)).length && !status.textContent.startsWith(say("textRefused"))) tell(say("textSent"));
    } catch {
      const waiting = await pocket.waiting(round);
      tell(waiting.length ? `${say("textKept")} ${waiting.length}` : "");
      await hideWhenOld();
    }
    isBusy = false;
    if (isAsked) { isAsked = false; sync(); }
  }

  async function hideWhenOld() {
    const kept = await pocket.standing(round);
    const heard = kept ? kept.heard : Number(root.dataset.made) * 1000;
    if (Date.now() - heard > Number(root.dataset.hours) * 3600000) { await forget(); hide(); }
  }

  async function tap(form, outcome) {
    const item = form.closest("[data-door]");
    const what = {
      id: crypto.randomUUID(), round, kind: "tap", order: order(), door: item.dataset.door, outcome,
      previous: item.dataset.note || null, pressed: Date.now(),
    };
    await pocket.keep(what);
    draw(what.door, outcome, what.id, true);
    addUp();
    sync();
  }

  function isWrong(form) {
    if (!form.elements.agreed.checked || !form.elements.is_old_enough.checked || !form.elements.name.value.trim()) return say("textWrong");
    const digits = form.elements.phone.value.replace(/[\s().-]/g, "");
    return /^(\+\d{8,15}|0\d{9})$/.test(digits) ? "" : say("textPhone");
  }

  async function lock(form) {
    const line = root.querySelector("[data-card-status]");
    line.hidden = false;
    line.textContent = isWrong(form);
    if (line.textContent) return;
    const id = crypto.randomUUID();
    const card = Object.fromEntries(["name", "phone", "time", "language"].map((name) => [name, form.elements[name].value.trim()]));
    const envelope = await window.nabijSeal(say("key"), `${round}:${id}`, { ...card, consent_version: say("consent") });
    await pocket.keep({ id, round, kind: "card", order: order(), envelope });
    form.reset();
    line.textContent = say("textLocked");
    sync();
  }

  root.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.hasAttribute("data-tap")) {
      event.preventDefault();
      tap(form, event.submitter.value);
    } else if (form.hasAttribute("data-wish")) {
      event.preventDefault();
      lock(form);
    }
  });

  async function begin() {
    const kept = await pocket.standing(round);
    const isNewer = kept && kept.made > Number(root.dataset.made);
    show(isNewer ? kept : null, await pocket.waiting(round));
    await navigator.serviceWorker.register(`${base}werker.js`, { scope: base });
    try { await keepPage(); } catch { /* no signal: what was kept before serves */ }
    await sync();
  }

  window.addEventListener("online", sync);
  setInterval(sync, EVERY);
  begin();
})();
