/* Keeps a page true: any happening makes it fetch itself again and morph its regions.
   There is no other recovery: a lost line, a new hello and every half minute do the same.
   A fetch that fails, or that hangs, is tried again soon, and ever less often. */

const SAFETY_MS = 30_000;
const REST_MS = 250;
const OFFLINE_AFTER_MS = 1_500;
const PATIENCE_MS = 10_000;
const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 20_000;
/* Told to a page that may have missed something, whatever it listens for; to many at once. */
const AGAIN = "live.again";
const SPREAD_MS = 1_500;

const root = document.querySelector("[data-gerai-live]");
if (root) start(root);

function start(element) {
  morpher();
  const line = showLine();
  const refresh = oneAtATime(() => fetchAndMorph(line), retries());
  const isCrowd = "geraiLiveCrowd" in element.dataset;
  const spread = spreading(refresh);
  const prefixes = (element.dataset.geraiLiveOn || "").split(/\s+/).filter(Boolean);

  listen(element.dataset.geraiLive, {
    hello: () => {
      line.stream(true);
      refresh();
    },
    happening: (detail) => {
      document.dispatchEvent(new CustomEvent("gerai:happening", { detail }));
      if (detail.what === AGAIN) spread(detail.spread_ms || SPREAD_MS);
      else if (!prefixes.length || prefixes.some((prefix) => detail.what.startsWith(prefix))) {
        if (isCrowd && detail.spread_ms) spread(detail.spread_ms);
        else refresh();
      }
    },
    lost: () => line.stream(false),
  });

  setInterval(refresh, SAFETY_MS);
  window.addEventListener("online", refresh);
  window.addEventListener("pageshow", (event) => event.persisted && refresh());
  document.addEventListener("visibilitychange", () => document.hidden || refresh());
  document.addEventListener("gerai:refresh", refresh);
}

function listen(url, hear) {
  const retry = retries();
  let source;
  const open = () => {
    source = new EventSource(url);
    source.addEventListener("hello", () => {
      retry.forget();
      hear.hello();
    });
    source.onmessage = (message) => {
      const detail = read(message.data);
      if (detail) hear.happening(detail);
    };
    source.onerror = () => {
      hear.lost();
      if (source.readyState === EventSource.CLOSED) retry.later(open);
    };
  };
  open();
  window.addEventListener("pagehide", () => source.close());
  window.addEventListener("pageshow", (event) => event.persisted && open());
}

function read(text) {
  try {
    const detail = JSON.parse(text);
    return typeof detail?.what === "string" ? detail : null;
  } catch {
    return null;
  }
}

/* Tries again after a growing while, not all pages in the same moment. */
function retries() {
  let wait = FIRST_RETRY_MS;
  let timer = 0;
  return {
    later(work) {
      clearTimeout(timer);
      timer = setTimeout(work, wait * (0.5 + Math.random()));
      wait = Math.min(wait * 2, LAST_RETRY_MS);
    },
    forget() {
      clearTimeout(timer);
      wait = FIRST_RETRY_MS;
    },
  };
}

/* A page that many people have open looks at some moment of a while, once for all that it hears
   until then; how long the while is, the server knows. */
function spreading(work) {
  let timer = 0;
  return (whileMs) => {
    timer ||= setTimeout(() => {
      timer = 0;
      work();
    }, Math.random() * whileMs);
  };
}

/* At most one fetch under way and one waiting; a short rest between two. */
function oneAtATime(work, retry) {
  let busy = false;
  let again = false;
  return async function run() {
    if (busy) {
      again = true;
      return;
    }
    busy = true;
    do {
      again = false;
      if (await work()) retry.forget();
      else retry.later(run);
      await new Promise((resolve) => setTimeout(resolve, REST_MS));
    } while (again);
    busy = false;
  };
}

/* Answers whether the page has come. */
/* Null where it could not be had: a server may die between a page and its scripts. */
function morpher() {
  return import("./vendor/idiomorph.esm.js").then(
    ({ Idiomorph }) => Idiomorph,
    () => null,
  );
}

async function fetchAndMorph(line) {
  let answer;
  let text;
  try {
    answer = await fetch(location.href.split("#")[0], {
      cache: "no-store",
      credentials: "same-origin",
      headers: { Accept: "text/html", "X-Gerai-Refresh": "1" },
      signal: timeLimit(PATIENCE_MS),
    });
    text = await answer.text(); // a server may also die in the middle of a page
  } catch {
    line.page(false);
    return false;
  }
  if (answer.status >= 500) {
    line.page(false);
    return false;
  }
  line.page(true);
  if (!answer.ok && cameRefused()) return true;
  if (answer.redirected || !answer.ok) {
    location.reload();
    return true;
  }
  const next = new DOMParser().parseFromString(text, "text/html");
  if (document.querySelector("form[data-gerai-sent]")) return true;
  const regions = [...document.querySelectorAll("[data-gerai-region]")];
  if (regions.some((region) => !next.getElementById(region.id))) {
    location.reload();
    return true;
  }
  const Idiomorph = await morpher();
  if (!Idiomorph) {
    location.reload();
    return true;
  }
  for (const region of regions) {
    if (!region.isConnected) continue;
    Idiomorph.morph(region, next.getElementById(region.id), {
      ignoreActiveValue: true,
      callbacks: { beforeNodeMorphed: isOurs, beforeAttributeUpdated: mayChange },
    });
  }
  document.dispatchEvent(new CustomEvent("gerai:refreshed"));
  return true;
}

/* Whether this page was itself a refusal: fetched again it is one again, for ever. */
function cameRefused() {
  const [arrival] = performance.getEntriesByType("navigation");
  return arrival?.responseStatus ? arrival.responseStatus >= 400 : arrival?.type === "reload";
}

function timeLimit(milliseconds) {
  const control = new AbortController(); // AbortSignal.timeout is unknown to old phones
  setTimeout(() => control.abort(), milliseconds);
  return control.signal;
}

/* What a person has typed, chosen or opened is theirs. */
function isOurs(node) {
  if (!(node instanceof HTMLElement)) return true;
  if (node.matches("[data-gerai-keep], dialog[open]")) return false;
  return !isTouched(node);
}

function isTouched(node) {
  if (node instanceof HTMLInputElement && /^(checkbox|radio)$/.test(node.type)) {
    return node.checked !== node.defaultChecked;
  }
  if (node instanceof HTMLInputElement && node.type === "hidden") return false;
  if (node instanceof HTMLInputElement || node instanceof HTMLTextAreaElement) {
    return node.value !== node.defaultValue;
  }
  if (node instanceof HTMLSelectElement) {
    return [...node.options].some((option) => option.selected !== option.defaultSelected)
      && [...node.options].some((option) => option.defaultSelected || option.index !== 0 && option.selected);
  }
  return false;
}

function mayChange(name, node) {
  return !(name === "open" && node instanceof HTMLDetailsElement);
}

function showLine() {
  const pill = document.querySelector("[data-gerai-offline]");
  const good = { stream: true, page: true };
  let timer = 0;
  const show = () => {
    clearTimeout(timer);
    const isGood = good.stream && good.page;
    document.dispatchEvent(new CustomEvent("gerai:line", { detail: { isGood } }));
    if (!pill) return;
    if (isGood) {
      pill.hidden = true;
    } else {
      timer = setTimeout(() => {
        pill.hidden = false;
      }, OFFLINE_AFTER_MS);
    }
  };
  return {
    stream(isGood) {
      if (good.stream === isGood) return;
      good.stream = isGood;
      show();
    },
    page(isGood) {
      if (good.page === isGood) return;
      good.page = isGood;
      show();
    },
  };
}
