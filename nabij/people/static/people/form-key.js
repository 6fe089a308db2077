/* A random key of its own for each form, kept as long as the tab: the same form sent twice stays one registration.
   After the receipt the form may come back with Back. Who then corrects it keeps the key; who fills in somebody else gets a new one. */
(() => {
  "use strict";
  const PREFIX = "nabij:draft:key:";
  const store = (work) => { try { return work(sessionStorage); } catch { return null; } };
  const fresh = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const nameOf = (field) => PREFIX + (field.form.dataset.draft || "");
  const typed = (form, name) => (form.elements[name]?.value || "").normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();
  const who = (form) => ({ name: typed(form, "name"), ways: [typed(form, "phone").replace(/\D/g, "").slice(-9), typed(form, "email")] });
  const isOther = (one, two) => one.name !== two.name && !one.ways.some((way, place) => way && way === two.ways[place]);
  const take = (field, key) => { field.value = key; store((kept) => kept.setItem(nameOf(field), key)); };

  for (const receipt of document.querySelectorAll("[data-draft-clear]")) store((kept) => kept.removeItem(PREFIX + receipt.dataset.draftClear));
  for (const field of document.querySelectorAll("[data-form-key]")) {
    if (!field.form) continue;
    let acknowledged = null; /* who was sent under this key, once its receipt was shown */
    if (!field.value) take(field, store((kept) => kept.getItem(nameOf(field))) || fresh());
    addEventListener("pageshow", () => {
      const known = store((kept) => [kept.getItem(nameOf(field))]);
      if (known && known[0] !== field.value) acknowledged = who(field.form);
    });
    field.form.addEventListener("submit", () => {
      if (acknowledged && isOther(acknowledged, who(field.form))) take(field, fresh());
      acknowledged = null;
    });
  }
})();
