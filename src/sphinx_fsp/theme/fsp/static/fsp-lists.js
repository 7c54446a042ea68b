/* Offers a filter above a page's lists of resources. What filters is loaded when a reader asks. */
(() => {
  "use strict";
  const { src, dataset } = document.currentScript;
  const page = document.documentElement.dataset;
  const links = document.querySelectorAll(".resources .resource-link");
  if (links.length < 8) {
    delete page.filtered;
    return;
  }

  let place = links[0].closest(".resources");
  while (!place.parentElement.matches("section, article, .resource-index, body")) {
    place = place.parentElement;
  }
  while (place.previousElementSibling?.matches(".resource-group, .resources-title")) {
    place = place.previousElementSibling;
  }
  // In the language of the site, from whichever of the two is there.
  const text =
    dataset.summary ??
    globalThis.fspStrings?.lists.summary ??
    "Filter the {total} resources of this page";
  const summary = document.createElement("summary");
  summary.textContent = text.replace("{total}", links.length);
  const details = document.createElement("details");
  details.className = "resource-filter";
  details.dataset.fspChrome = "";
  details.append(summary);

  let asked;
  const load = () => {
    for (const name of asked ? [] : ["fsp-strings.js", "fsp-lists-filter.js"]) {
      const script = document.createElement("script");
      script.src = new URL(name, src);
      script.async = false;
      script.onerror = () => delete page.filtered;
      document.head.append(script);
    }
    asked = true;
  };
  for (const event of ["pointerenter", "focusin", "toggle"]) details.addEventListener(event, load);
  details.open = "filtered" in page;
  place.before(details);
})();
