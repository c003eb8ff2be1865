{# A button copies the line; without this script a tap marks it whole. -#}
[].forEach.call(document.querySelectorAll(".copy"), function (place) {
  var line = place.parentNode.querySelector("code"), button = document.createElement("button"), said = document.createElement("span");
  button.type = "button";
  button.className = "button";
  button.textContent = "Chép dòng này";
  said.setAttribute("role", "status");
  button.addEventListener("click", function () {
    var all = document.createRange(), chosen = window.getSelection(), done = false;
    all.selectNodeContents(line);
    chosen.removeAllRanges();
    chosen.addRange(all);
    try { done = document.execCommand("copy"); } catch (refused) { /* the line stays marked */ }
    said.textContent = done ? "Đã chép." : "Dòng đã được bôi đen. Bấm Ctrl+C để chép.";
  });
  place.insertBefore(said, place.firstChild);
  place.insertBefore(button, said);
});
