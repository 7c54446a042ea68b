/* Read the Docs: versions, languages, downloads, search. */
"use strict";
(() => {
  let searches;
  globalThis.FspReadTheDocs = {
    opensSearch() {
      if (searches) document.dispatchEvent(new CustomEvent("readthedocs-search-show"));
      return searches;
    },
  };

  const find = (selector) => document.querySelector(selector);
  const meta = (name) => find(`meta[name=readthedocs-${name}]`)?.content || "";
  const address = (to, base) => {
    const url = URL.parse(to, base);
    return /^http/.test(url?.protocol) && url.href;
  };
  /* This page elsewhere; a page that isn't there leads to the start. */
  const file = meta("http-status") === "404" ? "" : meta("resolver-filename");
  const page = "./" + file.replace(/(^|\/)index\.html$/, "$1").replace(/^\/+/, "");
  const here = (one) => address(page, one.urls.documentation?.replace(/\/*$/, "/"));

  const make = (name, ...parts) => {
    const element = document.createElement(name);
    element.append(...parts);
    return element;
  };
  /* Links: text, address, whether read now. */
  const list = (word, links) => {
    const items = [];
    for (const [text, href, now] of links) {
      if (!href) continue;
      const link = make("a", text);
      link.href = href;
      if (now) {
        word += ": " + text;
        link.ariaCurrent = true;
      }
      items.push(make("li", link));
    }
    return items.length ? make("details", make("summary", word), make("ul", ...items)) : "";
  };

  const show = ({ addons, projects, versions }) => {
    searches = addons.search?.enabled;
    const place = find(".rtd-versions");
    if (!place) return;
    const words = place.dataset;
    const { current, translations } = projects;
    const single = /^single/.test(current.versioning_scheme);
    place.replaceChildren(
      list(words.versions || "Versions", (single ? [] : versions.active)
        .map((one) => [one.slug, here(one), one.slug === versions.current.slug])),
      list(words.languages || "Languages", (translations.length ? [current, ...translations] : [])
        .map((one) => [one.language.name || one.language.code, here(one), one === current])
        .sort()),
      list(words.downloads || "Downloads", Object.entries(versions.current.downloads)
        .map(([name, to]) => [name === "htmlzip" ? "HTML" : name.toUpperCase(), address(to, location)])),
    );
    place.hidden = !find(".rtd-versions a");
  };

  if (!find("readthedocs-notification")) find("main").prepend(make("readthedocs-notification"));
  document.addEventListener("readthedocs-addons-data-ready", (event) => show(event.detail.data()));
  if (globalThis.ReadTheDocsEventData) show(ReadTheDocsEventData.data());
})();
