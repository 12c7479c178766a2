// Live parts of a page: <body data-live="/floor/live">. Each event names an element and brings it anew.
// What somebody works in right now (focus, an open <details>) is not taken from under their hands: it waits.
"use strict";
(() => {
  const address = document.body.dataset.live;
  const stale = document.getElementById("stale");
  const waiting = new Map();
  const inUse = (element) =>
    element.contains(document.activeElement) && document.activeElement !== document.body
    || element.matches("details[open]") || element.querySelector("details[open], dialog[open]") !== null;
  const put = (id, html) => {
    const old = document.getElementById(id);
    if (old === null) return;
    if (inUse(old)) { waiting.set(id, html); return; }
    waiting.delete(id);
    const holder = document.createElement("template");
    holder.innerHTML = html;
    const fresh = holder.content.firstElementChild;
    if (fresh !== null && !old.isEqualNode(fresh)) old.replaceWith(fresh);
  };
  const settle = () => { for (const [id, html] of [...waiting]) put(id, html); };
  document.addEventListener("focusout", () => setTimeout(settle, 150));
  document.addEventListener("toggle", () => setTimeout(settle, 150), true);
  const source = new EventSource(address);
  source.addEventListener("open", () => { stale.hidden = true; });
  source.addEventListener("error", () => { stale.hidden = false; });
  source.addEventListener("put", (event) => { const part = JSON.parse(event.data); put(part.id, part.html); });
  source.addEventListener("over", () => { source.close(); location.reload(); });
  addEventListener("pagehide", () => source.close());
})();
