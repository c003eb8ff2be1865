// A page that is not there may have been asked for under any folder: find the one that holds our pages,
// turn the links to it, and name the number the reader probably meant.
(function () {
  var parts = location.pathname.split("/");
  var links = [].slice.call(document.querySelectorAll("a[href]")).filter(function (link) {
    return !/^[a-z]+:/.test(link.getAttribute("href"));
  });
  var written = links.map(function (link) { return link.getAttribute("href"); });
  var base = "";
  function turn() {
    links.forEach(function (link, i) { link.href = base + written[i]; });
  }
  function look(depth) {
    if (depth < 1) return;
    var folder = parts.slice(0, depth).join("/") + "/";
    var picture = new Image();
    picture.onload = function () { base = folder; turn(); name(); };
    picture.onerror = function () { look(depth - 1); };
    picture.src = folder + "assets/favicon.svg";
  }
  function near(a, b) {
    if (a.length !== b.length) return false;
    var i = 0;
    var j = a.length - 1;
    while (i < j && a[i] === b[i]) i++;
    while (j > i && a[j] === b[j]) j--;
    return i === j || (j === i + 1 && a[i] === b[j] && a[j] === b[i]);
  }
  function name() {
    var typed = parts.filter(function (part) { return part && part !== "index.html"; }).pop();
    if (!/^\d{3,7}$/.test(typed)) return;
    document.querySelector("h1").textContent = "Không có bài số " + typed;
    var list = document.getElementById("likely");
    list.textContent = "";
    var known = document.getElementById("numbers").textContent.split(" ");
    known.filter(function (number) { return near(number, typed); }).slice(0, 3).forEach(function (number) {
      var link = list.appendChild(document.createElement("li")).appendChild(document.createElement("a"));
      link.className = "choice";
      link.href = base + number + "/index.html";
      link.appendChild(document.createElement("b")).textContent = "Có phải số " + number + "?";
    });
    if (list.firstChild) document.getElementById("wrong").textContent = "Có khi bác gõ nhầm một chữ số. Bác xem lại dưới mã QR nhé.";
  }
  name();
  look(parts.length - 1);
})();
