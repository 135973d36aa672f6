/* A kiosk's or screen's page: <form data-gerai-beat="/perangkat/kiosk/detak/"
   data-gerai-device="7" data-gerai-version="ab12cd34" data-gerai-keeper="/perangkat/penjaga.js"
   data-gerai-keeps="/kios/"> with a csrf field, and <… data-gerai-away="Asia/Makassar" hidden>.

   Tells the server every half minute how the device is, loads the page anew when asked to, has
   the page kept for a time without a server, and says what still works while there is none. */

const BEAT_MS = 30_000;
const AWAY_BEAT_MS = 3_000;
const PATIENCE_MS = 8_000;
const BATTERY_MS = 1_000;
const AWAY_KEY = "gerai.away";
const SKEW_KEY = "gerai.skew";

const form = document.querySelector("[data-gerai-beat]");
const words = document.querySelector("[data-gerai-away]");
let isAway = false;
let hasEverAnswered = false;
let isBeating = false;
let timer = 0;

if (form) start();

function start() {
  document.addEventListener("gerai:happening", ({ detail }) => {
    if (detail.what === "directory.reload_device" && detail.key === form.dataset.geraiDevice) beat();
  });
  document.addEventListener("gerai:line", ({ detail }) => detail.isGood || beat());
  window.addEventListener("offline", beat);
  window.addEventListener("online", beat);
  // Whatever leads away from the page would end in a browser's error page.
  window.navigation?.addEventListener("navigate", (event) => {
    if (isAway && !isKept() && event.cancelable && !event.hashChange) event.preventDefault();
  });
  beat();
  keep();
}

async function beat() {
  if (isBeating) return;
  isBeating = true;
  clearTimeout(timer);
  const answer = await ask();
  isBeating = false;
  timer = setTimeout(beat, answer ? BEAT_MS : AWAY_BEAT_MS);
  if (!answer) {
    leave();
    return;
  }
  if (comeBack()) return;
  hasEverAnswered = true;
  if (answer.redirected) location.reload(); // no device any more: the page shows a code
  else if (answer.ok) hear(await answer.json().catch(() => ({})));
}

function hear({ reload, at }) {
  // A device whose battery of the clock is dead begins years ago: the server's hour counts.
  if (at) note(SKEW_KEY, Date.parse(at) - Date.now());
  if (reload) location.reload();
}

async function ask() {
  try {
    const answer = await fetch(form.dataset.geraiBeat, {
      method: "POST",
      body: new URLSearchParams(await health()),
      headers: {
        "X-CSRFToken": form.querySelector("[name=csrfmiddlewaretoken]").value,
        Accept: "application/json",
      },
      cache: "no-store",
      credentials: "same-origin",
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    return answer.status < 500 ? answer : null;
  } catch {
    return null;
  }
}

async function health() {
  const told = { halaman: form.dataset.geraiVersion, jaringan: network() };
  // A browser that never answers about its battery must not silence the heartbeat.
  const battery = await Promise.race([
    navigator.getBattery?.().catch(() => null),
    new Promise((resolve) => setTimeout(resolve, BATTERY_MS)),
  ]);
  // A machine without a battery says that it is full, and charging for ever.
  if (battery && !(battery.level === 1 && battery.charging && battery.chargingTime === 0)) {
    told.baterai = Math.round(battery.level * 100);
    told.mengisi = battery.charging ? "ya" : "tidak";
  }
  const voice = document.querySelector("[data-gerai-voice]");
  if (voice?.dataset.geraiVoiceMay) told.suara = voice.dataset.geraiVoiceMay;
  if (voice?.dataset.geraiVoiceStuck) told.macet = voice.dataset.geraiVoiceStuck;
  return told;
}

function network() {
  const line = navigator.connection;
  return (line?.type || line?.effectiveType || (navigator.onLine ? "online" : "")).toLowerCase();
}

/* The server does not answer: say since when, and what can still be done. */
function leave() {
  if (isAway) return;
  isAway = true;
  const now = new Date(Date.now() + Number(localStorage.getItem(SKEW_KEY) || 0)).toISOString();
  if (!hasEverAnswered) setClocks(now);
  const since = localStorage.getItem(AWAY_KEY) || now;
  note(AWAY_KEY, since);
  if (!words) return;
  const clock = words.querySelector("[data-gerai-away-since]");
  if (clock) clock.textContent = hour(since);
  words.hidden = false;
  document.documentElement.classList.add("is-away");
  lock(true);
}

/* A full disk must not keep the words from being shown. */
function note(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Only a start without a server knows less then.
  }
}

/* A page from what was kept would show the hour at which it was kept. */
function setClocks(now) {
  for (const each of document.querySelectorAll("[data-gerai-clock-now]")) each.dataset.geraiClockNow = now;
}

/* Goes on by itself; a page that was opened from what was kept is fetched anew. */
function comeBack() {
  localStorage.removeItem(AWAY_KEY);
  if (!isAway) return false;
  isAway = false;
  if (!hasEverAnswered) {
    location.reload();
    return true;
  }
  if (words) words.hidden = true;
  document.documentElement.classList.remove("is-away");
  lock(false);
  document.dispatchEvent(new CustomEvent("gerai:refresh"));
  return false;
}

/* On a kiosk nothing behind the words may be touched. */
function lock(isLocked) {
  if (!words.hasAttribute("data-gerai-away-locks")) return;
  for (const each of document.body.children) {
    if (each !== words && !each.contains(words)) each.inert = isLocked;
  }
}

function hour(moment) {
  const shape = { hour: "2-digit", minute: "2-digit", timeZone: words.dataset.geraiAway };
  return new Intl.DateTimeFormat("id-ID", shape).format(new Date(moment)).replace(":", ".");
}

function isKept() {
  return Boolean(navigator.serviceWorker?.controller);
}

/* Only where the browser trusts the line: https, or the machine itself. */
async function keep() {
  if (!navigator.serviceWorker) return;
  const { geraiKeeper, geraiKeeps } = form.dataset;
  try {
    await navigator.serviceWorker.register(geraiKeeper, { scope: geraiKeeps });
    const keeper = (await navigator.serviceWorker.ready).active;
    const parts = performance.getEntriesByType("resource").map((entry) => entry.name);
    const page = location.pathname === geraiKeeps ? [location.href] : [];
    keeper?.postMessage({ keep: [...page, ...parts] });
  } catch {
    // Nothing is kept; the page as it stands goes on.
  }
}
