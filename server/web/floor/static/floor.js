// Durations go on by themselves: <time class="since" datetime="..."> says how long ago that was, by the server's clock.
"use strict";
(() => {
  const { minute, hour, now } = document.body.dataset;
  if (now === undefined) return;
  const ahead = Date.parse(now) - Date.now();
  const said = (since) => {
    const minutes = Math.max(0, Math.floor((Date.now() + ahead - Date.parse(since)) / 60000));
    return minutes < 60 ? `${minutes} ${minute}`
      : `${Math.floor(minutes / 60)} ${hour} ${String(minutes % 60).padStart(2, "0")} ${minute}`;
  };
  const tick = () => {
    for (const one of document.querySelectorAll("time.since")) {
      const text = said(one.dateTime);
      if (one.textContent !== text) one.textContent = text;
    }
    const structure = document.getElementById("structure");
    if (structure !== null && structure.textContent !== first) location.reload();  // another catalogue
  };
  const first = document.getElementById("structure")?.textContent;
  setInterval(tick, 5000);
})();
