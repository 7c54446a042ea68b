/* What readers see of the search: the dialog, and the page. */
"use strict";
globalThis.FspSearch ??= (() => {
  const root = document.documentElement.dataset.content_root || "./";
  const said = globalThis.fspStrings?.search || {};
  const say = (name, values = {}) =>
    (said[name] || name).replace(/\{(\w+)\}/g, (all, key) => values[key] ?? all);

  const { RUN, words } = globalThis.FspSearchEngine;
  let made;
  const engine = () => (made ??= globalThis.FspSearchEngine.make(globalThis.fspSearchIndex));

  /* Elements. Whatever comes from pages or readers is put in as text. */
  const element = (name, attributes = {}, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (value !== false && value != null) made.setAttribute(key, value === true ? "" : value);
    }
    made.append(...children);
    return made;
  };
  const marked = (text, terms) => {
    const found = document.createDocumentFragment();
    let end = 0;
    const mark = (from, to) => {
      found.append(text.slice(end, from), element("mark", {}, text.slice(from, to)));
      end = to;
    };
    for (const match of text.matchAll(RUN)) {
      const own = words(match[0]);
      if (own.length === 1 && terms.has(own[0])) mark(match.index, match.index + match[0].length);
      else if (own.length > 1) {
        for (const part of own) {
          const at = text.toLowerCase().indexOf(part, end);
          if (terms.has(part) && at >= end) mark(at, at + part.length);
        }
      }
    }
    found.append(text.slice(end));
    return found;
  };
  const address = (hit, page) => {
    const base = root + page.address;
    if (hit === page) return base;
    if (/^(https?:\/\/|mailto:)/i.test(hit.address)) return hit.address;
    return base.split("#")[0] + (hit.address.length > 1 && hit.address[0] === "#" ? hit.address : "");
  };
  const row = (hit, page, terms, context, attributes) => {
    const about = [hit.kind === "object" ? hit.type : say(hit.kind), context].filter(Boolean);
    return element("a", { href: address(hit, page), class: `fsp-hit ${hit.kind}`, ...attributes },
      element("span", { class: "fsp-hit-title" }, marked(hit.title, terms)), " ",
      element("span", { class: "fsp-hit-about" }, about.join(" · ")));
  };
  /* The rows of a page: itself, and the best places in it; or all of one kind. */
  const rows = (group, kind, most, attributes = () => ({})) => {
    const hits = group.show();
    const { page, terms } = group;
    const chapter = engine().chapters[page.chapter];
    const found = kind ? [] : [row(page, page, terms, chapter, attributes())];
    for (const hit of hits.slice(0, most)) {
      const link = row(hit, page, hit.terms, kind && hit.title !== page.title && page.title, attributes());
      if (!kind) link.classList.add("below");
      found.push(link);
    }
    return found;
  };
  const count = (groups, kind) => {
    const sum = kind ? groups.reduce((n, group) => n + group.show().length, 0) : groups.length;
    return say(sum === 0 ? "none" : sum === 1 ? "one" : "many", { count: sum });
  };
  const filters = (changed) => {
    const select = (name, first, options) => {
      const box = element("select", { name }, element("option", { value: "" }, first));
      for (const [value, text] of options) box.append(element("option", { value }, text));
      box.addEventListener("change", changed);
      return element("label", {}, element("span", {}, say(`${name}Label`)), " ", box);
    };
    const { kinds, chapters } = engine();
    const boxes = [select("kind", say("allKinds"), kinds.map((kind) => [kind, say(kind)]))];
    if (chapters.length > 1) {
      boxes.push(select("chapter", say("allChapters"), chapters.map((title, n) => [n, title])));
    }
    return element("div", { class: "fsp-filters" }, ...boxes);
  };
  const chosen = (form) => ({
    kind: form.elements.kind.value, chapter: form.elements.chapter?.value ?? "",
  });

  /* The dialog. */
  const SHOWN = 10;
  let dialog;
  const makeDialog = () => {
    const input = element("input", {
      type: "search", name: "q", role: "combobox", autocomplete: "off", autocapitalize: "off",
      spellcheck: "false", enterkeyhint: "search", "aria-label": say("label"),
      placeholder: say("label"), "aria-autocomplete": "list", "aria-expanded": "false",
      "aria-controls": "fsp-hits", "aria-describedby": "fsp-search-hint",
    });
    const close = element("button", { type: "button", class: "fsp-close", "aria-label": say("close") }, "×");
    const list = element("div", { role: "listbox", id: "fsp-hits", "aria-label": say("results") });
    const status = element("p", { role: "status", "aria-live": "polite", class: "fsp-status" });
    const all = element("a", { class: "fsp-all", hidden: true }, say("all"));
    const hint = element("p", { id: "fsp-search-hint", class: "fsp-hint" }, say("hint"));
    const form = element("form", { role: "search", method: "get", action: pageAddress() },
      element("div", { class: "fsp-field" }, input, close));
    dialog = element("dialog", { class: "fsp-search", "aria-label": say("label") },
      form, status, list, element("div", { class: "fsp-foot" }, all, hint));
    let active = -1;
    const activate = (n) => {
      const options = list.children;
      options[active]?.setAttribute("aria-selected", "false");
      active = options.length ? (n + options.length) % options.length : -1;
      const option = options[active];
      if (option) {
        option.setAttribute("aria-selected", "true");
        option.scrollIntoView({ block: "nearest" });
        input.setAttribute("aria-activedescendant", option.id);
      } else input.removeAttribute("aria-activedescendant");
    };
    const show = () => {
      const query = input.value;
      const { kind, chapter } = chosen(form);
      const groups = query.trim() ? engine().search(query, { kind, chapter }) : [];
      let n = 0;
      const attributes = () => ({
        role: "option", id: `fsp-hit-${n++}`, tabindex: "-1", "aria-selected": "false",
      });
      list.replaceChildren(...groups.slice(0, SHOWN).flatMap((g) => rows(g, kind, kind ? 5 : 3, attributes)));
      list.scrollTop = 0;
      active = -1;
      input.removeAttribute("aria-activedescendant");
      input.setAttribute("aria-expanded", String(groups.length > 0));
      status.textContent = query.trim() ? count(groups, kind) : "";
      all.hidden = !groups.length;
      all.href = `${pageAddress()}?${new URLSearchParams({ q: query, kind, chapter })}`;
    };
    input.addEventListener("input", () => form.elements.kind && show());
    input.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      if (event.key === "ArrowDown") activate(active + 1);
      else if (event.key === "ArrowUp") activate(active < 0 ? -1 : active - 1);
      else if (event.key === "Enter" && active >= 0) list.children[active].click();
      else if (event.key === "Escape") dialog.close();
      else return;
      event.preventDefault();
    });
    close.addEventListener("click", () => dialog.close());
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog) dialog.close();
      /* A place in this page is behind the dialog. */
      else if (event.target.closest("a") && !event.ctrlKey && !event.metaKey) dialog.close();
    });
    dialog.fspShow = (text) => {
      if (text) input.value = text;
      dialog.showModal();
      input.focus();
      if (!text) input.select();
      if (form.elements.kind) show();
      else {
        /* The field is there before the index is unpacked. */
        status.textContent = say("loading");
        requestAnimationFrame(() => setTimeout(() => {
          form.append(filters(show));
          show();
        }));
      }
    };
    document.body.append(dialog);
  };
  const pageAddress = () =>
    document.querySelector("form[data-fsp-search]")?.getAttribute("action") || `${root}search.html`;

  /* The page. */
  const MORE = 30;
  const fillPage = (place) => {
    if (place.fspFilled) return;
    place.fspFilled = true;
    const form = place.querySelector("form");
    const input = form.elements.q;
    const status = element("p", { role: "status", "aria-live": "polite", class: "fsp-status" });
    const list = element("ol", { class: "fsp-results" });
    const more = element("button", { type: "button", class: "fsp-more", hidden: true }, say("more"));
    let groups = [];
    let shown = 0;
    const add = () => {
      const { kind } = chosen(form);
      for (const group of groups.slice(shown, shown + MORE)) {
        list.append(element("li", {}, ...rows(group, kind, kind ? undefined : 3)));
      }
      const first = list.children[shown]?.querySelector("a");
      shown += MORE;
      more.hidden = shown >= groups.length;
      return first;
    };
    const show = () => {
      const query = input.value;
      const { kind, chapter } = chosen(form);
      groups = query.trim() ? engine().search(query, { kind, chapter }) : [];
      list.replaceChildren();
      shown = 0;
      add();
      status.textContent = query.trim() ? count(groups, kind) : "";
    };
    const note = () => {
      const state = new URLSearchParams(
        Object.entries({ q: input.value, ...chosen(form) }).filter(([, value]) => value !== ""));
      try {
        history.replaceState(null, "", `${location.pathname}${state.size ? `?${state}` : ""}`);
      } catch {
        /* The address stays. */
      }
    };
    const changed = () => {
      show();
      note();
    };
    form.append(filters(changed));
    place.append(status, list, more);
    const read = () => {
      const state = new URLSearchParams(location.search);
      input.value = state.get("q") || "";
      for (const name of ["kind", "chapter"]) {
        const box = form.elements[name];
        if (!box) continue;
        box.value = state.get(name) || "";
        if (box.selectedIndex < 0) box.value = "";
      }
      show();
    };
    input.addEventListener("input", changed);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      changed();
    });
    more.addEventListener("click", () => add()?.focus());
    addEventListener("popstate", read);
    read();
  };

  const onPage = () => document.querySelector("[data-fsp-search-page]");
  return {
    open(text = "") {
      const place = onPage();
      if (place) {
        place.querySelector("input").focus();
        return;
      }
      if (!dialog) makeDialog();
      if (!dialog.open) dialog.fspShow(text);
    },
    page: fillPage,
    words,
    engine,
  };
})();
{
  const place = document.querySelector("[data-fsp-search-page]");
  if (place) globalThis.FspSearch.page(place);
}
