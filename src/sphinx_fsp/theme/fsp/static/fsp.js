/* What a page does. It works without. */
"use strict";
(() => {
  const root = document.documentElement;
  const statics = root.dataset.content_root + "_static/";

  /* Colour mode: as the system, light, dark, and round again. */
  const button = document.querySelector("button.mode");
  const modes = ["auto", "light", "dark"];
  const show = (mode) => {
    if (mode === "auto") delete root.dataset.theme;
    else root.dataset.theme = mode;
    button.setAttribute("aria-label", button.dataset[mode]);
    button.title = button.dataset[mode];
  };
  if (button) {
    show(root.dataset.theme || "auto");
    button.addEventListener("click", () => {
      const mode = modes[(modes.indexOf(root.dataset.theme || "auto") + 1) % 3];
      show(mode);
      try {
        localStorage.setItem("fsp-mode", mode);
      } catch {
        /* Storage is off: the choice holds for this page. */
      }
    });
  }

  /* The sidebar shows where the page stands. */
  const menu = document.getElementById("guide-menu");
  const here = menu?.querySelector("[aria-current]");
  const centre = () => {
    if (here) menu.scrollTop += here.getBoundingClientRect().top - menu.clientHeight / 2;
  };
  centre();
  menu?.addEventListener("toggle", centre);

  /* A menu that the keyboard has left no longer covers the page. */
  for (const open of document.querySelectorAll("nav[popover]")) {
    open.addEventListener("focusout", ({ relatedTarget: to }) => {
      if (to && !open.contains(to) && open.matches(":popover-open")) open.hidePopover();
    });
  }

  /* The heading that is being read is marked among those of the page. */
  const links = new Map();
  for (const link of document.querySelectorAll('#on-this-page a[href^="#"]')) {
    const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (heading) links.set(heading, link);
    link.addEventListener("click", () => link.closest("[popover]:popover-open")?.hidePopover());
  }
  const places = [...links.keys()];
  let now;
  const mark = () => {
    const read = places.findLast((place) => place.getBoundingClientRect().top < 120);
    if (read === now) return;
    links.get(now)?.removeAttribute("aria-current");
    links.get((now = read))?.setAttribute("aria-current", "true");
  };
  if (places.length) {
    addEventListener("scroll", () => requestAnimationFrame(mark), { passive: true });
    mark();
  }

  /* What scrolls can be reached with the keyboard. */
  const reach = () => {
    for (const box of document.querySelectorAll("pre, table, div.math, div.graphviz")) {
      if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
    }
  };
  reach();
  addEventListener("resize", reach);
  document.addEventListener("toggle", reach, true);

  /* By a promise, for Safari. */
  const copy = document.querySelector("button.copy");
  if (copy) copy.hidden = !navigator.clipboard;
  const text = async () => {
    const found = await fetch(copy.previousElementSibling.href);
    if (!found.ok) throw found;
    return new Blob([await found.text()], { type: "text/plain" });
  };
  copy?.addEventListener("click", async () => {
    const status = copy.nextElementSibling;
    status.textContent = "";
    try {
      await navigator.clipboard.write([new ClipboardItem({ "text/plain": text() })]);
      status.textContent = copy.dataset.done;
    } catch {
      status.textContent = copy.dataset.failed;
    }
  });

  /* The search is loaded when it is first asked for. */
  const form = document.querySelector("form[data-fsp-search]");
  const load = (name) =>
    new Promise((done, failed) => {
      const script = document.createElement("script");
      script.src = statics + name;
      script.onload = done;
      script.onerror = failed;
      document.head.append(script);
    });
  let loading;
  const search = () => {
    loading ??= (async () => {
      if (globalThis.FspSearch) return;
      const style = document.createElement("link");
      style.rel = "stylesheet";
      style.href = statics + "fsp-search.css";
      document.head.append(style);
      const first = ["strings", "search-index", "search-engine"].map((name) => `fsp-${name}.js`);
      await Promise.all([...first, "minisearch.js"].map(load));
      await load("fsp-search.js");
    })();
    const field = form.elements.q;
    loading.then(() => {
      globalThis.FspSearch.open(field.value);
      field.value = "";
    }, () => (loading = undefined));
  };
  const onItsOwnPage = document.querySelector("[data-fsp-search-page]");
  if (form && !onItsOwnPage) {
    form.elements.q.addEventListener("input", search);
    form.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      search();
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      search();
    });
    form.elements.q.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown") search();
    });
  }
  addEventListener("keydown", (event) => {
    const fields = "input, textarea, select, [contenteditable], readthedocs-search";
    const command = event.ctrlKey || event.metaKey;
    const slash = event.key === "/" && !command && !event.altKey && !event.target.closest?.(fields);
    const k = event.key.toLowerCase() === "k" && command;
    if (event.defaultPrevented || !(slash || k)) return;
    event.preventDefault();
    if (globalThis.FspReadTheDocs?.opensSearch() || !form) return;
    if (onItsOwnPage) document.querySelector("[data-fsp-search-page] input")?.focus();
    else search();
  });

  /* A page that a reader is about to open is fetched ahead. */
  const fetched = new Set();
  const ahead = (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || link.origin !== location.origin || !location.protocol.startsWith("http")) return;
    const page = link.pathname + link.search;
    if (page === location.pathname + location.search || fetched.has(page)) return;
    if (!/(\.html|\/)$/.test(link.pathname) || navigator.connection?.saveData) return;
    fetched.add(page);
    const hint = document.createElement("link");
    hint.rel = "prefetch";
    hint.href = link.href.split("#")[0];
    document.head.append(hint);
  };
  for (const kind of ["pointerover", "focusin"]) {
    document.addEventListener(kind, ahead, { passive: true });
  }
})();
