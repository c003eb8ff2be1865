{# Stands in every page: shows the box, and asks for what it needs when it is first focused. A reader who comes
   back from a lesson finds the words and the results again. -#}
(function (doc) {
var form = doc.getElementById("find"), input = form.querySelector("input"), script;
function load() {
if (script) return;
script = doc.createElement("script");
script.src = form.getAttribute("data-script");
script.onerror = function () {
script = 0;
form.querySelector("[role=status]").textContent = "Chưa tải được. Bác bấm ra ngoài rồi bấm lại vào ô nhé.";
};
doc.head.appendChild(script);
}
form.hidden = false;
input.addEventListener("focus", load);
input.addEventListener("input", load);
form.addEventListener("submit", function (event) { event.preventDefault(); });
if (history.state && history.state.find) { input.value = history.state.find; load(); }
})(document);
