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
  var NEAREST = 3; // lessons named when the book has none about the words

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

  // Of a draft among lessons that are none.
  function waits(element, so) { if (so) element.appendChild(make("strong", index.waiting, "unsigned")); }

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
    waits(a, row[6]);
    return a;
  }

  function list(rows, mark) {
    var all = make(mark ? "ol" : "ul", "", "find-list");
    rows.forEach(function (row) {
      var item = make("li");
      if (mark) item.setAttribute(mark, "");
      item.appendChild(link(row, mark));
      all.appendChild(item);
    });
    return all;
  }

  // Whom this place asks, as far as it is known; a number can be called at once.
  function asking() {
    var ask = index.ask, words = make("p", "", "find-ask");
    if (!ask[0]) return words;
    words.appendChild(document.createTextNode("Bác hỏi "));
    words.appendChild(make("b", ask[0]));
    words.appendChild(document.createTextNode("." + (ask[2] ? " Giờ làm việc: " + ask[2] + "." : "")));
    if (ask[1]) {
      var call = make("a", "Gọi " + ask[1], "button");
      call.href = "tel:" + ask[3];
      words.appendChild(call);
    }
    return words;
  }

  function nearest(rows) {
    var box = make("div");
    box.appendChild(make("p", "Gần nhất:", "find-nearest"));
    box.appendChild(list(rows.slice(0, NEAREST), "data-search-nearest"));
    box.appendChild(asking());
    return box;
  }

  function nothing() {
    var box = make("div");
    box.appendChild(asking());
    box.appendChild(list(index.rows.filter(function (row) { return row[4] <= index.cards; }).slice(0, EMPTY_MOST), ""));
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
    words.appendChild(document.createTextNode(": " + row[1] + ". "));
    waits(words, index.unsigned);
    return words;
  }

  function show() {
    var typed = input.value.trim();
    if (typed === shown) return;
    shown = typed;
    place.textContent = "";
    if (!typed) return say("");
    var found = find(input.value), rows = found.rows, word = meaning(typed);
    if (word) place.appendChild(word);
    if (rows.length && (found.sure || word)) {
      place.appendChild(list(rows, "data-search-result"));
      say("Tìm được " + rows.length + " bài.");
    } else {
      place.appendChild(rows.length ? nearest(rows) : nothing());
      say("Sách chưa có bài về “" + typed + "”." + (rows.length ? "" : " Bác thử gõ ít chữ hơn, hoặc chọn một bài dưới đây."));
    }
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
