/* The voice of a zone: <form data-gerai-voice="/layar/ucapan/" data-gerai-voice-zone="3"
   data-gerai-voice-gong="/layar/gong.wav?…"> with a csrf field and a start button.

   One call after another: claim it, gong, say it to the end, note that, confirm. The note
   outlives a reload: a call whose end was noted here is only confirmed, never said again.
   The protocol and its limits: docs/reference/display.md. */

const POLL_MS = 5_000;
const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 10_000;
const STALLED_AFTER_MS = 4_000;
const SPARE_MS = 2_000;
const NOTES_KEPT = 50;

const form = document.querySelector("[data-gerai-voice]");
if (form) start(form);

async function start(element) {
  const sound = new AudioContext();
  await woken(sound, element.querySelector("[data-gerai-voice-start]"));
  const zone = element.dataset.geraiVoiceZone;
  const turn = oneAtATime(() => speakAll(element, sound, notes(zone)));
  document.addEventListener("gerai:happening", ({ detail }) => {
    if (detail.what === "display.call" && detail.key === `zone:${zone}`) turn();
  });
  window.addEventListener("online", turn);
  setInterval(turn, POLL_MS);
  // Two windows of one browser are one voice, where the browser can tell them apart.
  if (navigator.locks) navigator.locks.request(`gerai-voice-${zone}`, () => allow(turn));
  else allow(turn);
}

/* Browsers want one tap before sound; those of a hall may be told not to. */
async function woken(sound, button) {
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

let isAllowed = false;

function allow(turn) {
  isAllowed = true;
  turn();
  return new Promise(() => {});
}

function oneAtATime(work) {
  let busy = false;
  let again = false;
  return async function run() {
    again = true;
    if (busy || !isAllowed) return;
    busy = true;
    while (again) {
      again = false;
      await work();
    }
    busy = false;
  };
}

async function speakAll(element, sound, noted) {
  for (;;) {
    // A screen whose sound was taken away leaves the calls to another one.
    if (sound.state !== "running") sound.resume();
    if (sound.state !== "running") return;
    const askedAt = Date.now();
    const call = await claim(element);
    if (!call) return;
    if (!noted.has(call.sequence)) {
      const wasSaid = await say(call, element, sound, askedAt);
      if (!wasSaid) return;
      noted.add(call.sequence);
    }
    await confirm(element, call);
    tell("gerai:refresh");
  }
}

async function claim(element) {
  const answer = await post(element, element.dataset.geraiVoice, { browser: browser() });
  if (answer?.status !== 200) return null;
  // A server may die in the middle of its answer: the call stays ours, we ask again.
  return answer.json().catch(() => null);
}

/* Until somebody answers. A refusal is an answer: the call is another screen's by now. */
async function confirm(element, call) {
  for (let rest = FIRST_RETRY_MS; ; rest = Math.min(rest * 2, LAST_RETRY_MS)) {
    const answer = await post(element, call.confirm, {});
    if (answer && answer.status < 500) return;
    await new Promise((resolve) => setTimeout(resolve, rest));
  }
}

async function post(element, url, fields) {
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

/* Says a call to its end and tells whether it did. Everything is here before the first tone;
   nothing begins that would not end while the call is surely ours. */
async function say(call, element, sound, askedAt) {
  const urls = [element.dataset.geraiVoiceGong, ...call.clips];
  let parts;
  try {
    parts = (await Promise.all(urls.map((url) => load(url, sound)))).filter(Boolean);
  } catch {
    return false;
  }
  // What could never end in time must not hold up the calls behind it.
  while (parts.length > 1 && length(parts) + SPARE_MS > call.holds_ms) parts.pop();
  if (Date.now() - askedAt + length(parts) + SPARE_MS > call.holds_ms) return false;
  tell("gerai:refresh");
  for (const part of parts) {
    if (!(await play(part, sound))) return false;
  }
  tell("gerai:spoken", call);
  return true;
}

function length(parts) {
  return parts.reduce((sum, part) => sum + part.duration * 1000, 0);
}

/* Nothing where there is no such sound; an unreachable server is an error: ask again. */
async function load(url, sound) {
  const answer = await fetch(url, { credentials: "same-origin", signal: AbortSignal.timeout(8_000) });
  if (answer.status >= 500) throw new Error(`${answer.status}`);
  if (!answer.ok) return null;
  const content = await answer.arrayBuffer();
  return sound.decodeAudioData(content).catch(() => null);
}

function play(part, sound) {
  return new Promise((resolve) => {
    const source = new AudioBufferSourceNode(sound, { buffer: part });
    const late = setTimeout(() => {
      source.onended = null;
      source.stop();
      resolve(false);
    }, part.duration * 1000 + STALLED_AFTER_MS);
    source.onended = () => {
      clearTimeout(late);
      resolve(true);
    };
    source.connect(sound.destination);
    source.start();
  });
}

/* Which calls were said to their end here. */
function notes(zone) {
  const key = `gerai.spoken.${zone}`;
  const read = () => JSON.parse(localStorage.getItem(key) || "[]");
  return {
    has: (sequence) => read().includes(sequence),
    add: (sequence) => {
      localStorage.setItem(key, JSON.stringify([...read(), sequence].slice(-NOTES_KEPT)));
    },
  };
}

function browser() {
  const key = "gerai.browser";
  let name = localStorage.getItem(key);
  if (!name) {
    name = [...crypto.getRandomValues(new Uint32Array(4))].map((part) => part.toString(36)).join("");
    localStorage.setItem(key, name);
  }
  return name;
}

function tell(what, detail) {
  document.dispatchEvent(new CustomEvent(what, { detail }));
}
