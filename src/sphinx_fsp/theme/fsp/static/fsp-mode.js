/* Before the page is painted: the reader's colour mode, and whether lists are filtered. */
try {
  const mode = localStorage.getItem("fsp-mode");
  if (mode === "light" || mode === "dark") document.documentElement.dataset.theme = mode;
} catch {
  /* Storage is off: the mode follows the system. */
}
document.documentElement.dataset.js = "";
if (/[?&](text|kind|level|price|sort)=./.test(location.search))
  document.documentElement.dataset.filtered = "";
