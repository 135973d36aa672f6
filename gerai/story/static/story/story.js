/* Plays a day of the mall: draws everybody between the points that the server has laid out.
   Nothing moves by itself where the reader wishes less motion. */

const LAG_S = 30; // a living day is shown so late that it never runs ahead of what is known
const FRESH_MS = 10_000;
const SAFETY_MS = 60_000;
const HALL_SPEED = 150;
const HALL_RESTS_MS = 7_000;
const SAY_MS = 10_000;
const QUARTER_S = 900;
const FADE_S = 5;
const SMALL = 0.62; // pixels a unit: below, names on the counters cannot be read
const [COMING, WAITING, CALLED, SERVING, ASIDE, ABSENT, SERVED, GONE] = Array(8).keys();

const stage = document.querySelector("[data-story-moves]");
if (stage) begin(stage);

async function begin(root) {
  const told = await fetchMoves(root);
  if (!told) return;
  const player = play(root, told);
  if ("storyLiving" in root.dataset) follow(root, player);
}

async function fetchMoves(root) {
  try {
    const answer = await fetch(root.dataset.storyMoves, { headers: { Accept: "application/json" } });
    return answer.ok ? unpack(await answer.json()) : null;
  } catch {
    return null;
  }
}

/* Moments come as distances; what the canvas needs is made once. */
function unpack(told) {
  told.figures = told.figures.map(([way, states]) => ({
    times: sums(way),
    spots: way.filter((_, place) => place % 2).map((point) => told.points[point]),
    turns: sums(states),
    states: states.filter((_, place) => place % 2),
  }));
  told.served = told.figures
    .flatMap((figure) => figure.turns.filter((_, place) => figure.states[place] === SERVED))
    .sort((a, b) => a - b);
  for (const counter of told.counters) {
    counter.boxes = { tall: solid(counter.tall), low: solid(counter.low) };
    counter.signMatrix = numbers(counter.sign);
  }
  const outline = new Path2D(told.figure.body);
  const head = new Path2D();
  head.arc(0, told.figure.y, told.figure.radius, 0, 2 * Math.PI);
  outline.addPath(head);
  told.outline = outline;
  return told;
}

function sums(list) {
  let sum = 0;
  return list.filter((_, place) => place % 2 === 0).map((step) => (sum += step));
}

function solid([top, front, side, lies]) {
  const path = (points) => new Path2D(`M${points.replaceAll(" ", "L")}Z`);
  return { top: path(top), front: path(front), side: path(side), lies: numbers(lies) };
}

function numbers(text) {
  return text.match(/-?[\d.]+/g).map(Number);
}

/* The place of the last moment that is not after t, or -1. */
function last(times, t) {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle] <= t) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function stateOf(figure, t) {
  const place = last(figure.turns, t);
  return place < 0 ? COMING : figure.states[place];
}

function holds(spans, t) {
  return spans.some(([since, until]) => since <= t && t < until);
}

function counterState(counter, t, isNow) {
  for (let at = 0; at < counter.busy.length; at += 2) {
    if (counter.busy[at] <= t && (t < counter.busy[at + 1] || isNow(counter.busy[at + 1]))) return "serving";
  }
  const open = counter.open.some(([since, until]) => since <= t && (t < until || isNow(until)));
  if (!open) return "shut";
  return holds(counter.paused, t) ? "paused" : "open";
}

