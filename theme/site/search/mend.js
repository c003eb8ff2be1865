// Mends one typed word: a letter amiss, keyed for Telex or VNI, syllables joined, still being typed. Knows the words of the
// table (`singles`, `pairs`, `vocabulary`) and what makes two spellings `same`.
window.hocsoMender = function (singles, pairs, vocabulary, same) {
  "use strict";

  function near(a, b) { // one letter wrong, missing, too many, or two swapped
    if (Math.abs(a.length - b.length) > 1) return false;
    var i = 0, j = a.length - 1, k = b.length - 1;
    while (i <= j && i <= k && a[i] === b[i]) i++;
    while (j >= i && k >= i && a[j] === b[k]) { j--; k--; }
    return (j <= i && k <= i) || (j === i + 1 && k === i + 1 && a[i] === b[k] && a[j] === b[i]);
  }

  function unkeyed(word) { // Telex or VNI typed with the keyboard's Vietnamese switched off
    var bare = word.replace(/d9|dd/g, "d").replace(/([a-z])\d+/g, "$1").replace(/a(?=a)|e(?=e)|o(?=o)/g, "").replace(/w/g, "");
    var loose = bare.replace(/([aeiouy][a-z]*)[sfrxj]([a-z]*)$/, "$1$2");
    return [bare, loose].filter(function (one) { return one !== word && singles.has(one); })[0] || "";
  }

  function split(word) { // dichvucong → dich vu cong, the fewest pieces that are words here
    var best = [[]];
    for (var end = 1; end <= word.length; end++) {
      for (var start = Math.max(0, end - 7); start < end; start++) {
        var piece = same(word.slice(start, end));
        if (!best[start] || (end - start < 2 && !/[aeiouy]/.test(piece)) || !singles.has(piece) || /^\d/.test(piece)) continue;
        var list = best[start].concat(piece);
        if (!best[end] || worth(list) > worth(best[end])) best[end] = list;
      }
    }
    var found = best[word.length];
    return found && found.length > 1 && found.length <= Math.ceil(word.length / 2) ? found : null;
  }

  function worth(list) { // few pieces, and pieces that stand side by side somewhere
    var sum = -1.5 * list.length;
    for (var i = 1; i < list.length; i++) if (pairs.has(list[i - 1] + " " + list[i])) sum += 1;
    return sum;
  }

  // What one typed word may stand for: [[word, trust] …]. Asked for each reading again, and by every letter typed.
  var chosen = new Map();
  function choices(word, last) {
    var key = word + (last ? "…" : "");
    if (!chosen.has(key)) chosen.set(key, choose(word, last));
    return chosen.get(key);
  }

  function choose(word, last) {
    var found = singles.has(word) ? [[word, 1]] : [];
    if (last && word.length > 1) { // still being typed
      vocabulary.filter(function (one) { return one !== word && one.slice(0, word.length) === word; }).slice(0, 24)
        .forEach(function (one) { found.push([one, singles.has(word) ? 0.3 : 0.8]); });
    }
    if (found.length) return found;
    var keyed = unkeyed(word);
    if (keyed) return [[keyed, 0.9]];
    if (word.length < 3) return [[word, 1]];
    var close = vocabulary.filter(function (one) { return one.length > 1 && near(word, one); });
    return close.length ? close.slice(0, 12).map(function (one) { return [one, 0.6]; }) : [[word, 1]];
  }

  return { choices: choices, split: split };
};
