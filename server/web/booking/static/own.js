// Looks now and then whether the booking has become a number, and shows it then. Old phones too: no syntax after ES5.
(function () {
  "use strict";
  var EVERY = 8000, LONGEST = 60000, wait = EVERY, next = null; // ms
  var address = document.getElementById("own").getAttribute("data-state-at");

  function look() {
    if (document.hidden) { return again(); }
    var asked = new XMLHttpRequest();
    asked.open("GET", address);
    asked.onload = function () {
      if (asked.status === 200 && JSON.parse(asked.responseText).state !== "booked") { location.reload(); return; }
      wait = asked.status === 200 ? EVERY : Math.min(LONGEST, wait * 2);
      again();
    };
    asked.onerror = function () { wait = Math.min(LONGEST, wait * 2); again(); };
    asked.send();
  }

  function again() { clearTimeout(next); next = setTimeout(look, wait); }

  document.addEventListener("visibilitychange", function () { if (!document.hidden) { wait = EVERY; look(); } });
  again();
})();
