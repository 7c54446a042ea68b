/* The page that isn't there: shows the pages with the nearest addresses. It works without this. */
const MOST = 3;
const LEAST = 0.5;
const root = new URL(document.documentElement.dataset.content_root, document.baseURI);

/* An address as those compare that differ in case, in encoding, or in how they end. */
const bare = (address) => {
  try {
    address = decodeURIComponent(address);
  } catch {
    /* It stays encoded. */
  }
  return address.toLowerCase().replace(/(\/index)?(\.html?)?\/*$/, "");
};
const last = (path) => path.slice(path.lastIndexOf("/") + 1);
const pairs = (text) => new Set(Array.from(text, (letter, n) => letter + (text[n + 1] ?? " ")));

/* How alike two texts are: the pairs of letters that both have, of those that one has (Dice). */
const alike = (one, other) => {
  const [a, b] = [pairs(one), pairs(other)];
  let both = 0;
  for (const pair of a) if (b.has(pair)) both += 1;
  return (2 * both) / (a.size + b.size || 1);
};

/* The whole address counts, or its last part alone: the page may be in another folder. */
const nearest = (path, pages) =>
  pages
    .map(([address, title]) => {
      const page = bare(address);
      const name = last(page) && last(path) ? alike(last(path), last(page)) : 0;
      return { address, title, score: Math.max(alike(path, page), name * 0.95) };
    })
    .filter(({ score }) => score >= LEAST)
    .sort((a, b) => b.score - a.score)
    .slice(0, MOST);

const { pathname } = location;
const path = bare(pathname.startsWith(root.pathname) ? pathname.slice(root.pathname.length) : pathname);
const section = document.querySelector("[data-fsp-nearest]");
if (section && path && path !== "404") {
  const answer = await fetch(new URL("_static/fsp-pages.json", root));
  for (const { address, title } of answer.ok ? nearest(path, await answer.json()) : []) {
    const link = document.createElement("a");
    link.href = new URL(address, root);
    link.textContent = title;
    const item = document.createElement("li");
    item.append(link);
    section.querySelector("ul").append(item);
    section.hidden = false;
  }
}
