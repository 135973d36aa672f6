/* An emergency by the voice of its zone: data-gerai-voice-alarm="/layar/darurat/" on the form of
   voice.js. Rounds are counted on the server's clock from the beginning of the emergency; of the
   screens of a zone one says each. The sounds are here before they are needed, so a screen goes
   on alone while the server is away: each screen of the zone in its own part of the round.
   The protocol and its limits: docs/reference/display.md. */

import {
  REST_MS,
  SPARE_MS,
  browser,
  hush,
  length,
  load,
  notes,
  play,
  post,
  reloadIfWanted,
  tell,
  undisturbed,
} from "./sound.js";

const POLL_MS = 5_000;
const LOOK_MS = 500;
// Nobody could take back what a screen says alone: it ends by itself.
const ALONE_MS = 10 * 60_000;

export function watch(element, sound) {
  const noted = notes(`gerai.alarm.${element.dataset.geraiVoiceZone}`);
  const now = { alarm: null, parts: [], heardAt: 0, skew: 0, isAway: false, isSaying: false };
  let wake = () => {};
  let isWanted = false;
  document.addEventListener("gerai:happening", ({ detail }) => {
    if (!["queue.freeze", "queue.thaw"].includes(detail.what)) return;
    isWanted = true;
    wake();
  });
  window.addEventListener("online", () => wake());
  again(async () => {
    isWanted = false;
    await ask(element, sound, noted, now);
    if (isWanted) return;
    await new Promise((resolve) => {
      wake = resolve;
      setTimeout(resolve, POLL_MS);
    });
  });
  again(async () => {
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    await goOnAlone(sound, noted, now);
  });
}

async function again(work) {
  for (;;) {
    await work().catch(async (error) => {
      // What goes wrong once must not silence the zone.
      console.error(error);
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    });
  }
}

async function ask(element, sound, noted, now) {
  if (sound.state !== "running") sound.resume();
  if (sound.state !== "running") return;
  const askedAt = Date.now();
  const answer = await post(element, element.dataset.geraiVoiceAlarm, { browser: browser() });
  now.isAway = !answer || answer.status >= 500;
  if (now.isAway) return;
  const alarm = answer.status === 200 ? await answer.json().catch(() => now.alarm) : null;
  now.heardAt = Date.now();
  if (alarm) now.skew = Date.parse(alarm.at) - now.heardAt;
  // What is heard stands on the screen at the same time.
  if (standing(alarm) !== standing(now.alarm)) tell("gerai:refresh");
  hush(Boolean(alarm && !alarm.is_over));
  now.parts = alarm ? await fetched(alarm, now, sound) : [];
  now.alarm = alarm;
  if (!alarm?.says || now.isSaying) return;
  const name = nameOf(alarm, alarm.is_over ? "aman" : alarm.round);
  const left = alarm.holds_ms - (Date.now() - askedAt);
  const wasSaid = noted.has(name) || (await say(now, left, sound, noted, name));
  if (wasSaid) await post(element, alarm.confirm, {});
  reloadIfWanted();
}

/* What was fetched for the same words stays: it must be here when the server is not. In an
   emergency a part of the words is better than none. */
async function fetched(alarm, now, sound) {
  const urls = [alarm.gong, ...alarm.clips].filter(Boolean);
  const before = now.alarm ? [now.alarm.gong, ...now.alarm.clips].filter(Boolean) : [];
  if (now.parts.length === urls.length && urls.join() === before.join()) return now.parts;
  const loaded = urls.map((url) => load(url, sound).catch(() => null));
  return (await Promise.all(loaded)).filter(Boolean);
}

/* Each screen has its own part of a round, so that two of a zone do not speak at once. */
async function goOnAlone(sound, noted, now) {
  const { alarm, parts } = now;
  if (!now.isAway || now.isSaying || !alarm || alarm.is_over || !parts.length) return;
  if (Date.now() - now.heardAt > ALONE_MS) return;
  const beat = length(parts) + SPARE_MS;
  const fits = Math.max(1, Math.floor(alarm.every_ms / beat));
  const since = Date.now() + now.skew - Date.parse(alarm.began_at);
  const round = Math.floor(since / alarm.every_ms);
  const isOurs = round % Math.ceil(alarm.screens / fits) === Math.floor(alarm.place / fits);
  const late = (since % alarm.every_ms) - (alarm.place % fits) * beat;
  if (!isOurs || late < 0 || late > SPARE_MS) return;
  const name = nameOf(alarm, round);
  if (!noted.has(name)) await say(now, alarm.every_ms, sound, noted, name);
  reloadIfWanted();
}

function standing(alarm) {
  return alarm ? nameOf(alarm, alarm.is_over) : "";
}

function nameOf(alarm, round) {
  return `${alarm.emergency}:${round}`;
}

/* Says the words to their end, within the time given, and notes it. */
function say(now, left, sound, noted, name) {
  const { volume } = now.alarm;
  const parts = [...now.parts];
  // The English after the Indonesian goes first where the time is short.
  while (parts.length > 1 && length(parts) + SPARE_MS > left) parts.pop();
  if (!parts.length || length(parts) + SPARE_MS > left) return false;
  now.isSaying = true;
  return undisturbed(async () => {
    for (const [place, part] of parts.entries()) {
      if (place) await new Promise((resolve) => setTimeout(resolve, REST_MS));
      if (!(await play(part, sound, volume))) return false;
    }
    noted.add(name);
    return true;
  }).finally(() => {
    now.isSaying = false;
  });
}
