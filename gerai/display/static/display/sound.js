/* What the voices of a screen share: calls (voice.js) and emergencies (alarm.js). */

export const SPARE_MS = 2_000;
// Between gong, Indonesian and English: clips begin and end without silence of their own.
export const REST_MS = 400;
const STALLED_AFTER_MS = 4_000;
const NOTES_KEPT = 50;

/* One mouth: a call is broken off where an emergency wants to be heard, and said again later. */
let isHushed = false;
let breakOff = () => {};

export function hush(isWanted) {
  isHushed = isWanted;
  if (isWanted) breakOff();
}

/* Loaded anew in the middle of its words the page would begin them once more: that waits. */
let speaking = 0;
let wantsReload = false;
window.navigation?.addEventListener("navigate", (event) => {
  if (!speaking || event.navigationType !== "reload" || !event.cancelable) return;
  event.preventDefault();
  wantsReload = true;
});

export async function undisturbed(work) {
  speaking += 1;
  try {
    return await work();
  } finally {
    speaking -= 1;
  }
}

export function reloadIfWanted() {
  if (wantsReload && !speaking) location.reload();
}

/* Browsers want one tap before sound; those of a hall may be told not to. */
export async function woken(sound, button) {
  sound.resume();
  await new Promise((resolve) => setTimeout(resolve, 300));
  if (sound.state === "running") return;
  button.hidden = false;
  await new Promise((resolve) => {
    const wake = async () => {
      await sound.resume();
      resolve();
    };
    document.addEventListener("pointerdown", wake, { once: true });
    document.addEventListener("keydown", wake, { once: true });
    button.addEventListener("click", wake, { once: true });
  });
  button.hidden = true;
}

export async function post(element, url, fields) {
  const token = element.querySelector("[name=csrfmiddlewaretoken]").value;
  let answer;
  try {
    answer = await fetch(url, {
      method: "POST",
      body: new URLSearchParams(fields),
      headers: { "X-CSRFToken": token, Accept: "application/json" },
      cache: "no-store",
      credentials: "same-origin",
      signal: AbortSignal.timeout(8_000),
    });
  } catch {
    return null;
  }
  // No device any more, or an old secret: the page itself knows what to do then.
  if (answer.redirected || answer.status === 403) location.reload();
  return answer;
}

export function length(parts) {
  return parts.reduce((sum, part) => sum + part.duration * 1000 + REST_MS, 0);
}

/* Nothing where there is no such sound; an unreachable server is an error: ask again. */
export async function load(url, sound) {
  const answer = await fetch(url, { credentials: "same-origin", signal: AbortSignal.timeout(8_000) });
  if (answer.status >= 500) throw new Error(`${answer.status}`);
  if (!answer.ok) return null;
  const content = await answer.arrayBuffer();
  return sound.decodeAudioData(content).catch(() => null);
}

/* Tells whether it came to its end. What yields is broken off by an emergency. */
export function play(part, sound, volume, { yields = false } = {}) {
  if (yields && isHushed) return Promise.resolve(false);
  return new Promise((resolve) => {
    const source = new AudioBufferSourceNode(sound, { buffer: part });
    const end = (isWhole) => {
      clearTimeout(late);
      if (yields) breakOff = () => {};
      source.onended = null;
      if (!isWhole) source.stop();
      resolve(isWhole);
    };
    const late = setTimeout(() => end(false), part.duration * 1000 + STALLED_AFTER_MS);
    source.onended = () => end(true);
    if (yields) breakOff = () => end(false);
    source.connect(new GainNode(sound, { gain: volume })).connect(sound.destination);
    source.start();
  });
}

/* What was said to its end here; of a full disk at least this page still knows. */
export function notes(key) {
  const here = new Set();
  const read = () => {
    try {
      return JSON.parse(localStorage.getItem(key) || "[]");
    } catch {
      return [];
    }
  };
  return {
    has: (what) => here.has(what) || read().includes(what),
    add: (what) => {
      here.add(what);
      store(key, JSON.stringify([...read(), what].slice(-NOTES_KEPT)));
    },
  };
}

let name = "";

export function browser() {
  const key = "gerai.browser";
  name ||= localStorage.getItem(key);
  if (!name) {
    name = [...crypto.getRandomValues(new Uint32Array(4))].map((part) => part.toString(36)).join("");
    store(key, name);
  }
  return name;
}

function store(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch (error) {
    console.error(error);
  }
}

export function tell(what, detail) {
  document.dispatchEvent(new CustomEvent(what, { detail }));
}
