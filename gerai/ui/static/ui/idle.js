/* data-gerai-idle="60" data-gerai-idle-to="/kios/": after so many seconds without a touch
   the page goes there, so that nobody finds another person's half-done choice. */

const holder = document.querySelector("[data-gerai-idle]");
if (holder) {
  let last = Date.now();
  const touched = () => {
    last = Date.now();
  };
  for (const kind of ["pointerdown", "keydown", "input", "scroll", "gerai:active"]) {
    document.addEventListener(kind, touched, { capture: true, passive: true });
  }
  setInterval(() => {
    const idleSeconds = (Date.now() - last) / 1000;
    if (idleSeconds >= Number(holder.dataset.geraiIdle)) location.assign(holder.dataset.geraiIdleTo);
  }, 1000);
}
