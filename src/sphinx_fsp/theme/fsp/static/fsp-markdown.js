/* A button that copies a page's Markdown, beside the link to it, which works without this. */
const link = document.querySelector(".page-footer a[data-copy]");
if (link && navigator.clipboard && location.protocol.startsWith("http")) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = link.dataset.copy;
  const status = document.createElement("span");
  status.setAttribute("role", "status");
  link.parentElement.append(button, status);
  const text = async () => {
    const answer = await fetch(link.href);
    if (!answer.ok) throw new Error(answer.statusText);
    return new Blob([await answer.text()], { type: "text/plain" });
  };
  button.addEventListener("click", async () => {
    status.textContent = "";
    try {
      /* Safari takes what is still on its way only like this. */
      await navigator.clipboard.write([new ClipboardItem({ "text/plain": text() })]);
      status.textContent = link.dataset.copied;
    } catch {
      status.textContent = link.dataset.failed;
    }
  });
}
