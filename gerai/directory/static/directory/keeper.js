/* The service worker of kiosks and screens: while the server does not answer, the start page,
   its parts and the clips fetched last are given from what was kept. Never anything else:
   no page that a visitor has opened, nothing that was sent. */

const STORE = "gerai-device-1";
const PATIENCE_MS = 8_000;
const MOST_CLIPS = 100;
const MOST_OTHERS = 150;
const start = new URL(self.registration.scope).pathname;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(begin()));
self.addEventListener("message", (event) => event.waitUntil(keepAll(event.data?.keep ?? [])));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request, url));
  else if (request.method !== "GET") return;
  else if (isClip(url)) event.respondWith(clip(request));
  else if (isPart(url)) event.respondWith(part(request));
  else if (isStart(url) && request.headers.has("X-Gerai-Refresh")) event.respondWith(fresh(request));
});

async function begin() {
  for (const name of await caches.keys()) {
    if (name.startsWith("gerai-device-") && name !== STORE) await caches.delete(name);
  }
  await self.clients.claim();
}

function isStart(url) {
  return url.pathname === start;
}

function isPart(url) {
  return url.pathname.startsWith("/static/");
}

/* Its address names its content. */
function isClip(url) {
  return url.pathname.startsWith(start) && url.pathname.endsWith(".wav") && url.searchParams.has("v");
}

async function page(request, url) {
  try {
    const answer = await reached(request);
    if (request.method === "GET" && isStart(url)) await keep(request, answer);
    return answer;
  } catch {
    const kept = isStart(url) && (await found(request));
    if (kept) return kept;
    return (await found(start)) ? Response.redirect(start, 303) : Response.error();
  }
}

/* What the page fetches of itself: a failure is the page's to say. */
async function fresh(request) {
  const answer = await fetch(request);
  await keep(request.url, answer);
  return answer;
}

async function part(request) {
  try {
    const answer = await reached(request);
    await keep(request, answer);
    return answer;
  } catch {
    return (await found(request)) ?? Response.error();
  }
}

async function clip(request) {
  const kept = await found(request);
  if (kept) return kept;
  const answer = await fetch(request);
  await keep(request, answer);
  return answer;
}

/* An answer of the server itself, not of what stands before it while it is away. */
async function reached(request) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error("late")), PATIENCE_MS);
  });
  try {
    const answer = await Promise.race([fetch(request), late]);
    if ([502, 503, 504].includes(answer.status)) throw new Error(`${answer.status}`);
    return answer;
  } finally {
    clearTimeout(timer);
  }
}

function found(request) {
  return caches.open(STORE).then((store) => store.match(request, { ignoreVary: true }));
}

/* A start page that leads elsewhere belongs to no device any more: it is forgotten. */
async function keep(request, answer) {
  const store = await caches.open(STORE);
  if (answer.status === 200 && !answer.redirected) await store.put(request, answer.clone());
  else if (answer.type === "opaqueredirect" || answer.redirected) await store.delete(request);
  await forget(store);
}

/* A day's clips must not push out the page and what it is made of. */
async function forget(store) {
  const kept = await store.keys();
  const clips = kept.filter((each) => isClip(new URL(each.url)));
  const others = kept.filter((each) => !isClip(new URL(each.url)));
  for (const old of [...oldest(clips, MOST_CLIPS), ...oldest(others, MOST_OTHERS)]) {
    await store.delete(old);
  }
}

function oldest(kept, most) {
  return kept.slice(0, Math.max(0, kept.length - most));
}

async function keepAll(addresses) {
  for (const address of addresses) {
    const url = new URL(address, location.origin);
    if (url.origin !== location.origin || !(isStart(url) || isPart(url) || isClip(url))) continue;
    if (await found(url.href)) continue;
    try {
      await keep(url.href, await reached(url.href));
    } catch {
      return;
    }
  }
}
