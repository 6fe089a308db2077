/* Sealing a card on the phone, with the same steps as nabij/doors/sealing.py: who sealed it cannot open it again. */
(() => {
  "use strict";
  const CURVE = { name: "ECDH", namedCurve: "P-256" };
  const INFO = new TextEncoder().encode("nabij deurwens 1");
  const PADDED = 1024;
  const bytesOf = (letters) => Uint8Array.from(atob(letters), (letter) => letter.charCodeAt(0));
  const lettersOf = (bytes) => btoa(String.fromCharCode(...bytes));

  function joined(...parts) {
    const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
    let at = 0;
    for (const part of parts) { whole.set(part, at); at += part.length; }
    return whole;
  }

  async function seal(publicKey, mark, card) {
    const theirs = bytesOf(publicKey);
    const content = new TextEncoder().encode(JSON.stringify(card));
    if (content.length > PADDED) throw new RangeError("this card is too long");
    const padded = new Uint8Array(PADDED).fill(32);
    padded.set(content);
    const fresh = await crypto.subtle.generateKey(CURVE, false, ["deriveBits"]);
    const own = new Uint8Array(await crypto.subtle.exportKey("raw", fresh.publicKey));
    const other = await crypto.subtle.importKey("raw", theirs, CURVE, false, []);
    const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: other }, fresh.privateKey, 256);
    const base = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
    const way = { name: "HKDF", hash: "SHA-256", salt: joined(own, theirs), info: INFO };
    const key = await crypto.subtle.deriveKey(way, base, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
    const nonce = crypto.getRandomValues(new Uint8Array(12));
    const how = { name: "AES-GCM", iv: nonce, additionalData: new TextEncoder().encode(mark) };
    return lettersOf(joined(own, nonce, new Uint8Array(await crypto.subtle.encrypt(how, key, padded))));
  }

  window.nabijSeal = seal;
})();
