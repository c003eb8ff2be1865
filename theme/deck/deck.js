// Shows one slide at a time, its words as large as they fit. Keeps nothing: the address remembers the slide.
(function () {
  'use strict';
  var root = document.documentElement;
  var slides = Array.prototype.slice.call(document.querySelectorAll('.slide'));
  var bar = document.getElementById('bar');
  var help = document.getElementById('help');
  var black = document.getElementById('black');
  var now = document.getElementById('now');
  // The largest letters of each kind, in smallest ones: larger would look like shouting.
  var MOST = { title: 3.2, goal: 2, guard: 2.2, step: 2.2, list: 2, question: 1.7, answer: 1.7, three: 2 };
  var SIZES = [0.6, 0.75, 0.87, 1, 1.15, 1.35, 1.6, 2];
  var size = 3;
  var at = 0;

  function kindOf(slide) { return slide.classList[1]; }

  function fits(words, body) {
    return words.offsetHeight <= body.clientHeight && words.scrollWidth <= words.clientWidth + 1 &&
      body.scrollHeight <= body.clientHeight + 1;
  }

  function fit(slide) {
    var words = slide.querySelector('.fit');
    var body = slide.querySelector('.body');
    if (words) enlarge(slide, words, body);
    // What must be scrolled can be reached by Tab and told to a screen reader.
    if (body.scrollHeight > body.clientHeight) body.tabIndex = 0;
    else body.removeAttribute('tabindex');
  }

  function enlarge(slide, words, body) {
    function set(k) {
      slide.style.setProperty('--k', k.toFixed(3));
      return fits(words, body);
    }
    // Step by step from the largest: lines break anew at each size, so what fits is no simple row to halve.
    var twentieths = Math.round(20 * Math.max(1, MOST[kindOf(slide)] * SIZES[size]));
    // A strange typeface: rather a little smaller than cut. A window higher than wide scrolls instead.
    var least = window.innerWidth > window.innerHeight ? 16 : 20;
    slide.classList.remove('tight');
    while (!set(twentieths / 20) && twentieths > least) twentieths -= 1;
    // Only now may a long word be broken.
    if (!set(twentieths / 20)) slide.classList.add('tight');
  }

  function show(index, quiet) {
    at = Math.max(0, Math.min(slides.length - 1, index));
    slides.forEach(function (slide, i) { slide.hidden = i !== at; });
    fit(slides[at]);
    slides[at].querySelector('.body').scrollTop = 0;
    now.textContent = slides[at].getAttribute('aria-label') + ', trang ' + (at + 1) + '/' + slides.length;
    if (quiet) return;
    try { history.replaceState(null, '', '#' + (at + 1)); } catch (refused) { location.replace('#' + (at + 1)); }
  }

  function fromAddress() { return (parseInt(location.hash.slice(1), 10) || 1) - 1; }

  function resize(by) {
    size = by ? Math.max(0, Math.min(SIZES.length - 1, size + by)) : 3;
    fit(slides[at]);
  }

  function full() {
    if (document.fullscreenElement) document.exitFullscreen();
    else if (root.requestFullscreen) root.requestFullscreen().catch(function () {});
  }

  function cover(board, shown) {
    board.hidden = !shown;
    if (shown) board.focus();
  }

  // A small window may have to be scrolled before the next slide comes.
  function scrolled(down) {
    var body = slides[at].querySelector('.body');
    var left = down ? body.scrollHeight - body.clientHeight - body.scrollTop : body.scrollTop;
    if (left < 2 || getComputedStyle(body).overflowY !== 'auto') return false;
    body.scrollTop += (down ? 0.8 : -0.8) * body.clientHeight;
    return true;
  }

  var DO = {
    on: function () { show(at + 1); },
    back: function () { show(at - 1); },
    down: function () { if (!scrolled(true)) show(at + 1); },
    up: function () { if (!scrolled(false)) show(at - 1); },
    first: function () { show(0); },
    last: function () { show(slides.length - 1); },
    larger: function () { resize(1); },
    smaller: function () { resize(-1); },
    usual: function () { resize(0); },
    black: function () { cover(black, black.hidden); },
    help: function () { cover(help, help.hidden); },
    full: full
  };
  var KEYS = {
    ArrowRight: 'on', PageDown: 'on', ' ': 'on', Enter: 'on', ArrowDown: 'down',
    ArrowLeft: 'back', PageUp: 'back', Backspace: 'back', ArrowUp: 'up',
    Home: 'first', End: 'last', '+': 'larger', '=': 'larger', '-': 'smaller', _: 'smaller', 0: 'usual',
    '.': 'black', '?': 'help', F5: ''
  };
  // Letters by their place on the keyboard: a Vietnamese typing program swallows their names.
  var CODES = { KeyB: 'black', KeyF: 'full', KeyH: 'help' };

  document.addEventListener('keydown', function (event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (!black.hidden || !help.hidden) {
      if (event.key === 'Tab' || /^(Shift|F\d+)$/.test(event.key)) { event.preventDefault(); return; }
      black.hidden = help.hidden = true;
      event.preventDefault();
      return;
    }
    var press = (event.key === ' ' || event.key === 'Enter') && event.target.closest && event.target.closest('button');
    var what = KEYS[event.key] || CODES[event.code];
    if (event.key === ' ' && event.shiftKey) what = 'back';
    if (!what || press) return;
    event.preventDefault();
    DO[what]();
  });

  // Anywhere on the wall: the left third goes back, the rest goes on.
  document.addEventListener('click', function (event) {
    var button = event.target.closest('button');
    if (button) { DO[button.getAttribute('data-do')](); return; }
    if (!black.hidden || !help.hidden) { black.hidden = help.hidden = true; return; }
    if (String(window.getSelection())) return;
    DO[event.clientX < window.innerWidth / 3 ? 'back' : 'on']();
  });

  var from = null;
  document.addEventListener('touchstart', function (event) {
    from = event.touches.length === 1 ? event.touches[0] : null;
  }, { passive: true });
  document.addEventListener('touchend', function (event) {
    if (!from || !black.hidden || !help.hidden) return;
    var x = event.changedTouches[0].clientX - from.clientX;
    var y = event.changedTouches[0].clientY - from.clientY;
    from = null;
    if (Math.abs(x) > 50 && Math.abs(x) > 2 * Math.abs(y)) DO[x < 0 ? 'on' : 'back']();
  }, { passive: true });

  var timer = 0;
  function wake() {
    bar.classList.remove('away');
    document.body.classList.remove('idle');
    clearTimeout(timer);
    timer = setTimeout(function () {
      bar.classList.add('away');
      document.body.classList.add('idle');
    }, 2500);
  }
  document.addEventListener('mousemove', wake);
  document.addEventListener('touchstart', wake, { passive: true });

  window.addEventListener('hashchange', function () { show(fromAddress(), true); });
  window.addEventListener('resize', function () { fit(slides[at]); });
  if (!root.requestFullscreen) bar.querySelector('[data-do=full]').hidden = true;

  root.classList.add('on');
  bar.hidden = false;
  bar.classList.add('away');
  show(fromAddress(), !location.hash);
  window.addEventListener('load', function () { fit(slides[at]); });
}());
