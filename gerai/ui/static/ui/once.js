/* form[data-gerai-once]: its buttons rest until the answer comes, so that a second press
   sends nothing. The server refuses a repeat by itself; this spares people the message. */

const RELEASE_MS = 15_000;

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.hasAttribute("data-gerai-once")) return;
  if (form.hasAttribute("data-gerai-sent")) {
    event.preventDefault();
    return;
  }
  if (event.defaultPrevented) return;
  form.setAttribute("data-gerai-sent", "");
  /* After the browser has gathered the form: a disabled button would not be sent. */
  setTimeout(() => rest(form, true));
  setTimeout(() => release(form), RELEASE_MS);
});

window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-gerai-sent]")) release(form);
});

function release(form) {
  form.removeAttribute("data-gerai-sent");
  rest(form, false);
}

function rest(form, isResting) {
  for (const button of form.querySelectorAll("button, [type=submit]")) {
    if (isResting && !button.disabled) {
      button.disabled = true;
      button.setAttribute("data-gerai-resting", "");
    } else if (!isResting && button.hasAttribute("data-gerai-resting")) {
      button.disabled = false;
      button.removeAttribute("data-gerai-resting");
    }
  }
}
