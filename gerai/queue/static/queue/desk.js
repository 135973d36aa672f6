/* The desk: a filter above long lists of choices, and the bar of the seconds for undoing.
   Both are extras: without script the list is long and the seconds are written. */

/* [data-gerai-filter="select-id"] with a search field: shows the options with its words. */
function filter(field) {
  const select = document.getElementById(field.dataset.geraiFilter);
  const input = field.querySelector("input");
  if (!select || !input) return;
  field.hidden = false;
  input.addEventListener("input", () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const option of select.options) {
      const group = option.closest("optgroup");
      const text = `${group?.label ?? ""} ${option.text}`.toLowerCase();
      option.hidden = !words.every((word) => text.includes(word));
    }
    for (const group of select.querySelectorAll("optgroup")) {
      group.hidden = [...group.children].every((option) => option.hidden);
    }
    const first = [...select.options].find((option) => !option.hidden && option.value);
    select.value = words.length && first ? first.value : "";
  });
  input.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown") return;
    event.preventDefault();
    select.focus();
  });
}

/* progress[data-gerai-runs-down="seconds left"] empties in step with the clock. */
const ends = new WeakMap();

function runDown() {
  for (const bar of document.querySelectorAll("[data-gerai-runs-down]")) {
    const given = bar.dataset.geraiRunsDown;
    let end = ends.get(bar);
    if (!end || end.given !== given) {
      end = { given, at: performance.now() + Number(given) * 1000 };
      ends.set(bar, end);
    }
    bar.value = Math.max(0, (end.at - performance.now()) / 1000);
  }
}

function prepare() {
  for (const field of document.querySelectorAll("[data-gerai-filter][hidden]")) filter(field);
}

prepare();
document.addEventListener("gerai:refreshed", prepare);
setInterval(runDown, 200);
runDown();
