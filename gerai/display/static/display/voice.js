/* The voice of a zone: <form data-gerai-voice="/layar/ucapan/" data-gerai-voice-zone="3"
   data-gerai-voice-gong="/layar/gong.wav?…"> with a csrf field and a start button.

   One call after another: claim it, gong, say it to the end, note that, confirm. The note
   outlives a reload: a call whose end was noted here is only confirmed, never said again.
   The zone's hour tells how loud, with which parts, and for how long the words stay at least.
   What the heartbeat tells of the voice stands on the form: data-gerai-voice-may, -stuck.
   The protocol and its limits: docs/reference/display.md. */

import { watch } from "./alarm.js";
import {
  REST_MS,
  SPARE_MS,
  browser,
  length,
  load,
  notes,
  play,
  post,
  reloadIfWanted,
  tell,
  undisturbed,
  woken,
} from "./sound.js";

const POLL_MS = 5_000;
const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 10_000;

const form = document.querySelector("[data-gerai-voice]");
if (form) start(form);

async function start(element) {
  const sound = new AudioContext();
  element.dataset.geraiVoiceMay = "tidak";
  sound.onstatechange = () => {
    element.dataset.geraiVoiceMay = sound.state === "running" ? "ya" : "tidak";
  };
  await woken(sound, element.querySelector("[data-gerai-voice-start]"));
  const zone = element.dataset.geraiVoiceZone;
  const turn = oneAtATime(() => speakAll(element, sound, notes(`gerai.spoken.${zone}`)));
  document.addEventListener("gerai:happening", ({ detail }) => {
    if (detail.what === "display.call" && detail.key === `zone:${zone}`) turn();
  });
  window.addEventListener("online", turn);
  setInterval(turn, POLL_MS);
  const begin = () => {
    watch(element, sound);
    return allow(turn);
  };
  // Two windows of one browser are one voice, where the browser can tell them apart.
  if (navigator.locks) navigator.locks.request(`gerai-voice-${zone}`, begin);
  else begin();
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
      // What goes wrong once must not silence the zone: the next look tries again.
      await work().catch((error) => console.error(error));
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
      const wasSaid = await undisturbed(async () => {
        const isWhole = await say(call, element, sound, askedAt);
        if (isWhole) noted.add(call.sequence);
        return isWhole;
      });
      stuck(element, wasSaid ? 0 : 1);
      if (!wasSaid) return reloadIfWanted();
    }
    await confirm(element, call);
    reloadIfWanted();
    tell("gerai:refresh");
  }
}

/* How often in a row a call was held and could not be said. */
function stuck(element, more) {
  const before = Number(element.dataset.geraiVoiceStuck || 0);
  element.dataset.geraiVoiceStuck = more ? before + more : 0;
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

/* Says a call to its end and tells whether it did. Everything is here before the first tone;
   nothing begins that would not end while the call is surely ours. */
async function say(call, element, sound, askedAt) {
  const urls = [...(call.gong ? [element.dataset.geraiVoiceGong] : []), ...call.clips];
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
  const shown = new Promise((resolve) => setTimeout(resolve, call.shows_ms));
  for (const [place, part] of parts.entries()) {
    if (place) await new Promise((resolve) => setTimeout(resolve, REST_MS));
    if (!(await play(part, sound, call.volume, { yields: true }))) return false;
  }
  await shown;
  tell("gerai:spoken", call);
  return true;
}
