// `Nghe máy đọc`: a Vietnamese voice of the phone itself reads the page, sentence by sentence, and marks the one it reads.
// A voice that lives on somebody's server is not used: nothing leaves the phone. Without a voice there is no button.
(function () {
  "use strict";
  var doc = document, bar = doc.querySelector("[data-listen]"), speech = window.speechSynthesis;
  if (!bar || !speech || !window.SpeechSynthesisUtterance) return;
  var BLOCKS = "h1, h2, h3, p, li, dt, dd, blockquote";
  var SILENT = ".practice, .of, .listen, .forget, .alerts, .hard-words, .verdict, nav, svg, figure, script, details:not([open]), [hidden]";
  var QUIET = window.matchMedia("(prefers-reduced-motion: reduce)");
  var voice = null, sentences = null, at = 0, turn = 0, slow = false, reading = false;
  var play = button("button", "Nghe máy đọc"), slower = button("plain", "Đọc chậm"), stop = button("plain", "Thôi");

  function button(kind, words) {
    var made = doc.createElement("button");
    made.type = "button";
    made.className = kind;
    made.textContent = words;
    bar.appendChild(made);
    return made;
  }

  function list(found) { return Array.prototype.slice.call(found); }

  // Each text of a block is cut where a sentence ends; a sentence is one or more spans, for links stand inside some.
  function cut(block) {
    var walker = doc.createTreeWalker(block, NodeFilter.SHOW_TEXT), texts = [], own = [], open = null;
    while (walker.nextNode()) {
      var near = walker.currentNode.parentNode.closest(BLOCKS + ", " + SILENT);
      if (near === block && walker.currentNode.data.trim()) texts.push(walker.currentNode);
    }
    texts.forEach(function (text) {
      var rest = doc.createDocumentFragment();
      (text.data.match(/[\s\S]*?[.!?:;…]+["”)]*(?=\s|$)\s*|[\s\S]+$/g) || []).forEach(function (words) {
        var span = doc.createElement("span");
        span.textContent = words;
        rest.appendChild(span);
        if (!open) own.push(open = { spans: [], words: "" });
        open.spans.push(span);
        open.words += words;
        if (/[.!?:;…]["”)]*\s*$/.test(words)) open = null;
      });
      text.parentNode.replaceChild(rest, text);
    });
    return own;
  }

  function prepare() {
    sentences = [];
    list(bar.closest("article").querySelectorAll(BLOCKS)).forEach(function (block) {
      if (!block.closest(SILENT)) sentences = sentences.concat(cut(block));
    });
    sentences = sentences.filter(function (one) { return /[^\s\d.…]/.test(one.words); });
  }

  function mark(on) {
    sentences[at] && sentences[at].spans.forEach(function (span) { span.className = on ? "being-read" : ""; });
  }

  function show() {
    play.textContent = reading ? "Tạm dừng" : at ? "Đọc tiếp" : "Nghe máy đọc";
    slower.hidden = stop.hidden = !reading && !at;
    slower.setAttribute("aria-pressed", String(slow));
    bar.classList.toggle("is-reading", reading || at > 0);
  }

  function read() {
    var mine = ++turn, spoken = new SpeechSynthesisUtterance(sentences[at].words.trim());
    spoken.voice = voice;
    spoken.lang = voice.lang;
    spoken.rate = slow ? 0.65 : 0.9;
    mark(true);
    sentences[at].spans[0].scrollIntoView({ block: "center", behavior: QUIET.matches ? "auto" : "smooth" });
    spoken.onend = function () {
      if (mine !== turn) return;
      mark(false);
      at++;
      if (at < sentences.length) read();
      else end();
    };
    spoken.onerror = function () { if (mine === turn) pause(); };
    speech.speak(spoken);
  }

  // Stopping and reading the sentence again works on every phone; pausing in the middle does not.
  function hush() {
    turn++;
    speech.cancel();
  }

  function pause() {
    hush();
    reading = false;
    show();
  }

  function end() {
    mark(false);
    at = 0;
    pause();
  }

  play.addEventListener("click", function () {
    if (reading) return pause();
    if (!sentences) prepare();
    reading = true;
    show();
    read();
  });
  slower.addEventListener("click", function () {
    slow = !slow;
    show();
    if (reading) {
      hush();
      read();
    }
  });
  stop.addEventListener("click", function () {
    end();
    play.focus();
  });
  doc.addEventListener("click", function (event) {
    if ((reading || at) && event.target.closest("[data-practice] .button")) end();
  });
  window.addEventListener("pagehide", hush);

  function look() {
    voice = speech.getVoices().filter(function (one) { return /^vi\b/i.test(one.lang) && one.localService !== false; })[0] || null;
    bar.hidden = !voice;
  }
  show();
  look();
  if (speech.addEventListener) speech.addEventListener("voiceschanged", look);
  else speech.onvoiceschanged = look;
})();
