// Who taps the scene wants to see the film: it begins at once. Without this script the player's own button does it.
(function (doc) {
[].forEach.call(doc.querySelectorAll("details.face > summary"), function (bar) {
bar.addEventListener("click", function () {
var box = bar.parentNode, film = box.querySelector("video");
if (box.open) return film.pause();
var begun = film.play();
if (begun && begun.catch) begun.catch(function () {}); // no film here: the player says so
});
});
})(document);
