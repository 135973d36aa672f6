/* <time data-gerai-since="2026-11-22T08:30:00+08:00">5 menit</time> counts up (12.05, in English 12:05);
   data-gerai-until counts down in seconds and takes its nearest [data-gerai-fades] away
   at the end. data-gerai-now gives the server's clock at rendering. */

const POINT = document.documentElement.lang.startsWith("en") ? ":" : ".";
const started = performance.now();
const firstNow = new WeakMap();

function tick() {
  for (const element of document.querySelectorAll("[data-gerai-since]")) {
    const seconds = Math.max(0, Math.floor((nowFor(element) - Date.parse(element.dataset.geraiSince)) / 1000));
    show(element, asClock(seconds));
  }
  for (const element of document.querySelectorAll("[data-gerai-until]")) {
    const seconds = Math.ceil((Date.parse(element.dataset.geraiUntil) - nowFor(element)) / 1000);
    show(element, String(Math.max(0, seconds)));
    if (seconds <= 0) (element.closest("[data-gerai-fades]") || element).hidden = true;
  }
  setTimeout(tick, 1000 - (Date.now() % 1000));
}

function nowFor(element) {
  const given = element.dataset.geraiNow;
  if (!given) return Date.now();
  let seen = firstNow.get(element);
  if (!seen || seen.given !== given) {
    seen = { given, at: seen ? performance.now() : started };
    firstNow.set(element, seen);
  }
  return Date.parse(given) + performance.now() - seen.at;
}

function asClock(seconds) {
  const two = (number) => String(number).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const rest = `${two(Math.floor((seconds % 3600) / 60))}${POINT}${two(seconds % 60)}`;
  return hours ? `${hours}${POINT}${rest}` : rest;
}

function show(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

tick();
