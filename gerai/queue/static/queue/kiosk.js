/* The kiosk's own keys, for glass without a keyboard: they type into the field touched last. */

const keypad = document.querySelector("[data-gerai-keypad]");
const fields = [...document.querySelectorAll(".kiosk-fields input")];
if (keypad && fields.length) {
  let field = fields.find((each) => each.getAttribute("aria-invalid") === "true") ?? fields[0];
  keypad.hidden = false;
  mark();
  for (const each of fields) {
    each.setAttribute("inputmode", "none");
    each.addEventListener("focus", () => {
      field = each;
      mark();
    });
  }
  keypad.addEventListener("click", (event) => {
    const key = event.target.closest("[data-gerai-type]");
    if (!key) return;
    const letter = key.dataset.geraiType;
    if (letter && field.value.length < field.maxLength) field.value += letter;
    if (!letter) field.value = field.value.slice(0, -1);
  });

  function mark() {
    for (const each of fields) each.classList.toggle("typing", each === field);
  }
}
