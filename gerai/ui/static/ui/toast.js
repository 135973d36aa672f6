/* Short words in the corner. Other modules send
   document.dispatchEvent(new CustomEvent("gerai:toast", { detail: { text, kind } })). */

const STAY_MS = 6_000;

function toast(text, kind = "info") {
  const shelf = document.querySelector("[data-gerai-toasts]");
  if (!shelf) return;
  const slice = document.createElement("p");
  slice.className = kind === "error" ? "toast toast-error" : "toast";
  slice.textContent = text;
  shelf.append(slice);
  setTimeout(() => slice.remove(), STAY_MS);
}

document.addEventListener("gerai:toast", (event) => toast(event.detail.text, event.detail.kind));
