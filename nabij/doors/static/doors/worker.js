/* The worker of one round: the page of who walks and its files, also without a signal. Other pages it leaves alone. */
"use strict";

const SCOPE = new URL(self.registration.scope).pathname;
const NAME = `nabij:deuren:${SCOPE}`;
const PATIENCE = 5000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

/* what comes from the network within a few seconds; a signal that hangs is no signal */
const inTime = (request) => Promise.race([
  fetch(request),
  new Promise((_, fail) => setTimeout(() => fail(new Error("no signal")), PATIENCE)),
]);

async function page(request) {
  const cache = await caches.open(NAME);
  try {
    const answer = await inTime(request);
    if (answer.status >= 500) throw new Error("the server is away");
    if (answer.ok && answer.type === "basic" && new URL(answer.url).pathname === SCOPE) await cache.put(SCOPE, answer.clone());
    return answer;
  } catch {
    return (await cache.match(SCOPE)) || Response.error();
  }
}

async function file(request) {
  const cache = await caches.open(NAME);
  try {
    const answer = await inTime(request);
    if (answer.ok) await cache.put(request, answer.clone());
    return answer;
  } catch {
    return (await cache.match(request)) || Response.error();
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate" && url.pathname === SCOPE) event.respondWith(page(request));
  else if (url.pathname.startsWith("/static/")) event.respondWith(file(request));
});
