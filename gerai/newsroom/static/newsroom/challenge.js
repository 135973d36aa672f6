/* form[data-gerai-challenge="address"]: while somebody writes, their browser fetches the form's
   stamp and a small sum, and solves it. Without it the comment is sent all the same and waits
   for the newsroom. SHA-256 is written out here: crypto.subtle is missing on plain http, and
   with its promises a hundred thousand short rounds take longer than this. */

const HOLD_ON_MS = 15_000;
const SLICE_MS = 12;
const FRESH_MS = 15 * 60_000;
const SENT = "gerai-comment-sent";

const K = new Int32Array(64);
const H0 = new Int32Array(8);
{
  /* The first bits of the fractional parts of roots of primes, as the standard says. */
  const part = (root) => ((root - Math.floor(root)) * 2 ** 32) | 0;
  let found = 0;
  for (let n = 2; found < 64; n += 1) {
    let isPrime = true;
    for (let d = 2; d * d <= n; d += 1) if (n % d === 0) isPrime = false;
    if (!isPrime) continue;
    if (found < 8) H0[found] = part(Math.sqrt(n));
    K[found] = part(Math.cbrt(n));
    found += 1;
  }
}

const w = new Int32Array(64);

/* Hash one block of sixteen words in `w` into `out`. */
function round(out) {
  for (let i = 16; i < 64; i += 1) {
    const x = w[i - 15];
    const y = w[i - 2];
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    w[i] = (w[i - 16] + s0 + w[i - 7] + s1) | 0;
  }
  let [a, b, c, d, e, f, g, h] = out;
  for (let i = 0; i < 64; i += 1) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + K[i] + w[i]) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g; g = f; f = e; e = (d + t1) | 0; d = c; c = b; b = a; a = (t1 + t2) | 0;
  }
  out[0] += a; out[1] += b; out[2] += c; out[3] += d;
  out[4] += e; out[5] += f; out[6] += g; out[7] += h;
}

/* Fill `w` with up to 55 bytes given as whole words, their end mark and length. */
function fill(words, count) {
  w.fill(0, 0, 16);
  for (let i = 0; i < count; i += 1) w[i] = words[i];
  w[count] = 0x80000000 | 0;
  w[15] = count * 32;
}

const wordsOf = (hex) => hex.match(/.{8}/g).map((part) => parseInt(part, 16) | 0);
const hexOf = (words) => [...words].map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");

/* The key that a counter leads to: so many rounds, each hashing what the one before gave. */
export function keyOf(first, counter, rounds) {
  first[first.length - 1] = counter;
  const out = new Int32Array(8);
  out.set(H0);
  fill(first, first.length);
  round(out);
  for (let i = 1; i < rounds; i += 1) {
    fill(out, 8);
    out.set(H0);
    round(out);
  }
  return out;
}

export async function solve({ parameters, signature }) {
  const { algorithm, nonce, salt, cost, keyPrefix } = parameters;
  if (algorithm !== "SHA-256" || nonce.length !== 32 || salt.length !== 32) throw new Error(algorithm);
  const first = [...wordsOf(salt), ...wordsOf(nonce), 0];
  let paused = performance.now();
  for (let counter = 0; counter < 2 ** 31; counter += 1) {
    const key = hexOf(keyOf(first, counter, cost));
    if (key.startsWith(keyPrefix)) {
      return btoa(JSON.stringify({ challenge: { parameters, signature }, solution: { counter, derivedKey: key } }));
    }
    if (performance.now() - paused > SLICE_MS) {
      await new Promise((go) => setTimeout(go));
      paused = performance.now();
    }
  }
  throw new Error("no solution");
}

function begin(form) {
  if (form.geraiReady && Date.now() - form.geraiReady.since < FRESH_MS) return form.geraiReady.done;
  const done = (async () => {
    const response = await fetch(form.dataset.geraiChallenge, { cache: "no-store", headers: { Accept: "application/json" } });
    if (!response.ok) throw new Error(String(response.status));
    const told = await response.json();
    form.elements.stamp.value = told.stamp;
    form.elements.proof.value = await solve(told.challenge);
  })().catch(() => {});
  form.geraiReady = { since: Date.now(), done };
  return done;
}

function listen(form) {
  form.addEventListener("focusin", () => begin(form));
  form.addEventListener("submit", (event) => {
    keep(SENT, String(Date.now()));
    if (form.geraiDone) return;
    event.preventDefault();
    if (form.geraiWaits) return;
    form.geraiWaits = true;
    const note = form.querySelector("[data-gerai-challenge-note]");
    const told = setTimeout(() => { if (note) note.textContent = note.dataset.wait; }, 300);
    const enough = new Promise((go) => setTimeout(go, HOLD_ON_MS));
    Promise.race([begin(form), enough]).then(() => {
      clearTimeout(told);
      form.geraiDone = true;
      /* As a task of its own: while the press is still being told, a form cannot be sent. */
      setTimeout(() => form.requestSubmit(event.submitter));
    });
  });
}

function keep(key, value) {
  try { sessionStorage.setItem(key, value); } catch { /* nothing is kept then */ }
}

function kept(key) {
  try { return sessionStorage.getItem(key); } catch { return null; }
}

/* Back from sending: show the way to one's own comment. The server decides by its own cookie. */
function showOwn() {
  const sent = Number(kept(SENT));
  const own = /^#komentar-\d+$/.test(location.hash) && document.getElementById(location.hash.slice(1));
  if (!own || !sent || Date.now() - sent > FRESH_MS) return;
  for (const link of own.querySelectorAll("[data-gerai-own]")) link.hidden = false;
}

if (typeof document !== "undefined") {
  for (const form of document.querySelectorAll("form[data-gerai-challenge]")) listen(form);
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-gerai-challenge]")) {
      /* Back to a form that was sent: what is written now is another comment. */
      if (form.geraiDone) form.geraiReady = null;
      form.geraiDone = false;
      form.geraiWaits = false;
      form.querySelector("[data-gerai-challenge-note]")?.replaceChildren();
    }
  });
  showOwn();
}
