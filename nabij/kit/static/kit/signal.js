/* Taps of somebody at the scene where there is no signal: a form with data-when-signal is kept in the open tab,
   sent as soon as there is a connection, and says how many seconds ago it was pressed. */
(() => {
  "use strict";

  const KEY = "nabij:taps";
  const EVERY = 10000;
  const say = (name) => document.body.dataset[name] || "";
  const read = () => { try { return JSON.parse(sessionStorage.getItem(KEY)) || []; } catch { return memory; } };
  let memory = [];
  const write = (taps) => { memory = taps; try { sessionStorage.setItem(KEY, JSON.stringify(taps)); } catch { /* kept in this page only */ } };
  const clock = (moment) => new Date(moment).toLocaleTimeString("nl-NL", { hour: "2-digit", minute: "2-digit", timeZone: "Europe/Amsterdam" });

  async function post(tap) {
    const body = new URLSearchParams(tap.body);
    body.set("seconden_geleden", String(Math.max(0, Math.round((Date.now() - tap.pressed) / 1000))));
    /* not followed: what Nabij has to say waits for the page that is loaded next */
    const answer = await fetch(tap.action, { method: "POST", body, credentials: "same-origin", redirect: "manual" });
    if (answer.status >= 500) throw new TypeError("the server is away");
  }

  /* looked at beforehand, so that a tap need not wait; a signal that hangs is no signal */
  let hasSignal = true;
  async function look() {
    if (!document.querySelector("form[data-when-signal]")) return;
    try { hasSignal = (await fetch("/healthz", { cache: "no-store", signal: AbortSignal.timeout(4000) })).ok; } catch { hasSignal = false; }
  }

  function note(form, tap) {
    const line = Object.assign(document.createElement("p"), { className: "panel__stale", textContent: `${say("textSignal")} ${tap.label} (${clock(tap.pressed)}). ${form.dataset.whenSignal}` });
    line.setAttribute("role", "status");
    form.after(line);
    form.hidden = true;
    const next = form.parentElement.querySelector("form[data-next-tap][hidden]");
    if (next) { next.hidden = false; next.removeAttribute("data-next-tap"); }
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.hasAttribute("data-when-signal")) return;
    const waiting = read();
    if (navigator.onLine && hasSignal && !waiting.length) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (form.dataset.tapped) return;
    form.dataset.tapped = "yes";
    const button = event.submitter || form.querySelector("button");
    const tap = { action: form.action, body: new URLSearchParams(new FormData(form)).toString(), pressed: Date.now(), label: button.textContent.trim() };
    write([...waiting, tap]);
    note(form, tap);
  }, true);

  let isSending = false;
  async function sendKept() {
    if (isSending || !read().length) return;
    isSending = true;
    try {
      for (let taps = read(); taps.length; taps = read()) {
        await post(taps[0]);
        write(read().slice(1));
      }
      location.reload();
    } catch { /* still no signal: the next time */ }
    isSending = false;
  }
  window.addEventListener("online", () => { look(); sendKept(); });
  setInterval(() => { look(); sendKept(); }, EVERY);
  sendKept();
})();
