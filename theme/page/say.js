// `Nghe máy đọc` above a film without sound: a Vietnamese voice of the phone itself says the film's words, scene by
// scene, and picture and voice wait for each other. Nothing leaves the phone. Without such a voice there is no button.
(function () {
  "use strict";
  var bar = document.querySelector("[data-say]"), speech = window.speechSynthesis;
  var film = bar && bar.nextElementSibling.querySelector("video");
  if (!film || !speech || !window.SpeechSynthesisUtterance) return;
  var scenes = JSON.parse(bar.getAttribute("data-say")), button = bar.querySelector("button");
  var voice = null, at = 0, turn = 0, waits = false;

  function show(reading) {
    button.textContent = reading ? "Thôi đọc" : "Nghe máy đọc";
    button.setAttribute("aria-pressed", String(reading));
  }

  function end() {
    turn++;
    speech.cancel();
    show(false);
  }

  function roll() {
    waits = false;
    var started = film.play();
    if (started && started.catch) started.catch(function () {}); // no film here: the voice is enough
  }

  function say() {
    var mine = ++turn, spoken = new SpeechSynthesisUtterance(scenes[at][1]);
    spoken.voice = voice;
    spoken.lang = voice.lang;
    spoken.rate = 0.9;
    spoken.onend = function () {
      if (mine !== turn) return;
      if (++at === scenes.length) return end();
      film.currentTime = scenes[at][0];
      roll();
      say();
    };
    spoken.onerror = function () { if (mine === turn) end(); };
    speech.speak(spoken);
  }

  film.addEventListener("timeupdate", function () {
    var next = scenes[at + 1];
    if (next && speech.speaking && film.currentTime > next[0] - 0.3) {
      waits = true;
      film.pause();
    }
  });
  film.addEventListener("pause", function () { if (film.paused && !waits && !film.ended) end(); });
  button.addEventListener("click", function () {
    if (button.getAttribute("aria-pressed") === "true") {
      film.pause();
      return end();
    }
    at = 0;
    film.currentTime = 0;
    show(true);
    roll();
    say();
  });
  window.addEventListener("pagehide", end);

  function look() {
    voice = speech.getVoices().filter(function (one) { return /^vi\b/i.test(one.lang) && one.localService !== false; })[0] || null;
    bar.hidden = !voice;
  }
  show(false);
  look();
  if (speech.addEventListener) speech.addEventListener("voiceschanged", look);
  else speech.onvoiceschanged = look;
})();
