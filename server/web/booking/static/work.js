// Does the little work that keeps robots away, while the form is filled in. SHA-256 of our own: over plain http a
// browser has none. Written for old phones too: no syntax after ES5.
(function () {
  "use strict";
  var form = document.getElementById("booking"), said = document.getElementById("work");
  if (!form || !form.elements.challenge) { return; }
  document.getElementById("without-script").hidden = true;
  var challenge = form.elements.challenge.value, hardness = Number(form.getAttribute("data-hardness"));
  var SLICE = 25; // ms of work at a time: typing stays smooth
  var proof = 0, solved = false, wanted = false, K = [], START = [];

  // The constants are the first bits of the cube and square roots of primes: made, not copied.
  (function () {
    var candidate = 2, i;
    while (K.length < 64) {
      for (i = 2; i * i <= candidate && candidate % i; i++) { /* look for a divisor */ }
      if (i * i > candidate) {
        if (START.length < 8) { START.push(part(Math.pow(candidate, 1 / 2))); }
        K.push(part(Math.pow(candidate, 1 / 3)));
      }
      candidate++;
    }
    function part(root) { return ((root - Math.floor(root)) * 4294967296) | 0; }
  })();

  // All is ASCII, and fits into two blocks.
  function firstWords(text) {
    var blocks = text.length + 9 > 64 ? 2 : 1, words = [], i, a, b, c, d, e, f, g, h, t1, t2, s0, s1, w = [], start;
    for (i = 0; i < blocks * 16; i++) { words[i] = 0; }
    for (i = 0; i < text.length; i++) { words[i >> 2] |= text.charCodeAt(i) << (24 - (i & 3) * 8); }
    words[text.length >> 2] |= 128 << (24 - (text.length & 3) * 8);
    words[blocks * 16 - 1] = text.length * 8;
    var state = START.slice();
    for (start = 0; start < blocks * 16; start += 16) {
      a = state[0]; b = state[1]; c = state[2]; d = state[3]; e = state[4]; f = state[5]; g = state[6]; h = state[7];
      for (i = 0; i < 64; i++) {
        if (i < 16) { w[i] = words[start + i]; } else {
          s0 = turn(w[i - 15], 7) ^ turn(w[i - 15], 18) ^ (w[i - 15] >>> 3);
          s1 = turn(w[i - 2], 17) ^ turn(w[i - 2], 19) ^ (w[i - 2] >>> 10);
          w[i] = (w[i - 16] + s0 + w[i - 7] + s1) | 0;
        }
        t1 = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + K[i] + w[i]) | 0;
        t2 = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
        h = g; g = f; f = e; e = (d + t1) | 0; d = c; c = b; b = a; a = (t1 + t2) | 0;
      }
      state[0] = (state[0] + a) | 0; state[1] = (state[1] + b) | 0; state[2] = (state[2] + c) | 0;
      state[3] = (state[3] + d) | 0; state[4] = (state[4] + e) | 0; state[5] = (state[5] + f) | 0;
      state[6] = (state[6] + g) | 0; state[7] = (state[7] + h) | 0;
    }
    return state[0];
  }

  function turn(word, by) { return (word >>> by) | (word << (32 - by)); }

  function work() {
    var until = Date.now() + SLICE;
    do {
      if (firstWords(challenge + ":" + proof) >>> (32 - hardness) === 0) { return done(); }
      proof++;
    } while (Date.now() < until);
    setTimeout(work, 0);
  }

  function done() {
    solved = true;
    form.elements.proof.value = String(proof);
    said.textContent = said.getAttribute("data-done");
    if (wanted) { form.submit(); }
  }

  form.addEventListener("submit", function (event) {
    if (solved) { return; }
    event.preventDefault();
    wanted = true;
    said.textContent = said.getAttribute("data-busy");
  });
  work();
})();
