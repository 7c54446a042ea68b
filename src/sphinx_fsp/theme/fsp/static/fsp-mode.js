/* Sets the reader's colour mode before the page is painted. */
try {
  const mode = localStorage.getItem("fsp-mode");
  if (mode === "light" || mode === "dark") document.documentElement.dataset.theme = mode;
} catch {
  /* Storage is off: the mode follows the system. */
}
document.documentElement.dataset.js = "";
