/* A random key of its own for each form, kept as long as the tab: the same form sent twice stays one registration. */
(() => {
  "use strict";
  const PREFIX = "nabij:draft:key:";
  const store = (work) => { try { return work(sessionStorage); } catch { return null; } };
  const fresh = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  for (const receipt of document.querySelectorAll("[data-draft-clear]")) store((kept) => kept.removeItem(PREFIX + receipt.dataset.draftClear));
  for (const field of document.querySelectorAll("[data-form-key]")) {
    if (field.value || !field.form) continue;
    const name = PREFIX + (field.form.dataset.draft || "");
    field.value = store((kept) => kept.getItem(name)) || fresh();
    store((kept) => kept.setItem(name, field.value));
  }
})();
