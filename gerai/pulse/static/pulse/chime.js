/* A soft tone when an alarm begins, only where somebody asked for it on this browser.

   <button data-gerai-chime="alarm" hidden>: the id of the element with data-gerai-alarms. */

const KEPT = "gerai:pulse:chime";
const button = document.querySelector("[data-gerai-chime]");

function count() {
  const told = document.getElementById(button.dataset.geraiChime);
  return Number(told?.dataset.geraiAlarms ?? 0);
}

let sound = null;
let before = 0;

function isOn() {
  return button.getAttribute("aria-pressed") === "true";
}

function set(on) {
  button.setAttribute("aria-pressed", String(on));
  try {
    localStorage.setItem(KEPT, on ? "1" : "");
  } catch {
    /* Without storage it is asked for anew. */
  }
}

/* Two quiet notes that swell and fade, well below the voice of the hall. */
function chime() {
  sound ??= new AudioContext();
  for (const [at, pitch] of [[0, 523], [0.28, 659]]) {
    const tone = sound.createOscillator();
    const loud = sound.createGain();
    const start = sound.currentTime + at;
    tone.frequency.value = pitch;
    loud.gain.setValueAtTime(0, start);
    loud.gain.linearRampToValueAtTime(0.08, start + 0.05);
    loud.gain.exponentialRampToValueAtTime(0.001, start + 0.7);
    tone.connect(loud).connect(sound.destination);
    tone.start(start);
    tone.stop(start + 0.75);
  }
}

if (button) {
  before = count();
  button.hidden = false;
  try {
    set(localStorage.getItem(KEPT) === "1");
  } catch {
    set(false);
  }
  button.addEventListener("click", () => {
    set(!isOn());
    if (isOn()) chime();
  });
  document.addEventListener("gerai:refreshed", () => {
    const now = count();
    if (now > before && isOn()) chime();
    before = now;
  });
}
