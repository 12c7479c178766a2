// Reads a question aloud, where the phone has a voice of its own for the language: nothing is sent anywhere for it.
(function () {
  "use strict";
  var button = document.getElementById("listen"), speech = window.speechSynthesis;
  if (!button || !speech || !window.SpeechSynthesisUtterance) { return; }

  function voice() {
    var wanted = button.getAttribute("data-lang"), voices = speech.getVoices(), i, language;
    for (i = 0; i < voices.length; i++) {
      language = voices[i].lang.toLowerCase().replace("_", "-");
      if (voices[i].localService && (language === wanted || language.indexOf(wanted + "-") === 0)) { return voices[i]; }
    }
    return null;
  }

  function offer() { button.hidden = !voice(); }

  button.addEventListener("click", function () {
    var chosen = voice(), said;
    if (!chosen) { return offer(); }
    said = new SpeechSynthesisUtterance(button.getAttribute("data-say"));
    said.voice = chosen;
    said.lang = chosen.lang;
    said.rate = 0.9;
    speech.cancel();
    speech.speak(said);
  });
  window.addEventListener("pagehide", function () { speech.cancel(); });
  if (speech.addEventListener) { speech.addEventListener("voiceschanged", offer); }
  offer();
})();
