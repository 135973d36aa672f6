/* The stage: one slide at a time, steered by keys here and by phones through the database.
   What this page wants is sent one after the other; what the database says is shown. */

const WIDE = "(min-width: 60rem)";
const REST_MS = 2_500;
const SWIPE = 60;

const deck = document.querySelector("[data-deck]");
const slides = deck ? [...deck.querySelectorAll(".slide")] : [];
if (slides.length) start();

function start() {
  const root = document.documentElement;
  const place = document.getElementById("keadaan");
  const isShared = Boolean(deck.dataset.session);
  const wide = matchMedia(WIDE);
  let position = numberIn(location.hash) ?? Number(place?.dataset.position || 0);
  if (isShared) position = Number(place.dataset.position);
  let typed = "";

  const outbox = sender();

  function show(next, { quiet = false } = {}) {
    position = Math.max(0, Math.min(next, slides.length - 1));
    slides.forEach((slide, at) => {
      const isNow = at === position;
      slide.classList.toggle("is-now", isNow);
      slide.inert = wide.matches && !isNow;
      if (isNow) slide.setAttribute("aria-current", "true");
      else slide.removeAttribute("aria-current");
    });
    const bar = document.querySelector("[data-stage-progress]");
    bar?.setAttribute("width", String(((position + 1) / slides.length) * 1000));
    if (!isShared) history.replaceState(null, "", `#${slides[position].id}`);
    if (!quiet && wide.matches) slides[position].focus({ preventScroll: true });
    document.dispatchEvent(new CustomEvent("gerai:slide", { detail: { position } }));
  }

  function go(next) {
    const seen = position;
    darken(false);
    show(next);
    if (isShared && position !== seen) outbox.send({ langkah: "go", ke: position, dari: seen });
  }

  function darken(isBlack) {
    const sheet = document.querySelector("[data-stage-black]");
    if (sheet && sheet.hidden === isBlack) sheet.hidden = !isBlack;
  }

  function toggleBlack() {
    const isBlack = document.querySelector("[data-stage-black]").hidden;
    darken(isBlack);
    if (isShared) outbox.send({ langkah: isBlack ? "black" : "light" });
  }

  function obey(state) {
    if (state.over) {
      location.reload();
      return;
    }
    darken(state.black);
    if (state.position !== position) show(state.position);
  }

  async function look() {
    if (outbox.isBusy()) return;
    const sent = outbox.count();
    const answer = await fetch(deck.dataset.stateUrl, {
      cache: "no-store",
      headers: { Accept: "application/json" },
    }).catch(() => null);
    const state = answer?.ok ? await answer.json() : null;
    if (outbox.isBusy()) return;
    // What was asked before the last press may be older than it.
    if (sent !== outbox.count()) look();
    else if (state) obey(state);
  }

  /* One at a time; what is typed meanwhile becomes one step. */
  function sender() {
    let waiting = null;
    let busy = false;
    let count = 0;
    let known = null;
    async function run() {
      busy = true;
      while (waiting) {
        const wish = waiting;
        waiting = null;
        if (wish.dari !== undefined && known !== null) wish.dari = known;
        known = await post(wish);
      }
      busy = false;
      known = null;
      if (!waiting) look();
    }
    async function post(wish) {
      const answer = await fetch(deck.dataset.moveUrl, {
        method: "POST",
        headers: { Accept: "application/json", "X-CSRFToken": deck.dataset.csrf },
        body: new URLSearchParams(wish),
      }).catch(() => null);
      return answer?.ok ? (await answer.json()).position : null;
    }
    return {
      isBusy: () => busy,
      count: () => count,
      send(wish) {
        count += 1;
        waiting = waiting && wish.dari !== undefined ? { ...wish, dari: waiting.dari ?? wish.dari } : wish;
        if (!busy) run();
      },
    };
  }

  const deeds = {
    next: () => go(position + 1),
    back: () => go(position - 1),
    first: () => go(0),
    last: () => go(slides.length - 1),
    black: toggleBlack,
    fullscreen: () => (document.fullscreenElement ? document.exitFullscreen() : root.requestFullscreen?.()),
    paper: () => root.classList.toggle("is-paper"),
  };
  const keys = {
    ArrowRight: "next",
    ArrowDown: "next",
    PageDown: "next",
    " ": "next",
    ArrowLeft: "back",
    ArrowUp: "back",
    PageUp: "back",
    Backspace: "back",
    Home: "first",
    End: "last",
    f: "fullscreen",
    b: "black",
    ".": "black",
    t: "paper",
  };

  document.addEventListener("keydown", (event) => {
    if (!wide.matches || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("dialog, input, textarea, select")) return;
    if (event.target.closest("button, a") && [" ", "Enter"].includes(event.key)) return;
    if (/^[0-9]$/.test(event.key)) {
      typed = (typed + event.key).slice(-3);
      return;
    }
    if (event.key === "Enter" && typed) {
      go(Number(typed) - 1);
      typed = "";
      event.preventDefault();
      return;
    }
    typed = "";
    const deed = keys[event.key] ?? keys[event.key.toLowerCase()];
    if (!deed) return;
    event.preventDefault();
    deeds[deed]();
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-stage], [data-stage-to]");
    if (!button) return;
    if (button.dataset.stageTo) go(Number(button.dataset.stageTo));
    else deeds[button.dataset.stage]?.();
  });

  document.querySelector("[data-stage-black]")?.addEventListener("click", toggleBlack);

  let touchX = null;
  document.addEventListener("touchstart", (event) => {
    touchX = event.touches.length === 1 ? event.touches[0].clientX : null;
  }, { passive: true });
  document.addEventListener("touchend", (event) => {
    if (touchX === null || !wide.matches) return;
    const way = event.changedTouches[0].clientX - touchX;
    if (Math.abs(way) > SWIPE) go(position + (way < 0 ? 1 : -1));
  }, { passive: true });

  if (isShared) {
    document.addEventListener("gerai:happening", ({ detail }) => {
      if (detail.what === "showcase.steer" && detail.key === deck.dataset.session) look();
    });
    document.addEventListener("gerai:refreshed", () => {
      // The page may have been drawn before the last step: ask again rather than go back.
      const isDark = !document.querySelector("[data-stage-black]").hidden;
      const isSame = Number(place.dataset.position) === position
        && (place.dataset.black === "1") === isDark && place.dataset.over !== "1";
      if (!isSame) look();
    });
  }

  /* Without this all slides, which lay below each other, would fade out over the first one. */
  root.classList.add("is-stage", "is-setting");
  requestAnimationFrame(() => requestAnimationFrame(() => root.classList.remove("is-setting")));
  const bar = document.querySelector("[data-stage-bar]");
  if (bar) bar.hidden = false;
  rest(root, bar);
  wide.addEventListener("change", () => show(position, { quiet: true }));
  show(position, { quiet: true });
  if (place?.dataset.black === "1") darken(true);
}

function numberIn(hash) {
  const at = slides.findIndex((slide) => `#${slide.id}` === hash);
  return at < 0 ? null : at;
}

/* Bar and pointer go away while nobody moves. */
function rest(root, bar) {
  let timer = 0;
  const wake = () => {
    bar?.classList.remove("is-resting");
    root.classList.remove("is-resting-mouse");
    clearTimeout(timer);
    timer = setTimeout(() => {
      bar?.classList.add("is-resting");
      root.classList.add("is-resting-mouse");
    }, REST_MS);
  };
  document.addEventListener("pointermove", wake);
  document.addEventListener("focusin", (event) => bar?.contains(event.target) && wake());
  wake();
}
