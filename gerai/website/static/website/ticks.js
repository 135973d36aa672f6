/* Remembers, on this device only, which papers of a list are ready: <div data-gerai-ticks="name">
   with checkboxes that have a value. Without a store the boxes still tick. */

const list = document.querySelector("[data-gerai-ticks]");
if (list) keep(list);

function keep(list) {
  const name = `gerai-berkas:${list.dataset.geraiTicks}`;
  const boxes = [...list.querySelectorAll('input[type="checkbox"]')];
  const count = list.querySelector("[data-gerai-ticks-count]");
  const ready = new Set(read(name));

  for (const box of boxes) box.checked = ready.has(box.value);
  tell();
  list.addEventListener("change", (event) => {
    if (!boxes.includes(event.target)) return;
    if (event.target.checked) ready.add(event.target.value);
    else ready.delete(event.target.value);
    write(name, [...ready]);
    tell();
  });

  function tell() {
    if (!count) return;
    const done = boxes.filter((box) => box.checked).length;
    count.hidden = !done;
    count.querySelector("span").textContent = `${done}/${boxes.length}`;
  }
}

function read(name) {
  try {
    const told = JSON.parse(localStorage.getItem(name) ?? "[]");
    return Array.isArray(told) ? told : [];
  } catch {
    return [];
  }
}

function write(name, values) {
  try {
    if (values.length) localStorage.setItem(name, JSON.stringify(values));
    else localStorage.removeItem(name);
  } catch {
    /* A full or forbidden store: the boxes keep until the page is left. */
  }
}
