// How likely each row is to be what somebody means: every word, and every two side by side, speak for the rows whose
// phrases hold them and against those that don't. A row of many phrases is no likelier for that.
window.hocsoLikely = function () {
  "use strict";
  var SEEN_ONCE = 0.05; // what a word is worth that no phrase of a row holds
  var rows = [], known = new Set();

  function told(list) {
    return list.concat(list.slice(1).map(function (word, i) { return list[i] + " " + word; }));
  }

  function add(phrases) { // of one row; a phrase that stands twice tells twice
    var counts = new Map(), all = 0;
    phrases.forEach(function (list) {
      told(list).forEach(function (one) {
        known.add(one);
        counts.set(one, (counts.get(one) || 0) + 1);
        all += 1;
      });
    });
    rows.push({ counts: counts, all: all });
  }

  // → a number for each row, the higher the likelier; only their differences tell.
  function rate(list) {
    var heard = told(list).filter(function (one) { return known.has(one); });
    var rates = rows.map(function (row) {
      var whole = Math.log(row.all + SEEN_ONCE * known.size);
      return heard.reduce(function (sum, one) {
        return sum + Math.log((row.counts.get(one) || 0) + SEEN_ONCE) - whole;
      }, 0);
    });
    rates.heard = heard.length;
    return rates;
  }

  return { add: add, rate: rate };
};
