// The search box: results under it as one types, by keyboard and for screen readers; the same over http and from a stick.
(function () {
  "use strict";
  var form = document.getElementById("find");
  if (!form || !window.hocsoFinder || !window.hocsoIndex) return;
  var input = form.querySelector("input");
  var said = form.querySelector("[role=status]");
  var place = form.querySelector(".find-results");
  var root = form.getAttribute("data-root");
  var index = window.hocsoIndex;
  var find = window.hocsoFinder(index);
  var shown = "", saying = 0;
  var EMPTY_MOST = 40; // topics named when nothing was found; the whole list is one link away

  function make(tag, words, kind) {
    var element = document.createElement(tag);
    if (words) element.textContent = words;
    if (kind) element.className = kind;
    return element;
  }

  // Spoken when typing rests, or every letter would be read out.
  function say(words) {
    clearTimeout(saying);
    saying = setTimeout(function () { said.textContent = words; }, words ? 400 : 0);
  }

  function link(row, found) {
    var a = make("a");
    a.href = root + row[0];
    a.appendChild(make("b", row[2]));
    if (found) {
      a.appendChild(make("span", row[3]));
      var group = index.groups[row[4]] || "";
      var number = row[1] ? "Số\u00a0" + row[1] : "";
      a.appendChild(make("span", number + (number && group ? " · " : "") + group, "find-part"));
    }
    return a;
  }

  function list(rows, found) {
    var all = make(found ? "ol" : "ul", "", "find-list");
    rows.forEach(function (row) {
      var item = make("li");
      if (found) item.setAttribute("data-search-result", "");
      item.appendChild(link(row, found));
      all.appendChild(item);
    });
    return all;
  }

  function nothing() {
    var box = make("div");
    box.appendChild(list(index.rows.filter(function (row) { return row.length > 6; }).slice(0, EMPTY_MOST), false));
    var all = make("a", "Xem hết các bài", "button");
    all.href = form.getAttribute("action");
    box.appendChild(all);
    return box;
  }

  function meaning(typed) {
    var row = find.meaning(typed);
    if (!row) return null;
    var words = make("p", "", "find-word");
    words.appendChild(make("b", row[0]));
    words.appendChild(document.createTextNode(": " + row[1] + "."));
    return words;
  }

  function show() {
    var typed = input.value.trim();
    if (typed === shown) return;
    shown = typed;
    place.textContent = "";
    if (!typed) return say("");
    var rows = find(input.value);
    var word = meaning(typed);
    if (word) place.appendChild(word);
    place.appendChild(rows.length ? list(rows, true) : nothing());
    say(rows.length ? "Tìm được " + rows.length + " bài."
      : "Chưa thấy bài nào nói về “" + typed + "”. Bác thử gõ ít chữ hơn, hoặc chọn một bài dưới đây.");
  }

  function links() { return Array.prototype.slice.call(place.querySelectorAll("a")); }

  function clear() {
    input.value = "";
    show();
    input.focus();
  }

  form.addEventListener("keydown", function (event) {
    var all = links(), at = all.indexOf(document.activeElement);
    var next = event.key === "ArrowDown" ? at + 1 : event.key === "ArrowUp" ? at - 1 : null;
    if (event.key === "Escape" && (input.value || at >= 0)) {
      event.preventDefault();
      clear();
    } else if (next !== null && all.length && !(at < 0 && next < 0)) {
      event.preventDefault();
      (all[next] || (next < 0 ? input : all[at])).focus();
    }
    event.stopPropagation(); // Material has its own keys for the page
  });

  // Enter, or the key of the phone's keyboard: the keyboard goes, the first result is marked; Enter again opens it.
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    show();
    (links()[0] || input).focus();
  });
  // Whoever comes back from a lesson, to see the next result, finds the words here.
  place.addEventListener("click", function () { history.replaceState({ find: input.value.trim() }, ""); });
  input.addEventListener("input", show);
  input.addEventListener("search", show);
  window.addEventListener("pageshow", show); // back again: the words are still there, so shall the results be
  form.setAttribute("data-ready", "");
  show();
})();
