// All that this phone remembers, and the only code that stores it. Nothing is sent anywhere; the privacy page tells
// readers of it. Where a browser forbids storage, a page still works and forgets when it is closed.
//   hocso.doc  how the reader likes to read: {"size": "2", "look": "dark"} (also read by look-first.js, before drawing)
//   hocso.hoc  what was learnt, by lesson: {"cai-vneid": {"chosen": {"know": "Dừng."}, "right": {"know": true}, "done": true}}
var hocsoKeep = (function () {
  "use strict";
  var own = {};
  function read(name) {
    try { return JSON.parse(localStorage.getItem("hocso." + name)) || own[name] || {}; } catch (e) { return own[name] || {}; }
  }
  function write(name, value) {
    own[name] = value;
    try { localStorage.setItem("hocso." + name, JSON.stringify(value)); } catch (e) { /* kept in `own` only */ }
  }
  return {
    look: function () { return read("doc"); },
    setLook: function (name, value) {
      var look = read("doc");
      look[name] = value;
      write("doc", look);
    },
    lesson: function (slug) { return read("hoc")[slug] || {}; },
    setLesson: function (slug, learnt) {
      var all = read("hoc");
      all[slug] = learnt;
      write("hoc", all);
    },
    // "done", "begun" or "".
    state: function (slug) {
      var one = read("hoc")[slug] || {}, right = one.right || {};
      return one.done || (right.know && right.understand) ? "done" : one.chosen ? "begun" : "";
    },
    forget: function () {
      own = {};
      ["doc", "hoc"].forEach(function (name) {
        try { localStorage.removeItem("hocso." + name); } catch (e) { /* there was nothing */ }
      });
      document.dispatchEvent(new Event("hocso-forget"));
    }
  };
})();
