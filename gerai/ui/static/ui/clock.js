/* <time data-gerai-clock="Asia/Makassar" data-gerai-clock-now="2026-11-22T08:30:00+08:00">08.30</time>
   shows the mall's time. With -now the server's clock leads, not the device's.
   data-gerai-clock-shows="date" shows the day instead. */

const started = performance.now();
const language = document.documentElement.lang || "id";
const hands = new Map();

function tick() {
  for (const element of document.querySelectorAll("[data-gerai-clock]")) {
    const text = written(element, moment(element));
    if (element.textContent !== text) element.textContent = text;
  }
  setTimeout(tick, 1000 - (Date.now() % 1000));
}

function moment(element) {
  const now = Date.parse(element.dataset.geraiClockNow || "");
  if (Number.isNaN(now)) return new Date();
  if (hands.get(element)?.now !== now) hands.set(element, { now, at: hands.size ? performance.now() : started });
  const hand = hands.get(element);
  return new Date(hand.now + performance.now() - hand.at);
}

function written(element, when) {
  const timeZone = element.dataset.geraiClock || undefined;
  if (element.dataset.geraiClockShows === "date") {
    return when.toLocaleDateString(language.startsWith("en") ? "en-GB" : language, {
      timeZone, weekday: "long", day: "numeric", month: "long", year: "numeric",
    });
  }
  const time = when.toLocaleTimeString("en-GB", { timeZone, hour: "2-digit", minute: "2-digit" });
  return language.startsWith("en") ? time : time.replace(":", ".");
}

if (document.querySelector("[data-gerai-clock]")) tick();
