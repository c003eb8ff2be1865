// Asks twice a second whether this page has changed since it was served; only while somebody looks.
(function () {
  "use strict";
  var served = document.currentScript.dataset.version;
  var address = "/__hocso/version?page=" + encodeURIComponent(location.pathname);
  function ask() {
    if (document.hidden) return;
    fetch(address, { cache: "no-store" }).then(function (answer) {
      return answer.ok ? answer.text() : served;
    }).then(function (version) {
      if (version !== served) location.reload();
    }).catch(function () { /* the preview has ended, or starts again: keep asking */ });
  }
  setInterval(ask, 500);
  document.addEventListener("visibilitychange", ask);
})();
