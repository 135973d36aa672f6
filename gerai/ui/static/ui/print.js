/* button[data-gerai-print] prints; an element with data-gerai-print="now" prints on arrival,
   and data-gerai-print-then="/kios/" is where the page goes afterwards. */

document.addEventListener("click", (event) => {
  if (!(event.target instanceof Element)) return;
  const button = event.target.closest("button[data-gerai-print]");
  if (!button) return;
  event.preventDefault();
  window.print();
});

const onArrival = document.querySelector('[data-gerai-print="now"]');
if (onArrival) {
  const then = onArrival.dataset.geraiPrintThen;
  if (then) window.addEventListener("afterprint", () => location.assign(then));
  document.fonts.ready.then(() => window.print());
}