function play(root, first) {
  const canvas = root.querySelector("[data-story-canvas]");
  const isLiving = "storyLiving" in root.dataset;
  const isLoop = "storyLoop" in root.dataset;
  const isStill = matchMedia("(prefers-reduced-motion: reduce)");
  const find = (name) => root.querySelector(`[data-story-${name}]`);
  const shown = { clock: find("clock"), told: find("told"), slider: find("slider"), play: find("play") };
  const sentence = root.querySelector("[data-story-sentence]")?.dataset.storySentence;
  let told = first;
  let t = isLiving ? told.until - LAG_S : isLoop ? told.begins : told.busiest;
  let speed = isLiving ? 1 : isLoop ? HALL_SPEED : 60;
  let isPlaying = false;
  let isFollowing = isLiving;
  let before = 0;
  let hasPlayed = false;
  let said = { quarter: -1, at: 0 };

  const end = () => (isLiving ? told.until - LAG_S + (performance.now() - told.cameAt) / 1000 : told.ends);
  told.cameAt = performance.now();

  function frame(now) {
    if (!isPlaying) return;
    const passed = Math.min((now - before) / 1000, 0.25);
    before = now;
    t = isFollowing ? end() : Math.min(t + passed * speed, end());
    if (isLiving && t >= end()) isFollowing = true;
    show();
    if (!isLiving && t >= end()) {
      set(false);
      if (isLoop) setTimeout(() => ((t = told.begins), set(true)), HALL_RESTS_MS);
      return;
    }
    requestAnimationFrame(frame);
  }

  function set(playing) {
    isPlaying = playing;
    shown.play?.setAttribute("aria-pressed", String(playing));
    shown.play?.setAttribute("aria-label", shown.play.dataset[playing ? "storyPauseWord" : "storyPlayWord"]);
    root.querySelectorAll("[data-story-when]").forEach((part) => {
      part.hidden = (part.dataset.storyWhen === "playing") !== playing;
    });
    if (!playing) return show();
    if (!hasPlayed && !isLiving && !isLoop) t = told.begins;
    if (!isLiving && t >= end() - 1) t = told.begins;
    hasPlayed = true;
    before = performance.now();
    requestAnimationFrame(frame);
  }

  function go(to) {
    hasPlayed = true;
    isFollowing = isLiving && to >= end();
    t = Math.max(told.begins, Math.min(to, end()));
    show({ isAsked: true });
  }

  function show({ isAsked = false } = {}) {
    const counts = draw(canvas, told, t, isLiving);
    const time = clockOf(t);
    write(shown.clock, time);
    for (const [name, count] of Object.entries(counts)) write(find(`count="${name}"`), count);
    if (shown.slider && document.activeElement !== shown.slider) shown.slider.value = t;
    shown.slider?.setAttribute("aria-valuetext", time);
    say(time, counts, isAsked);
  }

  /* At most once a quarter of an hour, and not faster than one can listen. */
  function say(time, counts, isAsked) {
    if (!sentence || !shown.told) return;
    const quarter = Math.floor(t / QUARTER_S);
    const now = performance.now();
    if (!isAsked && (quarter === said.quarter || now - said.at < SAY_MS)) return;
    said = { quarter, at: now };
    write(shown.told, sentence.replace(/\{(\w+)\}/g, (_, name) => (name === "time" ? time : counts[name])));
  }

  function fitSlider() {
    if (!shown.slider) return;
    shown.slider.min = told.begins;
    shown.slider.max = Math.round(end());
  }

  canvas.hidden = false;
  root.classList.add("is-drawn");
  fitSlider();
  find("controls")?.removeAttribute("hidden");
  shown.play?.addEventListener("click", () => set(!isPlaying));
  root.querySelectorAll("[data-story-step]").forEach((button) => {
    button.addEventListener("click", () => go(t + Number(button.dataset.storyStep)));
  });
  find("busiest")?.addEventListener("click", () => go(told.busiest));
  find("now")?.addEventListener("click", () => ((speed = 1), go(end())));
  root.querySelectorAll("[name=kecepatan]").forEach((choice) => {
    choice.addEventListener("change", () => (speed = Number(choice.value)));
  });
  shown.slider?.addEventListener("input", () => go(Number(shown.slider.value)));
  document.addEventListener("keydown", (event) => {
    if (document.documentElement.dataset.keys === "off" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (isLoop || event.target.closest?.("a, button, input, select, textarea, summary, dialog")) return;
    const step = { ArrowLeft: -600, ArrowRight: 600 }[event.key];
    if (event.key === " ") set(!isPlaying);
    else if (step) go(t + step);
    else return;
    event.preventDefault();
  });
  new ResizeObserver(() => show()).observe(canvas);
  document.fonts?.ready.then(() => show());
  if ((isLiving || isLoop) && !isStill.matches) set(true);
  else show();

  return {
    take(fresh) {
      fresh.cameAt = performance.now();
      told = fresh;
      fitSlider();
      if (!isPlaying) show();
    },
  };
}

function write(element, text) {
  if (element && element.textContent !== String(text)) element.textContent = text;
}

function clockOf(t) {
  const two = (number) => String(Math.floor(number)).padStart(2, "0");
  const mark = document.documentElement.lang === "en" ? ":" : ".";
  return `${two((t / 3600) % 24)}${mark}${two((t / 60) % 60)}`;
}

/* Today: whatever happens in the queue makes the moves be fetched anew, not too often. */
function follow(root, player) {
  let isStale = false;
  let cameAt = performance.now();
  const source = new EventSource("/live/");
  source.addEventListener("hello", () => (isStale = true));
  source.onmessage = (message) => {
    if (/"what":\s*"(queue|directory|live)\./.test(message.data)) isStale = true;
  };
  window.addEventListener("pagehide", () => source.close());
  setInterval(async () => {
    const age = performance.now() - cameAt;
    if (document.hidden || !(isStale && age > FRESH_MS) && age < SAFETY_MS) return;
    isStale = false;
    cameAt = performance.now();
    const fresh = await fetchMoves(root);
    if (fresh) player.take(fresh);
  }, 2_000);
}

/* Draws a moment; returns what is counted in it. */
function draw(canvas, told, t, isLiving) {
  const box = canvas.getBoundingClientRect();
  const [left, top, width] = told.view;
  const pixels = Math.min(window.devicePixelRatio || 1, 2);
  const wide = Math.round(box.width * pixels);
  const high = Math.round(box.height * pixels);
  if (canvas.width !== wide || canvas.height !== high) [canvas.width, canvas.height] = [wide, high];
  const pen = canvas.getContext("2d");
  const scale = wide / width;
  const look = looks(canvas);
  pen.setTransform(1, 0, 0, 1, 0, 0);
  pen.clearRect(0, 0, wide, high);
  pen.setTransform(scale, 0, 0, scale, -left * scale, -top * scale);
  const isNow = (until) => isLiving && until >= told.until;
  const counts = { waiting: 0, serving: 0, served: last(told.served, t) + 1, open: 0 };
  const storeys = told.floors.map(() => []);
  for (const figure of told.figures) {
    const place = placeOf(told, figure, t, isLiving);
    if (!place) continue;
    if (place.state === WAITING) counts.waiting += 1;
    else if (place.state === CALLED || place.state === SERVING) counts.serving += 1;
    storeys[place.floor].push(place);
  }
  for (const counter of told.counters) {
    const state = counterState(counter, t, isNow);
    storeys[counter.floor].push({ counter, state, depth: counter.depth });
    if (state !== "open" && state !== "serving") continue;
    counts.open += 1;
    const [x, y] = counter.officer;
    storeys[counter.floor].push(standing(told, counter.floor, x, y, "officer"));
  }
  const isSmall = (scale / pixels) < SMALL;
  for (const storey of storeys) {
    storey.sort((a, b) => a.depth - b.depth);
    for (const thing of storey) {
      if (thing.counter) drawCounter(pen, thing, look, isSmall);
      else drawFigure(pen, told.outline, thing, look);
    }
  }
  return counts;
}

function placeOf(told, figure, t, isLiving) {
  const { times, spots } = figure;
  const state = stateOf(figure, t);
  let place = last(times, t);
  if (place < 0) return null;
  if (place === times.length - 1) {
    if (!isLiving || state >= SERVED) return null;
    place -= 1;
  }
  const [from, to] = [spots[place], spots[place + 1]];
  const share = Math.min((t - times[place]) / (times[place + 1] - times[place] || 1), 1);
  const x = from[1] + share * (to[1] - from[1]);
  const y = from[2] + share * (to[2] - from[2]);
  const thing = standing(told, from[0], x, y, state);
  if (from[0] !== to[0]) {
    const above = standing(told, to[0], x, y, state);
    thing.y += share * (above.y - thing.y);
    thing.depth = Infinity;
  }
  thing.fade = Math.min(1, (t - times[0]) / FADE_S, state >= SERVED ? (times.at(-1) - t) / FADE_S : 1);
  return thing;
}

function standing(told, floor, x, y, state) {
  const [left, top, scale] = told.floors[floor];
  const [ax, ay, bx, by] = told.axes;
  return {
    floor,
    state,
    x: left + scale * (ax * x + bx * y),
    y: top + scale * (ay * x + by * y),
    depth: ay * x + by * y,
    fade: 1,
  };
}

function drawFigure(pen, outline, thing, look) {
  pen.save();
  pen.translate(thing.x, thing.y);
  pen.globalAlpha = Math.max(thing.fade, 0);
  const isServed = thing.state === SERVING || thing.state === CALLED;
  const isHollow = thing.state === ABSENT;
  pen.lineWidth = isHollow ? 1.6 : 1;
  pen.strokeStyle = isHollow ? look.person : look.rim;
  pen.fillStyle = isHollow ? look.rim : isServed ? look.served : thing.state === "officer" ? look.officer : look.person;
  if (thing.state === ASIDE) pen.globalAlpha *= 0.6;
  if (thing.state >= SERVED) pen.globalAlpha *= 0.75;
  pen.fill(outline);
  pen.stroke(outline);
  pen.restore();
}

function drawCounter(pen, { counter, state }, look, isSmall) {
  const isLow = state === "shut";
  const box = counter.boxes[isLow ? "low" : "tall"];
  const faces = { side: look.side, front: look.front, top: look[state] };
  for (const [face, colour] of Object.entries(faces)) {
    pen.fillStyle = colour;
    pen.fill(box[face]);
  }
  pen.strokeStyle = look.edge;
  pen.lineWidth = 0.8;
  pen.stroke(box.top);
  letter(pen, box.lies, `${state === "paused" ? "Ⅱ " : ""}${counter.code}`, counter.at, {
    size: isSmall ? 40 : 28,
    weight: 800,
    colour: look[`${state}Code`],
    align: "center",
  });
  if (!isLow && !isSmall) {
    letter(pen, counter.signMatrix, counter.names, [5, 13.5], { size: 10.5, weight: 650, colour: look.sign, align: "left" });
  }
}

function letter(pen, matrix, text, [x, y], { size, weight, colour, align }) {
  pen.save();
  pen.transform(...matrix);
  pen.font = `${weight} ${size}px "Plus Jakarta Sans", system-ui, sans-serif`;
  pen.fillStyle = colour;
  pen.textAlign = align;
  pen.textBaseline = "middle";
  pen.fillText(text, x, y);
  pen.restore();
}

/* The colours are those of the sheet, so that the still and the moving drawing are one. */
let kept;
function looks(canvas) {
  if (kept) return kept;
  const style = getComputedStyle(canvas);
  const of = (name) => style.getPropertyValue(`--st-${name}`).trim();
  kept = {
    person: of("person"), served: of("served"), officer: of("officer"), rim: of("rim"),
    side: of("block-side"), front: of("block-front"), edge: of("line"), sign: of("sign"),
    open: of("open"), serving: of("busy"), paused: of("paused"), shut: of("shut"),
    openCode: of("open-code"), servingCode: of("busy-code"), pausedCode: of("paused-code"), shutCode: of("shut-code"),
  };
  return kept;
}
