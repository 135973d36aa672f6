/* The visitor's own number: fetches the page when its line moves, and rings when called.
   A browser lets a page ring only after a touch, hence the button. */

const SPREAD_MS = 1_500;

document.addEventListener("gerai:happening", (event) => {
  /* Read anew each time: a visitor who is sent on stands in another line. */
  const line = document.querySelector("[data-gerai-line]")?.dataset.geraiLine;
  const isForAll = ["queue.freeze", "queue.thaw"].includes(event.detail.what);
  if (event.detail.key !== line && !isForAll) return;
  /* A hall full of phones does not ask all in the same moment. */
  setTimeout(() => document.dispatchEvent(new Event("gerai:refresh")), Math.random() * SPREAD_MS);
});

const holder = document.querySelector("[data-gerai-sound]");
let sound;
if (holder && window.AudioContext) {
  holder.hidden = false;
  const button = holder.querySelector("button");
  button.addEventListener("click", () => {
    sound ??= new AudioContext();
    sound.resume();
    ring(1);
    button.setAttribute("aria-pressed", "true");
    button.querySelector("span").textContent = holder.dataset.geraiSoundOn;
  });
}

let before = standing();
document.addEventListener("gerai:refreshed", () => {
  const now = standing();
  document.title = now.title;
  if (now.state === "called" && (before.state !== "called" || now.times > before.times)) {
    ring(3);
    navigator.vibrate?.([400, 200, 400, 200, 800]);
    window.scrollTo({ top: 0 });
  }
  before = now;
});

function standing() {
  const ticket = document.querySelector("[data-gerai-ticket]");
  const number = ticket?.querySelector(".queue-number")?.textContent ?? "";
  const state = ticket?.dataset.geraiTicket ?? "";
  const called = holder?.dataset.geraiSoundCalled ?? "";
  return {
    state,
    times: Number(ticket?.dataset.geraiTicketTimes ?? 0),
    title: state === "called" ? `● ${called}: ${number}` : number,
  };
}

function ring(times) {
  if (!sound) return;
  for (let turn = 0; turn < times; turn += 1) {
    tone(660, turn * 1.1);
    tone(880, turn * 1.1 + 0.35);
  }
}

function tone(pitch, after) {
  const start = sound.currentTime + after;
  const voice = sound.createOscillator();
  const volume = sound.createGain();
  voice.frequency.value = pitch;
  volume.gain.setValueAtTime(0.0001, start);
  volume.gain.exponentialRampToValueAtTime(0.6, start + 0.03);
  volume.gain.exponentialRampToValueAtTime(0.0001, start + 0.45);
  voice.connect(volume).connect(sound.destination);
  voice.start(start);
  voice.stop(start + 0.5);
}
