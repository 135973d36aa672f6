/* [data-visits-signature]: a canvas to sign on with finger, mouse or pen. The drawing goes along
   in the form's hidden field as a PNG. Arrow keys cannot draw a name, so that the tick "on the
   printed sheet" stays beside it; without script there is only the tick. */

const LINE = 3;
const INK = "#111";

for (const holder of document.querySelectorAll("[data-visits-signature]")) begin(holder);

function begin(holder) {
  const canvas = holder.querySelector("canvas");
  const field = holder.querySelector("input[type=hidden]");
  const again = holder.querySelector("[data-visits-again]");
  const pen = canvas.getContext("2d");
  let strokes = [];
  let stroke = null;
  let before = null; /* what was drawn when the form was sent and came back */
  holder.hidden = false;

  const fit = () => {
    const scale = Math.min(window.devicePixelRatio || 1, 2);
    const { width, height } = canvas.getBoundingClientRect();
    if (!width) return;
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    pen.setTransform(scale, 0, 0, scale, 0, 0);
    draw();
  };

  const draw = () => {
    const { width, height } = canvas.getBoundingClientRect();
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, width, height);
    if (before) pen.drawImage(before, 0, 0, width, height);
    pen.lineWidth = LINE;
    pen.lineCap = pen.lineJoin = "round";
    pen.strokeStyle = pen.fillStyle = INK;
    for (const points of strokes) {
      pen.beginPath();
      if (points.length === 1) {
        pen.arc(points[0].x * width, points[0].y * height, LINE / 2, 0, 2 * Math.PI);
        pen.fill();
        continue;
      }
      points.forEach(({ x, y }, n) => pen[n ? "lineTo" : "moveTo"](x * width, y * height));
      pen.stroke();
    }
  };

  const keep = () => {
    const drawn = strokes.length > 0 || before !== null;
    field.value = drawn ? canvas.toDataURL("image/png") : "";
    again.disabled = !drawn;
  };

  /* Parts of the whole, so that a phone that is turned keeps the signature. */
  const point = (event) => {
    const box = canvas.getBoundingClientRect();
    return { x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height };
  };

  canvas.addEventListener("pointerdown", (event) => {
    if (!event.isPrimary || event.button > 0) return;
    event.preventDefault();
    canvas.setPointerCapture(event.pointerId);
    stroke = [point(event)];
    strokes.push(stroke);
    draw();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!stroke || !event.isPrimary) return;
    const passed = event.getCoalescedEvents?.() ?? [];
    stroke.push(...(passed.length ? passed : [event]).map(point));
    draw();
  });
  for (const kind of ["pointerup", "pointercancel"]) {
    canvas.addEventListener(kind, () => {
      if (!stroke) return;
      stroke = null;
      keep();
    });
  }
  again.addEventListener("click", () => {
    strokes = [];
    before = null;
    draw();
    keep();
  });
  new ResizeObserver(fit).observe(canvas);
  fit();
  again.disabled = !field.value;
  if (!field.value) return;
  const sent = new Image();
  sent.addEventListener("load", () => {
    before = sent;
    draw();
  });
  sent.src = field.value;
}
