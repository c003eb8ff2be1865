// How like what was typed the phrases of each row are. One phrase says one thing: words that stand in it together tell
// more than the same words scattered over a lesson.
window.hocsoPhrases = function (rare) {
  "use strict";
  var TOGETHER = 0.8; // two syllables side by side, against one
  var NEAREST = 6; // the higher, the less all but the nearest phrase of a row tell
  var phrases = [], holding = new Map(); // word, or two side by side → places of the phrases that hold it

  function hold(key, held) {
    if (held[key]) return;
    held[key] = true;
    if (!holding.has(key)) holding.set(key, []);
    holding.get(key).push(phrases.length);
  }

  function add(list, row) {
    var held = {};
    list.forEach(function (word, i) {
      hold(word, held);
      if (i) hold(list[i - 1] + " " + word, held);
    });
    if (list.length) phrases.push({ row: row, list: list, all: 0 });
  }

  function beside(weights, i) { return i ? TOGETHER * (weights[i] + weights[i - 1]) / 2 : 0; }

  function whole(weights) {
    return weights.reduce(function (sum, weight, i) { return sum + weight + beside(weights, i); }, 0);
  }

  function gather(hits, found, weight) {
    found.forEach(function (trust, place) { hits.set(place, (hits.get(place) || 0) + trust * weight); });
  }

  function most(map, place, trust) { map.set(place, Math.max(map.get(place) || 0, trust)); }

  function each(key, map, trust) {
    (holding.get(key) || []).forEach(function (place) { most(map, place, trust); });
  }

  // `slots`: for each typed word what it may stand for, [[word, trust] …], and how much it weighs → row → 0 … 1 or a
  // little more.
  function like(slots, weights) {
    var all = whole(weights), hits = new Map(), rows = new Map();
    slots.forEach(function (slot, i) {
      var one = new Map(), two = new Map();
      slot.forEach(function (choice) {
        each(choice[0], one, choice[1]);
        if (i) slots[i - 1].forEach(function (before) { each(before[0] + " " + choice[0], two, before[1] * choice[1]); });
      });
      gather(hits, one, weights[i]);
      gather(hits, two, beside(weights, i));
    });
    hits.forEach(function (hit, place) {
      var phrase = phrases[place];
      phrase.all = phrase.all || whole(phrase.list.map(rare));
      var near = Math.min(1, hit / Math.sqrt(all * phrase.all));
      rows.set(phrase.row, (rows.get(phrase.row) || 0) + Math.pow(near, NEAREST));
    });
    rows.forEach(function (sum, row) { rows.set(row, Math.pow(sum, 1 / NEAREST)); });
    return rows;
  }

  return { add: add, like: like };
};
