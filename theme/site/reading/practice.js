// `Bấm thử`: the lesson's screens without the finger; the reader taps. There is never a field to type in.
(function () {
  "use strict";
  var doc = document, box = doc.querySelector("[data-practice]");
  if (!box || !("content" in doc.createElement("template"))) return;
  var tries = Array.prototype.slice.call(box.querySelectorAll("template"));
  var at = 0, missed = false;

  function make(tag, kind, words) {
    var element = doc.createElement(tag);
    element.className = kind;
    element.textContent = words || "";
    if (tag === "button") element.type = "button";
    return element;
  }

  var ask = make("p", "ask-tap"), said = make("p", "verdict"), stage = make("div", "stage"), bar = make("p", "practice-bar");
  var go = make("button", "button", "Bắt đầu bấm thử"), hint = make("button", "plain", "Nhắc tôi"), stop = make("button", "plain", "Thôi");
  ask.tabIndex = -1;
  said.setAttribute("role", "status");
  [ask, stage, said, bar].forEach(function (one) { box.appendChild(one); });
  [go, hint, stop].forEach(function (one) { bar.appendChild(one); });

  function say(words, kind) {
    said.className = "verdict" + (kind ? " " + kind : "");
    said.textContent = words;
  }

  function remind(first) {
    say(first + tries[at].getAttribute("data-hint"), missed ? "is-wrong" : "");
  }

  // Boxes come in units of the drawing; a drawing keeps its shape at every width.
  function place(button, view) {
    var b = button.getAttribute("data-box").split(" ").map(Number);
    button.style.left = 100 * b[0] / view[2] + "%";
    button.style.top = 100 * b[1] / view[3] + "%";
    button.style.width = 100 * b[2] / view[2] + "%";
    button.style.height = 100 * b[3] / view[3] + "%";
  }

  function show() {
    var one = tries[at];
    missed = false;
    ask.textContent = "Bước " + one.getAttribute("data-step") + " (hình " + (at + 1) + " trong " + tries.length + "): bác bấm vào đâu?";
    stage.textContent = "";
    stage.appendChild(one.content.cloneNode(true));
    var view = stage.querySelector("svg").getAttribute("viewBox").split(" ").map(Number);
    Array.prototype.forEach.call(stage.querySelectorAll("button"), function (button) { place(button, view); });
    ask.focus({ preventScroll: true });
    ask.scrollIntoView({ block: "start" });
  }

  function turn(running, words) {
    ask.hidden = stage.hidden = hint.hidden = stop.hidden = !running;
    go.hidden = running;
    if (words) go.textContent = words;
  }

  stage.addEventListener("click", function (event) {
    var button = event.target.closest("button");
    if (!button || !button.hasAttribute("data-right")) {
      missed = true;
      remind("Chưa đúng chỗ. ");
    } else if (++at < tries.length) {
      say("Đúng rồi. Sang hình sau.", "is-right");
      show();
    } else {
      turn(false, "Làm lại từ đầu");
      say("Bác làm được rồi!", "is-right done-words");
      go.focus({ preventScroll: true });
      box.scrollIntoView({ block: "start" });
    }
  });
  go.addEventListener("click", function () {
    at = 0;
    say("");
    turn(true);
    show();
  });
  hint.addEventListener("click", function () { remind(""); });
  stop.addEventListener("click", function () {
    turn(false, "Bắt đầu bấm thử");
    say("");
    go.focus();
  });
  turn(false);
  box.hidden = false;
})();
