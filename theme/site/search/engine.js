// Finds lessons as people type: without accents, with wrong tone marks, syllables joined, a letter amiss.
// `hocsoFinder(index)` gives `find(words)` → rows of the index, best first, and whether the first is about these words
// at all. Knows nothing of the page.
window.hocsoFinder = function (index) {
  "use strict";
  // Where a word stands says how much it tells: title, line, near the title.
  var WEIGHTS = [12, 6, 3];
  var HALF = 3, HALF_PAIR = 3; // a weight that is worth half of what can be had
  var PAIR = 1.6; // two syllables side by side, against one
  var BACKWARDS = 0.7; // "tin nhắn" where the title says "nhắn tin"
  var GROUP = 0.7; // a list of lessons stands behind the lessons themselves
  var QUIET = " cua cho la gi co duoc va thi nhu nao sao cach muon toi bac nay roi qua khong bi lam minh luon hoai suot nua thoi van " +
    "cung neu hoac gium giup chiec luc ma no bon tui ha hen nha ne nhe vay dzay rua ri ni kia ay "; // of north, centre, south
  var QUIETLY = 0.4; // such words count, but little
  var STRANGE = 0.6; // and a word of which nothing here knows: a name, a slip, a word of one's village
  var WISHED = 1;
  var NEAR = 0.45; // what a word is worth from which it stands near the title
  var PHRASE = 2; // what a phrase like what was typed is worth, against the words of a row all together
  var MOST = 10;
  var EXACT = 9, BEGUN = 4; // a lesson's number
  // A row is about what was typed by what it is worth, by how far it leaves behind what the book lacks, and by how much
  // was typed: a story of ten words fits no row as well as three words do; and by how much likelier it is than what the
  // book lacks. Fitted over the lists of tests/search.
  var WORTH = 2.22, AHEAD = 3.66, A_WORD = 0.8, MANY = 9, LIKELIER = 0.137, FAR = 12, ENOUGH = 10.96;
  var LIKELY = 1; // how much it tells that a row is the likeliest
  var HARDLY = 0.05; // a row that none of the words is in
  var LEAST = 0.3; // what is not like anything lacked at all
  var FEW = 2, SURE = 2.1, LACKED = 0.75; // a word or two are no story: "mạng" is in much that the book lacks, too
  var CHANCE = 0.6; // what is worth less met the words by chance

  // Letters.

  function fold(text) {
    return text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/g, "d");
  }

  // "Wi-Fi" is one word, "a.b" two that belong together; other marks part sentences. Mỹ and mĩ are the same.
  function tokens(folded) {
    var apart = folded.replace(/([a-z0-9])-(?=[a-z0-9])/g, "$1").replace(/([a-z0-9])[.\/](?=[a-z0-9])/g, "$1 ");
    var found = apart.match(/[a-z0-9]+|[^a-z0-9\s]+/g) || [];
    return found.map(function (word) {
      return /[a-z0-9]/.test(word) ? same(word) : ".";
    });
  }

  function same(word) { return word.replace(/^(qu|[b-df-hj-np-tv-xz]+)y$/, "$1i"); }

  function read(text) { return tokens(fold(text)); }
  function words(text) { return read(text).filter(function (word) { return word !== "."; }); }

  // The table: word or pair of words → how much it tells about each row.

  var singles = new Map(), pairs = new Map(), vocabulary = [];
  var rows = index.rows.concat(index.lacked.map(function (text) { return ["", "", "", "", 0, text]; }));
  var known = index.rows.length; // behind them stands what is asked for and the book lacks
  var phrases = window.hocsoPhrases(rare);

  function count(map, key, row, weight) {
    var told = map.get(key);
    if (!told) map.set(key, (told = new Map()));
    told.set(row, (told.get(row) || 0) + weight);
  }

  function enter(list, row, weight) {
    var seen = new Map(); // saying a word again tells less each time
    function tell(map, key) {
      var times = (seen.get(key) || 0) + 1;
      seen.set(key, times);
      count(map, key, row, weight / times);
    }
    for (var i = 0; i < list.length; i++) {
      if (list[i] === ".") continue;
      tell(singles, list[i]);
      if (i && list[i - 1] !== ".") tell(pairs, list[i - 1] + " " + list[i]);
    }
  }

  // In a title and its line words belong together over a distance: "Bán nông sản, hàng hóa" is about "bán hàng".
  function relate(list, row, weight) {
    for (var i = 0; i < list.length; i++) {
      for (var j = i + 1; j < Math.min(list.length, i + 5); j++) {
        if (j > i + 1) count(pairs, list[i] + " " + list[j], row, weight / (j - i));
        count(pairs, list[j] + " " + list[i], row, BACKWARDS * weight / (j - i));
      }
    }
  }

  // "Làm giấy tờ: khai sinh" is about "khai sinh": what stands before it stands before all cards.
  function title(row) { return row[4] === index.cards ? row[2].replace(/^.*?:/, "") : row[2]; }

  rows.forEach(function (row, place) {
    enter(read(title(row)), place, WEIGHTS[0]);
    enter(read(row[3]), place, WEIGHTS[1]);
    relate(words(title(row)), place, WEIGHTS[0]);
    relate(words(row[3]), place, WEIGHTS[1]);
    enter(tokens(row[5]), place, WEIGHTS[2]);
    [title(row)].concat(row[3].split(/[,.;:]/), row[5].split(" . ")).forEach(function (text) {
      phrases.add(words(text), place);
    });
  });
  var likely = window.hocsoLikely();
  var lessons = rows.filter(function (row, place) { return place < known && row[4] <= index.cards; }).length;
  rows.slice(0, lessons).forEach(function (row) { // lists of lessons stand behind them
    var titled = words(title(row));
    likely.add([titled, titled, titled, words(row[3])].concat(row[5].split(" . ").map(words)));
  });
  likely.add(index.lacked.map(words)); // the last one: what the book lacks
  singles.forEach(function (_, word) { vocabulary.push(word); });
  var wished = rows.map(function (row) { return " . " + tokens(row[5]).join(" ") + " . "; });
  var titles = rows.map(function (row) { return words(title(row)); });

  var rarity = new Map(); // asked for again and again, once the table stands
  function rare(word) {
    if (rarity.has(word)) return rarity.get(word);
    var told = singles.get(word);
    var weight = told ? Math.log(1 + rows.length / told.size) : STRANGE * Math.log(1 + rows.length);
    if (QUIET.indexOf(" " + word + " ") >= 0) weight *= QUIETLY;
    rarity.set(word, weight);
    return weight;
  }

  var mender = window.hocsoMender(singles, pairs, vocabulary, same), choices = mender.choices, split = mender.split;

  // Readings of what was typed: as it stands, pulled apart, put together, hard words for plain ones and back.

  function joined(list) {
    var found = [];
    for (var i = 0; i < list.length; i++) {
      var both = i + 1 < list.length ? list[i] + list[i + 1] : "";
      var apart = !both || pairs.has(list[i] + " " + list[i + 1]);
      if (!apart && singles.has(both)) { found.push(both); i++; } else found.push(list[i]);
    }
    return found;
  }

  function pulled(list) {
    return [].concat.apply([], list.map(function (word) { return (word.length > 3 && split(word)) || [word]; }));
  }

  function sum(weights) { return weights.reduce(function (all, weight) { return all + weight; }, 0); }
  function weighed(list) { return list.weights || list.map(rare); }

  function swap(list, from, to) { // the first place where `from` stands; a long gloss weighs no more than its short word
    if (list.indexOf(from[0]) < 0) return null;
    for (var i = 0; i + from.length <= list.length; i++) {
      if (from.every(function (word, k) { return list[i + k] === word; })) {
        var old = weighed(list), own = to.map(rare);
        var part = Math.min(1, sum(old.slice(i, i + from.length)) / (sum(own) || 1));
        var made = list.slice(0, i).concat(to, list.slice(i + from.length));
        own = own.map(function (weight) { return weight * part; });
        made.weights = old.slice(0, i).concat(own, old.slice(i + from.length));
        return made;
      }
    }
    return null;
  }

  var terms = index.words.map(function (row) {
    return { names: row.slice(0, 1).concat(row.slice(2)).map(words), gloss: words(row[1]), row: row };
  });
  var alike = index.alike.map(function (pair) { return [words(pair[0]), words(pair[1])]; });

  function shared(list, other) { // how much of `other`, by weight, is in `list`
    var all = 0, held = 0;
    other.forEach(function (word) { all += rare(word); if (list.indexOf(word) >= 0) held += rare(word); });
    return all ? held / all : 0;
  }

  function readings(list) {
    var found = [], known = {};
    function add(words_, trust) {
      var key = words_.join(" ");
      if (words_.length && !known[key]) { known[key] = true; found.push([words_, trust]); }
    }
    add(list, 1);
    add(joined(list), 1);
    add(pulled(list), 0.97);
    for (var turn = 0; turn < 3; turn++) { // three such words may stand in one sentence
      found.slice(0, 12).forEach(function (reading) {
        alike.forEach(function (pair) {
          var other = swap(reading[0], pair[0], pair[1]);
          if (other) add(other, reading[1] * 0.95);
        });
      });
    }
    found.slice(0, 12).forEach(function (reading) {
      var said = reading[0];
      terms.forEach(function (term) {
        term.names.forEach(function (name) {
          var to = name.length ? swap(said, name, term.gloss) : null;
          if (to) add(to, 0.85);
          if (to) term.names.forEach(function (other) { if (other !== name) add(swap(said, name, other), 0.97); });
        });
        if (said.length > 1 && shared(said, term.gloss) > 0.6 && shared(term.gloss, said) > 0.6) {
          add(term.names[0], 0.9);
        }
      });
    });
    return found;
  }

  // Weighing.

  function weigh(list, typing, trust, scores) {
    var slots = list.map(function (word, i) { return choices(word, typing && i === list.length - 1); });
    var weights = list.weights || slots.map(function (slot) { return rare(slot[0][0]); });
    var all = sum(weights), held = new Map(), sums = new Map(), like = phrases.like(slots, weights);
    function best(map, told, factor, half) { // the best of a slot's choices for each row
      if (told) told.forEach(function (weight, row) {
        map.set(row, Math.max(map.get(row) || 0, factor * weight / (weight + half)));
      });
    }
    slots.forEach(function (slot, i) {
      var one = new Map(), two = new Map();
      slot.forEach(function (choice) {
        best(one, singles.get(choice[0]), choice[1], HALF);
        if (i) slots[i - 1].forEach(function (before) {
          best(two, pairs.get(before[0] + " " + choice[0]), before[1] * choice[1], HALF_PAIR);
        });
      });
      one.forEach(function (value, row) {
        held.set(row, (held.get(row) || 0) + weights[i] * (value < NEAR ? value : 1));
        sums.set(row, (sums.get(row) || 0) + weights[i] * value);
      });
      two.forEach(function (value, row) {
        sums.set(row, (sums.get(row) || 0) + PAIR * value * (weights[i] + weights[i - 1]) / 2);
      });
    });
    sums.forEach(function (told, row) {
      var worth = (told / all + shared(list, titles[row])) * held.get(row) / all; // what is missing tells too
      var score = trust * (worth + PHRASE * (like.get(row) || 0)) * (rows[row][4] > index.cards ? GROUP : 1);
      scores.set(row, Math.max(scores.get(row) || 0, score));
    });
  }

  function numbered(typed) { // "1041", "bài số 1041", "10 41"; three digits may be the beginning of one
    var digits = typed.replace(/\D/g, "");
    var alone = /^[\d\s.]*$/.test(typed);
    var four = (typed.match(/\d{4,6}/) || [alone ? digits : ""])[0];
    var exact = [], begun = [];
    index.rows.forEach(function (row, place) {
      if (row[1] && row[1] === four) exact.push(place);
      else if (alone && digits.length > 2 && row[1].indexOf(digits) === 0) begun.push(place);
    });
    return { exact: exact, begun: begun };
  }

  function isAbout(worth, lacked, count, ahead) {
    if (count <= FEW) return worth >= SURE && lacked < worth * LACKED;
    worth = Math.max(worth, HARDLY);
    return WORTH * Math.log(worth) + AHEAD * Math.log(worth / Math.max(lacked, LEAST)) + A_WORD * Math.min(count, MANY) +
      LIKELIER * Math.min(ahead, FAR) > ENOUGH;
  }

  function find(typed) {
    var list = words(typed).slice(0, 16);
    var number = numbered(fold(typed).trim());
    var scores = new Map();
    readings(list).forEach(function (reading) { weigh(reading[0], !/\s$/.test(typed), reading[1], scores); });
    var whole = " . " + list.join(" ") + " . ";
    scores.forEach(function (score, place) { // the very words that somebody wrote down for this row
      if (wished[place].indexOf(whole) >= 0) scores.set(place, score + WISHED);
    });
    number.begun.forEach(function (place) { scores.set(place, BEGUN); });
    number.exact.forEach(function (place) { scores.set(place, EXACT); });
    var rates = likely.rate(list.map(function (word, i) {
      return choices(word, !/\s$/.test(typed) && i === list.length - 1)[0][0];
    }));
    var told = new Map(scores); // what its own words are worth, apart from how likely a row is
    var likeliest = Math.max.apply(null, rates.slice(0, lessons)), most = 0, mostLesson = 0;
    told.forEach(function (score, place) {
      if (place < known) most = Math.max(most, score);
      if (place < lessons) mostLesson = Math.max(mostLesson, score);
    });
    if (rates.heard && most > CHANCE) rates.slice(0, lessons).forEach(function (rate, place) {
      scores.set(place, (scores.get(place) || 0) + LIKELY * Math.exp((rate - likeliest) / 2));
    });
    if (most > mostLesson) told.forEach(function (score, place) { // a list that was meant by its own name
      if (place >= lessons && place < known && score === most) scores.set(place, score + LIKELY);
    });
    var order = Array.from(scores.keys()).sort(function (a, b) { return scores.get(b) - scores.get(a) || a - b; });
    var here = order.filter(function (place) { return place < known; });
    var lack = order.filter(function (place) { return place >= known; });
    function worth(places) { return places.length ? told.get(places[0]) || 0 : 0; }
    var top = here.length ? scores.get(here[0]) : 0, ahead = here[0] < lessons ? rates[here[0]] - rates[lessons] : 0;
    var found = here.filter(function (place) { return scores.get(place) > CHANCE && scores.get(place) > top * 0.35; });
    return {
      rows: found.slice(0, MOST).map(function (place) { return rows[place]; }),
      sure: isAbout(worth(here), worth(lack), list.length, ahead),
    };
  }

  // The hard word that was typed, whole, if it is one.
  find.meaning = function (typed) {
    var said = words(typed).join("");
    var hit = said && terms.filter(function (term) {
      return term.names.some(function (name) { return name.join("") === said; });
    })[0];
    return hit ? hit.row : null;
  };
  return find;
};
