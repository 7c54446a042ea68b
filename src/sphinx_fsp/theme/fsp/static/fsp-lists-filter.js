/* Filters and sorts the resources of a page. Loaded by fsp-lists.js. */
(() => {
  "use strict";
  const words = globalThis.fspStrings.lists;
  const details = document.querySelector(".resource-filter");

  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const make = (tag, properties, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };

  // What each item says. One without a link only groups the list below it, and isn't counted.
  const items = new Map();
  const labels = { kind: new Map(), level: new Map(), price: new Map() };
  const known = new Map(Object.entries(words.values));
  for (const node of document.querySelectorAll(".resources .resource")) {
    const own = [...node.childNodes].filter((child) => !child.querySelector?.(".resource"));
    const link = node.querySelector(".resource-link");
    const counted = link?.closest(".resource") === node;
    const up = items.get(node.parentElement.closest(".resource"));
    const text = own.map((child) => child.textContent).join(" ").trim();
    const item = {
      up,
      counted,
      box: node.matches(".sd-card") ? node.parentElement : node,
      list: node.closest(".resources"),
      group: !counted && own.length < node.childNodes.length,
      text: `${fold(text)} ${up?.text ?? ""}`,
      title: counted ? link.textContent : text,
      date: "",
    };
    for (const [, name, value] of node.className.matchAll(
      /(?<!\S)(kind|level|price|date)-(\S+)/g,
    )) {
      item[name] = value;
      if (counted && labels[name]?.has(value) === false) {
        const badge = node.querySelector(`.resource-${name}`);
        labels[name].set(value, badge?.textContent ?? known.get(value) ?? value);
      }
    }
    for (const cell of node.querySelectorAll("td + td, .sd-card-footer")) {
      item.date ||= /(?:^|· )(\d{4}(-\d\d)*)(?!\S)/.exec(cell.textContent.trim())?.[1] ?? "";
    }
    items.set(node, item);
  }
  const all = [...items.values()];
  const counted = all.filter((item) => item.counted);

  // The form: choices for what the items differ in.
  const { compare } = new Intl.Collator(document.documentElement.lang || [], { numeric: true });
  const select = (name, pairs) =>
    make("select", { name }, ...pairs.map(([value, text]) => new Option(text, value)));
  const levels = ["beginner", "intermediate", "advanced"];
  const facets = Object.entries(labels)
    .filter(([name, { size }]) => size > 1 || (size && counted.some((item) => !item[name])))
    .map(([name, texts]) => {
      const pairs = [...texts].sort(
        ([a, textA], [b, textB]) => levels.indexOf(a) - levels.indexOf(b) || compare(textA, textB),
      );
      return select(name, [["", words.all], ...pairs]);
    });
  const field = make("input", { type: "search", name: "text" });
  const orders = { title: (a, b) => compare(a.title, b.title) };
  if (all.some((item) => item.date)) {
    orders.newest = (a, b) => (a.date < b.date) - (a.date > b.date);
  }
  const order = select("sort", [
    ["", words.written],
    ...Object.keys(orders).map((name) => [name, words[name]]),
  ]);
  const controls = [field, ...facets, order];
  const reset = make("button", { type: "button", textContent: words.reset });
  const form = make(
    "form",
    { autocomplete: "off" },
    ...controls.map((control) => make("label", {}, words[control.name], control)),
    reset,
  );
  const status = make("p", { className: "resource-count", role: "status" });
  status.dataset.fspChrome = "";
  details.append(form);
  details.after(status);

  // A list without a heading of its own says that nothing of it is left.
  const heads = ".resource-group, .resources-title";
  const headings = new Set(document.querySelectorAll(heads));
  const lists = new Map();
  for (const { list, up } of all) {
    if (lists.has(list)) continue;
    let none;
    if (!up && !headings.has(list.previousElementSibling)) {
      none = make("p", { className: "resource-none", textContent: words.none, hidden: true });
      none.dataset.fspChrome = "";
      list.after(none);
    }
    lists.set(list, none);
  }
  // Whether all lists below a heading are empty. A title may have groups below it.
  const isEmpty = (heading) => {
    const below = [];
    let next = heading.nextElementSibling;
    while (lists.has(next) || (next?.matches(".resource-group") && heading.matches(".resources-title"))) {
      if (lists.has(next)) below.push(next);
      next = next.nextElementSibling;
    }
    return below.length > 0 && below.every((list) => list.hidden);
  };

  // Shows or hides so many boxes at once, in the order of the page, and the rest a little later:
  // a reader who types through an index of thousands waits for the first screen only.
  let waiting;
  const flip = (boxes, limit) => {
    clearTimeout(waiting);
    const now = boxes.splice(0, limit);
    // Browsers count the items of a list again for each that goes, unless the list isn't shown.
    const aside = new Set(now.length > 200 ? now.map((box) => box.parentElement) : []);
    for (const parent of aside) {
      if (parent.hidden) aside.delete(parent);
      parent.hidden = true;
      getComputedStyle(parent).display;
    }
    for (const box of now) box.hidden = !box.hidden;
    for (const parent of aside) parent.hidden = false;
    if (boxes.length) waiting = setTimeout(flip, 20, boxes, limit);
  };

  const show = (limit) => {
    const asked = fold(field.value).trim().split(/\s+/);
    const tally = new Map(facets.map((facet) => [facet, { __proto__: null }]));
    const open = new Set();
    const changed = [];
    let shown = 0;
    // The last first: a group is shown when one of its items is.
    for (const item of all.toReversed()) {
      const missed = facets.filter(({ name, value }) => value && value !== item[name]);
      if (!item.group && missed.length < 2 && asked.every((word) => item.text.includes(word))) {
        // What each choice would show, with the others as they are.
        for (const facet of missed.length ? missed : facets) {
          const counts = tally.get(facet);
          counts[item[facet.name]] = (counts[item[facet.name]] ?? 0) + item.counted;
        }
        if (!missed.length) {
          shown += item.counted;
          open.add(item);
        }
      }
      if (open.has(item)) open.add(item.up).add(item.list);
      if (item.box.hidden === open.has(item)) changed.push(item.box);
    }
    flip(changed.reverse(), limit);
    for (const [list, none] of lists) {
      list.hidden = !open.has(list);
      if (none) none.hidden = !list.hidden;
    }
    for (const heading of headings) heading.hidden = isEmpty(heading);
    for (const [{ name, options }, counts] of tally) {
      for (const option of [...options].slice(1)) {
        option.text = `${labels[name].get(option.value)} (${counts[option.value] ?? 0})`;
      }
    }
    reset.hidden = controls.every((control) => !control.value);
    if (!reset.hidden || status.textContent) {
      status.textContent = words.shown
        .replace("{shown}", shown)
        .replace("{total}", counted.length);
    }
  };

  // What stands between the items comes back with the order in which they are written.
  const boxes = Map.groupBy(all, (item) => item.box.parentElement);
  const written = new Map();
  let sorted = "";
  const update = (limit = all.length) => {
    show(limit);
    if (order.value === sorted) return;
    sorted = order.value;
    for (const [parent, group] of boxes) {
      if (!written.has(parent)) written.set(parent, [...parent.childNodes]);
      const inOrder = sorted && group.toSorted(orders[sorted]).map((item) => item.box);
      parent.append(...(inOrder || written.get(parent)));
    }
  };

  // The address says what is chosen; whatever else it says stays.
  const write = () => {
    const address = new URL(location);
    for (const { name, value } of controls) {
      if (value) address.searchParams.set(name, value);
      else address.searchParams.delete(name);
    }
    try {
      history.replaceState(history.state, "", address);
    } catch {
      // Some browsers leave the address of a file alone.
    }
  };
  const read = () => {
    const query = new URLSearchParams(location.search);
    for (const control of controls) {
      control.value = query.get(control.name)?.slice(0, 99) ?? "";
      if (control.selectedIndex < 0) control.value = "";
    }
    update();
  };
  const clear = (...chosen) => {
    for (const control of chosen) control.value = "";
    update();
    write();
  };
  // A link to an item, a list or a group that is hidden shows everything again.
  const reveal = () => {
    const target = document.querySelector(":target");
    if (!target?.closest("[hidden]")) return;
    clear(field, ...facets);
    target.scrollIntoView();
  };

  let timer;
  form.addEventListener("input", () => {
    update(200);
    clearTimeout(timer);
    timer = setTimeout(write, 300);
  });
  form.addEventListener("change", write);
  form.addEventListener("submit", (event) => event.preventDefault());
  reset.addEventListener("click", () => {
    clear(...controls);
    field.focus();
  });
  addEventListener("popstate", read);
  addEventListener("hashchange", reveal);
  // A link to the fragment that the address has already is no change of it.
  addEventListener("click", (event) => {
    if (event.target.closest("a[href*='#']")) setTimeout(reveal);
  });
  read();
  reveal();
  delete document.documentElement.dataset.filtered;
})();
