// The number box: from the four digits under a code to their page.
(function () {
  var form = document.getElementById("number-box");
  if (!form) return;
  var input = form.querySelector("input");
  var answer = document.getElementById("number-answer");
  var known = form.getAttribute("data-numbers").split(" ");
  form.hidden = false;

  // One wrong digit, or two neighbours swapped.
  function near(a, b) {
    if (a.length !== b.length) return false;
    var i = 0;
    var j = a.length - 1;
    while (i < j && a[i] === b[i]) i++;
    while (j > i && a[j] === b[j]) j--;
    return i === j || (j === i + 1 && a[i] === b[j] && a[j] === b[i]);
  }

  form.addEventListener("submit", function (event) {
    event.preventDefault();
    var typed = input.value.replace(/\D/g, "");
    if (known.indexOf(typed) >= 0) {
      location.href = typed + "/index.html";
      return;
    }
    answer.textContent = typed ? "Không có bài số " + typed + ". " : "Bác gõ bốn chữ số in dưới mã QR nhé. ";
    known.filter(function (number) { return near(number, typed); }).slice(0, 3).forEach(function (number) {
      var link = document.createElement("a");
      link.href = number + "/index.html";
      link.className = "button";
      link.textContent = "Có phải số " + number + "?";
      answer.appendChild(link);
    });
  });
})();
