// Keeps the phone page in step with the server. Written for old phones too: no syntax after ES5.
(function () {
  "use strict";
  var HEARTBEAT = 20000; // ask for a fresh snapshot: a mobile network drops silent connections without a word
  var PATIENCE = 6000; // no answer for so long: the page is stale
  var LONGEST_RETRY = 60000; // thousands of phones come back after a restart: spread them
  var words = JSON.parse(document.getElementById("words").textContent);
  var stream = "visit:" + location.pathname.split("/")[2];
  var socket = null, table = {}, rev = 0, failures = 0, heard = new Date(), waiting = null, calls = null;

  function id(name) { return document.getElementById(name); }
  function say(name, text) { if (id(name).textContent !== String(text)) { id(name).textContent = text; } }
  function fill(text, values) { return text.replace(/\{(\w+)\}/g, function (_, key) { return values[key]; }); }
  function two(n) { return (n < 10 ? "0" : "") + n; }

  function minutes(range) {
    if (!range) { return words.minutes_unknown; }
    return fill(range.low < 1 ? words.minutes_now : words.minutes_range, { low: range.low, high: Math.max(1, range.high) });
  }

  function rarelyOver(range) {
    return range && range.at_most > range.high ? fill(words.rarely_over, { minutes: range.at_most }) : "";
  }

  function path(stops, language) {
    var list = id("stops"), i, line, name, detail, stop;
    id("path").hidden = !stops.length;
    list.textContent = "";
    for (i = 0; i < stops.length; i++) {
      stop = stops[i];
      line = document.createElement("li"); name = document.createElement("strong"); detail = document.createElement("span");
      line.setAttribute("data-state", stop.state);
      name.textContent = stop.name[language];
      detail.textContent = fill(words["path_" + stop.state], {
        zones: stop.zones.map(function (zone) { return zone[language]; }).join(", "), ahead: stop.ahead, counter: stop.counter || ""
      }) + (stop.state === "waiting" && stop.minutes ? " \u00b7 " + minutes(stop.minutes) : "");
      line.appendChild(name); line.appendChild(document.createTextNode(" ")); line.appendChild(detail);
      list.appendChild(line);
    }
  }

  function clock(moment) {
    var there = new Date(Date.parse(moment) + Number(words.utc_offset) * 60000);
    return two(there.getUTCHours()) + (document.documentElement.lang === "id" ? "." : ":") + two(there.getUTCMinutes());
  }

  function show() {
    var visit = table.visit, language = document.documentElement.lang;
    if (!visit) { return; }
    var inLine = visit.state === "waiting", atCounter = visit.state === "called" || visit.state === "serving";
    document.body.setAttribute("data-state", visit.state);
    document.title = fill(words.page_title, { ticket: visit.ticket });
    say("ticket", visit.ticket);
    say("service", visit.service[language]);
    say("agency", visit.agency[language]);
    say("sentence", inLine && visit.ahead === 0 ? words.next : visit.may_come_back ? words.missed_come_back : words[visit.state]);
    id("put-before").hidden = !(inLine && visit.put_before_at);
    if (visit.put_before_at) {
      say("put-before", fill(visit.put_before === 1 ? words.put_before_one : words.put_before,
        { count: visit.put_before, time: clock(visit.put_before_at) }));
    }
    id("booked-before").hidden = !(inLine && visit.booked_before_at);
    if (visit.booked_before_at) {
      say("booked-before", fill(visit.booked_before === 1 ? words.booked_before_one : words.booked_before,
        { count: visit.booked_before, time: clock(visit.booked_before_at) }));
    }
    id("called-early").hidden = !(inLine && visit.called_early_at);
    if (visit.called_early_at) {
      say("called-early", fill(visit.called_early === 1 ? words.called_early_one : words.called_early,
        { count: visit.called_early, time: clock(visit.called_early_at), reason: words["call_" + visit.called_early_reason] || words.call_other }));
    }
    id("after").hidden = !visit.was_served || inLine || atCounter || visit.state === "parked" || visit.state === "booked";
    id("survey").hidden = !visit.invited;
    id("come-back").hidden = !visit.may_come_back;
    if (id("give-way")) { id("give-way").hidden = !(inLine && visit.may_give_way); }
    say("ahead", visit.ahead);
    say("minutes", minutes(visit.minutes));
    say("rarely-over", rarelyOver(visit.minutes));
    id("counter-row").hidden = !(atCounter && visit.counter);
    say("counter-label", visit.state === "called" ? words.go_to : words.at_counter);
    say("counter", visit.counter || "");
    say("zone", visit.zone ? visit.zone[language] : "");
    path(visit.stops || [], language);
    id("line").hidden = !inLine;
    id("hint").hidden = !inLine;
    if (id("requirements")) { id("requirements").hidden = !inLine; }
    id("cancel").hidden = !(inLine || visit.state === "parked");
    if (visit.state === "called" && visit.calls !== calls && navigator.vibrate) { navigator.vibrate([500, 200, 500, 200, 500]); }
    calls = visit.state === "called" ? visit.calls : null;
  }

  function stale(is) {
    document.body.className = is ? "is-stale" : "";
    id("stale").hidden = !is;
    if (is) { id("stale").textContent = fill(words.stale, { time: two(heard.getHours()) + "." + two(heard.getMinutes()) }); }
  }

  function ask() {
    if (!socket || socket.readyState !== 1) { return; }
    socket.send(JSON.stringify({ type: "subscribe", stream: stream }));
    clearTimeout(waiting);
    waiting = setTimeout(function () { stale(true); socket.close(); again(); }, PATIENCE);
  }

  function receive(message) {
    var key;
    if (message.type === "snapshot") {
      table = message.table; rev = message.rev;
    } else if (message.type === "delta" && message.rev === rev + 1) {
      for (key in message.put || {}) { table[key] = message.put[key]; }
      (message.drop || []).forEach(function (gone) { delete table[gone]; });
      rev = message.rev;
    } else if (message.type === "delta") {
      return ask(); // a gap: a snapshot is the whole recovery
    } else { return; }
    clearTimeout(waiting);
    failures = 0; heard = new Date();
    stale(false);
    show();
  }

  function again() {
    if (socket) { socket.onclose = socket.onmessage = null; socket = null; }
    clearTimeout(waiting);
    setTimeout(connect, Math.random() * Math.min(LONGEST_RETRY, 2000 * Math.pow(2, failures++)));
  }

  function connect() {
    socket = new WebSocket(location.protocol.replace("http", "ws") + "//" + location.host + location.pathname + "/live");
    socket.onopen = ask;
    socket.onmessage = function (event) { receive(JSON.parse(event.data)); };
    socket.onclose = function () { stale(true); again(); };
  }

  document.addEventListener("visibilitychange", function () { if (!document.hidden) { ask(); } });
  setInterval(ask, HEARTBEAT);
  connect();
})();
