/* data-gerai-opens="id" opens that <dialog>; data-gerai-closes closes the one it stands in.
   Without script the link's own address does the work. */

document.addEventListener("click", (event) => {
  if (!(event.target instanceof Element)) return;
  const opener = event.target.closest("[data-gerai-opens]");
  if (opener) {
    const dialog = document.getElementById(opener.dataset.geraiOpens);
    if (dialog instanceof HTMLDialogElement) {
      event.preventDefault();
      if (!dialog.open) dialog.showModal();
    }
    return;
  }
  const closer = event.target.closest("[data-gerai-closes]");
  if (closer || event.target instanceof HTMLDialogElement) {
    const dialog = event.target.closest("dialog");
    if (dialog) {
      event.preventDefault();
      dialog.close();
    }
  }
});

/* An open menu closes by Escape and by a press beside it. */
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.querySelector("details.menu[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
