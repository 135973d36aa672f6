/* data-gerai-key="n": that key presses the button or link; "f 1": either does. */

const TYPING = "input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select, [contenteditable]";

document.addEventListener("keydown", (event) => {
  if (document.documentElement.dataset.keys === "off") return;
  if (event.defaultPrevented || event.repeat || event.isComposing) return;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target instanceof Element && event.target.closest(TYPING)) return;
  if (event.shiftKey && /^[a-z]$/i.test(event.key)) return;
  const scope = document.querySelector("dialog[open]") || document;
  const wanted = event.key.toLowerCase();
  const target = [...scope.querySelectorAll("[data-gerai-key]")].find(
    (element) => element.dataset.geraiKey.toLowerCase().split(" ").includes(wanted) && canBePressed(element),
  );
  if (!target) return;
  event.preventDefault();
  target.focus();
  target.click();
});

function canBePressed(element) {
  return !element.disabled
    && element.getAttribute("aria-disabled") !== "true"
    && element.getClientRects().length > 0;
}
