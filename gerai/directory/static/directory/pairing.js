/* main[data-gerai-pairing=URL]: asks whether somebody has typed the code in, and then loads
   the page again, which takes the token or shows a new code. */

const EVERY_MS = 2_000;

const waiting = document.querySelector("[data-gerai-pairing]");
if (waiting) setTimeout(ask, EVERY_MS);

async function ask() {
  try {
    const answer = await fetch(waiting.dataset.geraiPairing, { credentials: "same-origin" });
    if (answer.ok && !(await answer.json()).is_waiting) {
      location.reload();
      return;
    }
  } catch {
    /* The mall's network is away: ask again. */
  }
  setTimeout(ask, EVERY_MS);
}
