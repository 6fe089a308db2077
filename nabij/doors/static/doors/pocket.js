/* What a phone keeps of a round: taps and sealed cards that still wait, and how the doors stood. No address, no name. */
(() => {
  "use strict";
  const opened = new Promise((done, fail) => {
    const asked = indexedDB.open("nabij-deuren", 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("waiting", { keyPath: "id" });
      asked.result.createObjectStore("standing", { keyPath: "round" });
    };
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
  });

  async function within(store, mode, work) {
    const base = await opened;
    return new Promise((done, fail) => {
      const turn = base.transaction(store, mode);
      const asked = work(turn.objectStore(store));
      turn.oncomplete = () => done(asked && asked.result);
      turn.onerror = turn.onabort = () => fail(turn.error);
    });
  }

  window.nabijPocket = {
    keep: (what) => within("waiting", "readwrite", (store) => store.put(what)),
    drop: (ids) => within("waiting", "readwrite", (store) => { ids.forEach((id) => store.delete(id)); }),
    waiting: async (round) => (await within("waiting", "readonly", (store) => store.getAll()))
      .filter((each) => each.round === round).sort((one, other) => one.order - other.order),
    remember: (standing) => within("standing", "readwrite", (store) => store.put(standing)),
    standing: (round) => within("standing", "readonly", (store) => store.get(round)),
    forget: (round) => within("standing", "readwrite", (store) => store.delete(round)),
  };
})();
