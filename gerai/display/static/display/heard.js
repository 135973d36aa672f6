/* A kiosk by ear and by keypad. The page's things carry data-gerai-heard="addresses of sounds"
   and, where they can be chosen, data-gerai-choice="key". They are spoken one after another;
   the one being spoken is marked, and a choice has the focus, so that Enter takes it.

   Keys, on a cheap numeric keypad too, with or without NumLock:
   1-9 choose · Enter takes what is being spoken · 0 listen, once more · + on · - back ·
   * to the first page · / the other language · . volume */

const VOLUMES = [1, 0.4, 0.7];
const VOLUME_KEY = "gerai.volume";
const PAD = { Add: "+", Subtract: "-", Multiply: "*", Divide: "/", Decimal: "." };
const OTHERS = { ArrowDown: "+", ArrowRight: "+", ArrowUp: "up", ArrowLeft: "up", Backspace: "-" };
const TYPING = "input:not([type=hidden]), textarea, select";

const ear = document.querySelector("[data-gerai-ear]");
const away = document.querySelector("[data-gerai-heard-away]");
const listens = ear?.getAttribute("aria-pressed") === "true";
const sound = new Audio();
let things = [];
let at = -1;
let turn = 0;
let cut = () => {};

if (ear) {
  document.addEventListener("keydown", pressed);
  if (listens) begin();
}

function begin() {
  sound.volume = volume();
  sound.addEventListener("timeupdate", () => document.dispatchEvent(new Event("gerai:active")));
  document.addEventListener("pointerdown", stop, { capture: true });
  // Another stage of the same page is read anew.
  document.addEventListener("gerai:refreshed", () => {
    if (words(collect()) !== words(things)) speakFrom(0);
  });
  if (away) watchTheLine();
  speakFrom(0);
}

function collect() {
  return [...document.querySelectorAll("[data-gerai-heard]")].filter((each) => each.getClientRects().length);
}

function words(list) {
  return list.map((each) => each.dataset.geraiHeard).join(" ");
}

async function speakFrom(place) {
  stop();
  const mine = turn;
  things = collect();
  for (at = Math.max(0, Math.min(place, things.length - 1)); at < things.length; at += 1) {
    mark(things[at]);
    for (const address of things[at].dataset.geraiHeard.split(" ")) {
      if (!(await played(address)) || mine !== turn) return;
    }
  }
  at = things.length - 1;
}

/* Whether the sound came to its end; one that cannot be had is passed over. */
function played(address) {
  return new Promise((resolve) => {
    cut = () => resolve(false);
    sound.onended = () => resolve(true);
    sound.onerror = () => resolve(true);
    sound.src = address;
    sound.play().catch((error) => resolve(error.name === "NotSupportedError"));
  });
}

function stop() {
  turn += 1;
  sound.pause();
  cut();
}

function mark(thing) {
  for (const each of document.querySelectorAll(".is-heard")) each.classList.remove("is-heard");
  thing.classList.add("is-heard");
  if ("geraiChoice" in thing.dataset) thing.focus({ preventScroll: true });
  else document.activeElement?.blur();
  thing.scrollIntoView({ block: "nearest" });
}

function pressed(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
  if (document.documentElement.classList.contains("is-away")) return;
  const key = keyOf(event);
  if (event.key === "Tab") stop();
  if (!key || (event.target instanceof Element && event.target.closest(TYPING) && key !== "+")) return;
  if (!listens && key !== "0") return;
  if (key === "Enter" && document.activeElement !== document.body) return;
  event.preventDefault();
  act(key);
}

function keyOf(event) {
  const pad = /^(?:Numpad|Digit)(\d)$/.exec(event.code);
  if (pad && !event.shiftKey) return pad[1];
  if (event.code.startsWith("Numpad")) return PAD[event.code.slice(6)] ?? (event.key === "Enter" ? "Enter" : "");
  return OTHERS[event.key] ?? (/^[-+*/.]$|^Enter$/.test(event.key) ? event.key : "");
}

function act(key) {
  if (key === "0") listens ? speakFrom(0) : ear.click();
  else if (key === "+") speakFrom(at + 1);
  else if (key === "up") speakFrom(at - 1);
  else if (key === "/") take(document.querySelector("button[name=language][aria-pressed=false]"));
  else if (key === ".") louder();
  else if (key === "*") location.assign(ear.dataset.geraiEar);
  else if (key === "Enter") take(things[at]?.matches("[data-gerai-choice]") ? things[at] : null);
  else take(collect().find((each) => each.dataset.geraiChoice === key) ?? null);
}

/* A key that chooses nothing here is answered by saying once more where one is. */
function take(choice) {
  stop();
  if (!choice) {
    speakFrom(0);
    return;
  }
  mark(choice);
  choice.click();
}

function volume() {
  const kept = Number(sessionStorage.getItem(VOLUME_KEY));
  return VOLUMES.includes(kept) ? kept : VOLUMES[0];
}

function louder() {
  sound.volume = VOLUMES[(VOLUMES.indexOf(volume()) + 1) % VOLUMES.length];
  sessionStorage.setItem(VOLUME_KEY, sound.volume);
  speakFrom(at);
}

/* Fetched while the server is there, said when it is not. */
function watchTheLine() {
  const lost = new Audio(away.dataset.geraiHeardAway);
  lost.preload = "auto";
  let was = false;
  new MutationObserver(() => {
    const is = document.documentElement.classList.contains("is-away");
    if (is === was) return;
    was = is;
    stop();
    lost.volume = sound.volume;
    if (is) lost.play().catch(() => {});
    else speakFrom(0);
  }).observe(document.documentElement, { attributeFilter: ["class"] });
}
