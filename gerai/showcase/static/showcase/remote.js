/* The phone: a press is sent without leaving the page, then the page looks again. */

const root = document.querySelector("[data-remote]");
if (root) start();

function start() {
  let busy = false;

  async function send(form, button) {
    if (busy) return;
    busy = true;
    const body = new URLSearchParams(new FormData(form, button));
    const answer = await fetch(form.action, {
      method: "POST",
      headers: { Accept: "application/json" },
      body,
    }).catch(() => null);
    busy = false;
    if (answer && [404, 410].includes(answer.status)) location.reload();
    document.dispatchEvent(new CustomEvent("gerai:refresh"));
  }

  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-steer]");
    if (!form) return;
    event.preventDefault();
    send(form, event.submitter);
  });

  let from = null;
  root.addEventListener("touchstart", (event) => {
    from = event.touches.length === 1 ? event.touches[0] : null;
  }, { passive: true });
  root.addEventListener("touchend", (event) => {
    if (!from) return;
    const to = event.changedTouches[0];
    const across = to.clientX - from.clientX;
    if (Math.abs(across) < 70 || Math.abs(across) < 2 * Math.abs(to.clientY - from.clientY)) return;
    document.querySelector(across < 0 ? "[data-steer-next]" : "[data-steer-back]")?.click();
  }, { passive: true });
}
