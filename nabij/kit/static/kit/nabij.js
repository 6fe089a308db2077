/* Nabij in the browser: everything here is a help on top of pages that work without it.
   Nothing is kept beyond the open tab. */
(() => {
  "use strict";

  const DRAFT = "nabij:draft:";
  const say = (name) => document.body.dataset[name] || "";
  const make = (tag, properties) => Object.assign(document.createElement(tag), properties);

  /* --- a store that may be refused by the browser --- */
  const store = {
    read: (key) => { try { return JSON.parse(sessionStorage.getItem(DRAFT + key)); } catch { return null; } },
    write: (key, value) => { try { sessionStorage.setItem(DRAFT + key, JSON.stringify(value)); } catch { /* a full or closed store: no draft */ } },
    drop: (key) => { try { sessionStorage.removeItem(DRAFT + key); } catch { /* nothing was kept */ } },
    empty: () => { try { sessionStorage.clear(); } catch { /* nothing was kept */ } },
  };

  /* --- quick exit: the button, or Escape three times within two seconds --- */
  let escapes = [];
  function leave(link) {
    store.empty();
    store.write = () => {}; /* the field that loses the focus by leaving must not write its draft again */
    document.documentElement.classList.add("is-leaving");
    document.title = "…";
    location.replace(link.href);
  }
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-quick-exit]");
    if (!link) return;
    event.preventDefault();
    leave(link);
  });
  document.addEventListener("keydown", (event) => {
    const link = document.querySelector("[data-quick-exit]");
    if (!link) return;
    if (event.key !== "Escape") { escapes = []; return; }
    escapes = escapes.filter((at) => event.timeStamp - at < 2000).concat(event.timeStamp);
    if (escapes.length >= 3) leave(link);
  });

  /* --- a draft that lives as long as the tab --- */
  const isKept = (field) => field.name && !field.closest("[data-no-draft]")
    && !["hidden", "password", "file", "submit", "button"].includes(field.type) && field.autocomplete !== "one-time-code";
  function valuesOf(form) {
    const values = {};
    for (const field of [...form.elements].filter(isKept)) {
      const list = values[field.name] ||= [];
      if (field.type === "checkbox" || field.type === "radio") { if (field.checked) list.push(field.value); }
      else if (field.multiple && field.options) list.push(...[...field.selectedOptions].map((option) => option.value));
      else list.push(field.value);
    }
    return values;
  }
  function fill(form, values) {
    const seen = {};
    for (const field of [...form.elements].filter(isKept)) {
      const list = values[field.name];
      if (!list) continue;
      if (field.type === "checkbox" || field.type === "radio") field.checked = list.includes(field.value);
      else if (field.multiple && field.options) for (const option of field.options) option.selected = list.includes(option.value);
      else {
        const index = seen[field.name] = (seen[field.name] ?? -1) + 1;
        if (list[index] !== undefined) field.value = list[index];
      }
      field.dispatchEvent(new Event("change", { bubbles: true }));
    }
  }
  function keepDraft(form) {
    const key = form.dataset.draft;
    const kept = store.read(key);
    const fresh = JSON.stringify(valuesOf(form));
    if (kept && !form.querySelector("[data-error-summary]") && JSON.stringify(kept) !== fresh) {
      fill(form, kept);
      const note = make("div", { className: "draft" });
      note.setAttribute("role", "status");
      const again = make("button", { type: "button", className: "button button--quiet button--small", textContent: say("textClear") });
      again.addEventListener("click", () => { store.drop(key); fill(form, JSON.parse(fresh)); store.drop(key); note.remove(); form.querySelector("input, select, textarea")?.focus(); });
      note.append(make("p", { textContent: say("textDraft") }), again);
      form.prepend(note);
    }
    form.addEventListener("input", () => store.write(key, valuesOf(form)));
    form.addEventListener("change", (event) => { if (event.isTrusted) store.write(key, valuesOf(form)); });
  }

  /* --- submit once --- */
  function release(form) {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("[data-waiting]")) { button.disabled = false; delete button.dataset.waiting; }
  }
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || form.hasAttribute("hx-post") || event.defaultPrevented) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "yes";
    /* after this turn, so that the pressed button still sends its name and value */
    setTimeout(() => {
      for (const button of form.querySelectorAll("button:not([type=button]):not([disabled])")) { button.disabled = true; button.dataset.waiting = "yes"; }
    });
    setTimeout(() => release(form), 15000);
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) document.querySelectorAll("form[data-sent]").forEach(release);
  });

  /* --- clocks: by the server's time, whatever this device believes --- */
  const offsets = new WeakMap();
  function shortSpan(ms, hour) {
    const s = Math.max(0, Math.floor(ms / 1000));
    if (s < 60) return `${s} s`;
    if (s < 3600) return `${Math.floor(s / 60)} min`;
    if (s < 172800) return `${Math.floor(s / 3600)} ${hour} ${String(Math.floor(s % 3600 / 60)).padStart(2, "0")}`;
    return `${Math.floor(s / 86400)} d`;
  }
  const setText = (node, text) => { if (node && node.textContent !== text) node.textContent = text; };
  function tick(clock) {
    const { start, due, label, left, late, hour } = clock.dataset;
    if (!offsets.has(clock)) offsets.set(clock, Date.parse(clock.dataset.now) - performance.now());
    const now = offsets.get(clock) + performance.now();
    const [from, until] = [Date.parse(start), Date.parse(due)];
    const isLate = now > until;
    const share = isLate ? 1 : (until - now) / Math.max(1000, until - from);
    const [word, span] = [isLate ? late : left, shortSpan(Math.abs(until - now), hour)];
    clock.classList.toggle("clock--late", isLate);
    clock.classList.toggle("clock--soon", !isLate && share < 0.25);
    clock.classList.toggle("clock--running", !isLate && share >= 0.25);
    clock.querySelector(".ring__part").setAttribute("stroke-dasharray", `${(100 * Math.min(1, share)).toFixed(1)} 100`);
    setText(clock.querySelector(".ring__word"), word);
    setText(clock.querySelector(".ring__value"), span);
    if (!span.endsWith(" s")) setText(clock.querySelector("title"), `${label}: ${word} ${span}`);
  }
  setInterval(() => document.querySelectorAll('[data-clock="ticking"]').forEach(tick), 1000);

  /* --- a filter box above a long list; the list itself stays the field --- */
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  function makeSearchable(select) {
    if (select.dataset.filtered || (select.options.length <= 20 && !select.hasAttribute("data-searchable"))) return;
    select.dataset.filtered = "yes";
    const whole = [...select.childNodes].map((node) => node.cloneNode(true));
    const box = make("input", { type: "search", className: "input filter", autocomplete: "off", placeholder: say("textFilter") });
    const name = select.labels?.[0]?.firstChild?.textContent.trim() || "";
    box.setAttribute("aria-label", `${say("textFilter")}: ${name}`);
    box.dataset.noDraft = "yes";
    const count = make("span", { className: "filter__count" });
    count.setAttribute("role", "status");
    const narrow = () => {
      const words = plain(box.value).split(/\s+/).filter(Boolean);
      const chosen = new Set([...select.selectedOptions].map((option) => option.value));
      /* first a list box: a drop-down would choose by itself when its chosen option leaves */
      if (!select.multiple && words.length) select.size = 8;
      select.replaceChildren(...whole.map((node) => node.cloneNode(true)));
      let found = 0;
      for (const option of [...select.options]) {
        option.selected = chosen.has(option.value);
        const text = plain(option.text);
        const fits = words.every((word) => text.includes(word)) && (option.value !== "" || !words.length);
        if (fits) found += 1;
        else if (!option.selected || (option.value === "" && !select.multiple)) option.remove();
      }
      select.querySelectorAll("optgroup:empty").forEach((group) => group.remove());
      if (!select.multiple) {
        if (words.length) select.size = Math.min(8, Math.max(3, select.options.length));
        else select.removeAttribute("size");
      }
      count.textContent = words.length ? `${found} ${say("textFound")}` : "";
    };
    box.addEventListener("input", (event) => { event.stopPropagation(); narrow(); });
    box.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown") { event.preventDefault(); select.focus(); if (select.selectedIndex < 0 && select.options.length) { select.selectedIndex = 0; select.dispatchEvent(new Event("change", { bubbles: true })); } }
      if (event.key !== "Enter") return;
      event.preventDefault();
      const hit = [...select.options].find((option) => option.value !== "" && plain(option.text).includes(plain(box.value).trim()));
      if (!hit || !box.value.trim()) return;
      hit.selected = true;
      close();
      select.focus();
      select.dispatchEvent(new Event("input", { bubbles: true }));
    });
    const close = () => { if (select.multiple || !box.value) return; box.value = ""; narrow(); };
    select.addEventListener("click", () => { if (select.value) close(); });
    select.addEventListener("keydown", (event) => { if (event.key === "Enter" && select.size > 1) { event.preventDefault(); close(); } });
    select.before(box, count);
  }

  /* --- live blocks: say so when they stand still --- */
  const refreshedAt = new WeakMap();
  const loadedAt = new Date();
  const clockTime = (moment) => moment.toLocaleTimeString("nl-NL", { hour: "2-digit", minute: "2-digit", timeZone: "Europe/Amsterdam" });
  document.addEventListener("htmx:afterRequest", (event) => {
    const block = event.target.closest?.("[data-live]");
    if (!block) return;
    const status = event.detail.xhr?.status || 0;
    if (status >= 200 && status < 400) {
      refreshedAt.set(block, new Date());
      block.parentElement.querySelector(".panel__stale")?.remove();
    } else if (!block.parentElement.querySelector(".panel__stale")) {
      const note = make("p", { className: "panel__stale", textContent: `${say("textStale")} ${clockTime(refreshedAt.get(block) || loadedAt)}.` });
      note.setAttribute("role", "status");
      block.before(note);
    }
  });

  /* --- start, and again for whatever htmx brings in --- */
  function prepare(root) {
    root.querySelectorAll(".field select").forEach(makeSearchable);
    for (const receipt of root.querySelectorAll("[data-draft-clear]")) store.drop(receipt.dataset.draftClear);
    root.querySelectorAll("form[data-draft]").forEach(keepDraft);
    root.querySelector("[data-error-summary]")?.focus();
  }
  prepare(document);
  document.addEventListener("htmx:load", (event) => { if (event.target !== document.body) prepare(event.target); });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") document.querySelector("[data-menu][open]")?.removeAttribute("open"); });
})();
