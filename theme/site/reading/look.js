// Size of type and colours: chosen once, kept on this phone.
(function () {
  "use strict";
  var doc = document, root = doc.documentElement;
  var open = doc.querySelector(".head-look"), panel = doc.getElementById("look");
  if (!open || !panel) return;
  var inputs = Array.prototype.slice.call(panel.querySelectorAll("input"));
  var done = panel.querySelector("button");

  function apply(name, value) {
    if (value) root.setAttribute("data-" + name, value);
    else root.removeAttribute("data-" + name);
  }

  function show() {
    var look = hocsoKeep.look();
    inputs.forEach(function (input) {
      input.checked = input.value === (look[input.name] || (input.name === "size" ? "1" : ""));
      if (input.checked) apply(input.name, input.value);
    });
  }

  function turn(shown) {
    panel.hidden = !shown;
    open.setAttribute("aria-expanded", String(shown));
  }

  inputs.forEach(function (input) {
    input.addEventListener("change", function () {
      hocsoKeep.setLook(input.name, input.value);
      apply(input.name, input.value);
    });
  });
  open.addEventListener("click", function () {
    var shown = panel.hidden;
    turn(shown);
    if (shown) scrollTo(0, 0);
  });
  function close() {
    turn(false);
    open.focus();
  }
  done.addEventListener("click", close);
  panel.addEventListener("keydown", function (event) { if (event.key === "Escape") close(); });
  var contents = doc.querySelector(".contents");
  contents.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    contents.open = false;
    contents.querySelector("summary").focus();
  });
  doc.addEventListener("hocso-forget", show);
  window.addEventListener("pageshow", show);
  open.hidden = false;
  show();
})();
