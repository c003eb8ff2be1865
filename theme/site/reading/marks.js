// Self-check: what is chosen is marked and kept; lists of lessons show what is done; one control forgets all.
(function () {
  "use strict";
  var keep = hocsoKeep, doc = document;

  function all(where, what) { return Array.prototype.slice.call(where.querySelectorAll(what)); }

  function make(tag, kind, words) {
    var element = doc.createElement(tag);
    element.className = kind;
    element.textContent = words || "";
    return element;
  }

  // A lesson's own questions.
  function work(check) {
    var slug = check.getAttribute("data-check");
    var learnt = keep.lesson(slug);
    var tick = check.querySelector("[data-done]");

    function question(box) {
      var name = box.getAttribute("data-question");
      var inputs = all(box, "input");
      var said = make("p", "verdict");
      said.setAttribute("role", "status");
      box.querySelector(".answers").insertAdjacentElement("afterend", said);
      function show(open) {
        var chosen = inputs.filter(function (input) { return input.checked; })[0];
        inputs.forEach(function (input) { input.closest("li").className = ""; });
        said.className = "verdict";
        said.textContent = "";
        if (!chosen) return null;
        var right = chosen.hasAttribute("data-right"), kind = right ? "is-right" : "is-wrong";
        chosen.closest("li").className = kind;
        said.className = "verdict " + kind;
        said.textContent = right ? "Đúng rồi." : "Chưa đúng. Bác chọn lại, hoặc bấm “Xem câu đúng”.";
        if (right && open) box.querySelector("details").open = true;
        return right;
      }
      inputs.forEach(function (input) {
        // By its words: an edition may leave an answer out, and other words are another answer.
        var words = input.parentNode.textContent.trim();
        input.checked = !!learnt.chosen && learnt.chosen[name] === words;
        input.addEventListener("change", function () {
          learnt.chosen = learnt.chosen || {};
          learnt.right = learnt.right || {};
          learnt.chosen[name] = words;
          learnt.right[name] = show(true);
          keep.setLesson(slug, learnt);
        });
      });
      show(false);
      doc.addEventListener("hocso-forget", function () {
        inputs.forEach(function (input) { input.checked = false; });
        show(false);
      });
    }

    all(check, "[data-question]").forEach(question);
    tick.checked = !!learnt.done;
    tick.addEventListener("change", function () {
      learnt.done = tick.checked;
      keep.setLesson(slug, learnt);
    });
    doc.addEventListener("hocso-forget", function () {
      learnt = {};
      tick.checked = false;
    });
  }

  // Lists of lessons.
  function list() {
    var links = all(doc, "a[data-lesson]"), path = doc.querySelector("[data-learnt]"), done = 0;
    links.forEach(function (link) {
      var state = keep.state(link.getAttribute("data-lesson")), old = link.querySelector(".state");
      if (old) old.parentNode.removeChild(old);
      if (state === "done") done++;
      if (state) link.appendChild(make("span", "state is-" + state, state === "done" ? "Đã học xong" : "Đang học dở"));
    });
    if (!path) return;
    path.hidden = !done;
    path.textContent = done === links.length ? "Bác đã học xong cả " + done + " bài."
      : "Bác đã học xong " + done + " trong " + links.length + " bài.";
  }

  // Forgetting asks once more.
  function forgetting(box) {
    var words = make("span", "forget-words"), yes = make("button", "plain"), no = make("button", "plain", "Giữ lại");
    words.setAttribute("role", "status");
    yes.type = no.type = "button";
    function rest(said) {
      words.textContent = said;
      yes.textContent = "Quên hết trên máy này";
      no.hidden = true;
    }
    yes.addEventListener("click", function () {
      if (no.hidden) {
        words.textContent = "Máy sẽ quên cỡ chữ, màu nền, câu đã trả lời, bài đã học.";
        yes.textContent = "Quên hết";
        no.hidden = false;
      } else {
        keep.forget();
        rest("Máy đã quên hết.");
      }
    });
    no.addEventListener("click", function () {
      rest("");
      yes.focus();
    });
    rest("");
    [words, yes, no].forEach(function (one) { box.appendChild(one); });
    box.hidden = false;
  }

  all(doc, "[data-check]").forEach(work);
  all(doc, "[data-forget]").forEach(forgetting);
  list();
  window.addEventListener("pageshow", list); // back from a lesson
  doc.addEventListener("hocso-forget", list);
})();
