// Gives the form editor the local folder: what the browser's own folder picker would give, but from the preview, so
// that it works in every browser and reaches the lessons and nothing else.
(function () {
  "use strict";
  const token = document.currentScript.dataset.token;
  const states = new Map(); // path → its state when it was read
  const sources = (window.hocsoSources = new Map()); // text to save → the text its form was filled from
  const known = new Map(); // path → texts that its present state takes in: the one read, and those of our own saves

  const plain = (text) => text.replace(/^\ufeff/, "").replaceAll("\r\n", "\n").trim();

  // A form may be filled from words kept of another day: what stands on the disk now is not what they were changed from.
  function stateFor(path, text) {
    const source = sources.get(plain(text));
    const isOld = source !== undefined && !known.get(path)?.has(plain(source));
    return isOld ? '"-"' : states.get(path);
  }

  async function ask(path, options) {
    const address = "/sua/folder/" + path.split("/").map(encodeURIComponent).join("/");
    const headers = { "X-Hocso-Page": token, ...(options && options.headers) };
    return fetch(address, { cache: "no-store", ...options, headers });
  }

  // Until it is written, or somebody who sees why it is not leaves it at that.
  async function save(path, data) {
    globalThis.hocsoTold = false;
    const isText = path.endsWith(".md");
    const text = isText ? await data.text() : "";
    const source = sources.get(plain(text));
    let written = data;
    let merged = false;
    let state = isText ? stateFor(path, text) : states.get(path);
    for (;;) {
      const answer = await send(path, written, state);
      if (answer.ok) {
        if (merged) openAgain(); // the form knows nothing of the others' words
        return keep(path, answer.state, merged ? [] : [text, source ?? text]);
      }
      const now = isText && answer.status === 412 ? await standing(path) : null;
      const chosen = await refuse(answer.why, text, source, now?.text);
      if (!chosen) throw new DOMException(answer.why, "InvalidModificationError");
      merged = chosen.merged;
      [written, state] = [chosen.text, now.state];
    }
  }

  async function send(path, body, state) {
    try {
      const answer = await ask(path, { method: "PUT", body, headers: state ? { "If-Match": state } : { "If-None-Match": "*" } });
      return { ok: answer.ok, status: answer.status, state: answer.headers.get("ETag"), why: answer.ok ? "" : await answer.text() };
    } catch (problem) {
      return { ok: false, status: 0, why: lost.dataset.stays };
    }
  }

  async function standing(path) {
    const answer = await ask(path).catch(() => null);
    return answer?.ok ? { text: await answer.text(), state: answer.headers.get("ETag") } : null;
  }

  function keep(path, state, texts) {
    states.set(path, state);
    for (const own of texts) known.get(path)?.add(plain(own));
    sources.clear();
    tell(lost.dataset.saved + " " + new Date().toTimeString().slice(0, 5));
  }

  // Where two changed lines of one text that do not touch, both stay; else there is nothing to give.
  function both(source, mine, theirs) {
    const base = plain(source).split("\n");
    const [one, other] = [mine, theirs].map((text) => changedPart(base, plain(text).split("\n"))).sort((a, b) => a.start - b.start);
    if (one.end >= other.start) return "";
    return [...base.slice(0, one.start), ...one.lines, ...base.slice(one.end, other.start), ...other.lines, ...base.slice(other.end)].join("\n");
  }

  function changedPart(base, lines) {
    const most = Math.min(base.length, lines.length);
    let start = 0;
    while (start < most && base[start] === lines[start]) start += 1;
    let same = 0;
    while (same < most - start && base.at(-1 - same) === lines.at(-1 - same)) same += 1;
    return { start, end: base.length - same, lines: lines.slice(start, lines.length - same) };
  }

  function newLines(text, old) {
    const before = new Set(plain(old).split("\n"));
    return plain(text).split("\n").filter((line) => !before.has(line)).join("\n");
  }

  // When it has saved, the editor fills the form with what it saved, over what somebody typed meanwhile: that is put back.
  const typed = new Map(); // field → its words
  document.addEventListener("input", ({ target }) => { if (typed.open) typed.set(target, [target.value, target.selectionEnd]); }, true);

  function keepTyping() {
    typed.clear();
    typed.open = true;
    return () => putBack(performance.now() + 2000);
  }

  function putBack(end) {
    for (const [field, [words, caret]] of typed) {
      if (!field.isConnected || field.value === words) continue;
      field.value = words;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.setSelectionRange?.(caret, caret);
    }
    typed.open = performance.now() < end;
    if (typed.open) requestAnimationFrame(() => putBack(end));
  }

  class Handle {
    constructor(path, kind) {
      this.kind = kind;
      this.path = path;
      this.name = path.split("/").pop();
    }
    async queryPermission() { return "granted"; }
    async requestPermission() { return "granted"; }
    async isSameEntry(other) { return this.path === other.path; }
  }

  class LentFile extends Handle {
    constructor(path) { super(path, "file"); }
    async getFile() {
      if (this.draft) return new File([this.draft], this.name);
      const answer = await ask(this.path);
      if (!answer.ok) throw new DOMException(this.path, "NotFoundError");
      const data = await answer.blob();
      const state = answer.headers.get("ETag");
      if (states.get(this.path) !== state) known.set(this.path, new Set([plain(await data.text())]));
      states.set(this.path, state);
      return new File([data], this.name, { type: data.type });
    }
    async createWritable() {
      const parts = [];
      return {
        write: async (part) => { parts.push(part); },
        close: async () => {
          this.draft = new Blob(parts);
          if (!this.name.startsWith(".")) await this.keep(this.path); // its own names for drafts never reach the disk
        },
      };
    }
    async move(folder, name) { // the editor tries thrice: what was refused is refused, and told once
      this.moved ??= this.keep(folder.path ? folder.path + "/" + name : name);
      await this.moved;
    }
    async keep(path) {
      const end = keepTyping();
      await save(path, this.draft).finally(end);
      this.path = path;
      this.name = path.split("/").pop();
      delete this.draft;
    }
  }

  class LentFolder extends Handle {
    constructor(path, files) {
      super(path, "directory");
      this.files = files;
    }
    async *entries() {
      if (!this.path) this.files = await (await ask("")).json();
      const start = this.path ? this.path + "/" : "";
      const inside = this.files.filter((file) => file.startsWith(start));
      for (const name of new Set(inside.map((file) => file.slice(start.length).split("/")[0]))) {
        const path = start + name;
        yield [name, inside.includes(path) ? new LentFile(path) : new LentFolder(path, inside)];
      }
    }
    async *keys() { for await (const [name] of this.entries()) yield name; }
    async *values() { for await (const [, handle] of this.entries()) yield handle; }
    [Symbol.asyncIterator]() { return this.entries(); }
    async getDirectoryHandle(name) { return new LentFolder(this.path ? this.path + "/" + name : name, this.files); }
    async getFileHandle(name) { return new LentFile(this.path ? this.path + "/" + name : name); }
    async removeEntry(name) { // after a save that failed, its draft, which never reached the disk
      if (!name.startsWith(".")) throw new DOMException(name, "NotAllowedError");
    }
  }

  // There is one folder: nobody needs to choose it, and it is lent anew each time, for a browser cannot keep it.
  const root = new LentFolder("", []);
  const ROOT = "root_dir_handle";
  const { get, put } = IDBObjectStore.prototype;
  window.showDirectoryPicker = async () => root;
  IDBObjectStore.prototype.put = function (value, ...key) {
    return put.call(this, key[0] === ROOT ? null : value, ...key);
  };
  IDBObjectStore.prototype.get = function (key) {
    const request = get.call(this, key);
    if (key === ROOT) Object.defineProperty(request, "result", { get: () => root });
    return request;
  };
  localStorage.setItem("sveltia-cms.user", JSON.stringify({ backendName: "local" }));
  const language = document.documentElement.lang;
  const asked = "sveltia-cms.prefs";
  if (!localStorage.getItem(asked)) localStorage.setItem(asked, JSON.stringify({ locale: language, closeOnSave: false }));
  Object.defineProperty(navigator, "language", { value: language }); // else an English browser is offered English

  // What the preview says of the lesson at hand, and the way to its page.
  const lost = document.getElementById("hocso-lost");
  const look = document.getElementById("hocso-look");
  const banner = document.getElementById("hocso-banner");
  const approved = document.getElementById("hocso-approved");

  function tell(words) { look.querySelector("span").textContent = words; }

  // Resolves once somebody has answered: to nothing, or to the text to write over what stands there.
  function refuse(why, mine, source, theirs) {
    const merged = source !== undefined && theirs !== undefined ? both(source, mine, theirs) : "";
    const [own, others] = lost.querySelectorAll("textarea");
    globalThis.hocsoTold = true;
    lost.querySelector(".why").textContent = why;
    own.value = newLines(mine, source ?? theirs ?? "") || mine;
    own.parentElement.hidden = !mine;
    others.value = theirs === undefined ? "" : newLines(theirs, source ?? mine) || theirs;
    for (const part of lost.querySelectorAll(".changed")) part.hidden = theirs === undefined;
    lost.querySelector(".both").hidden = !merged;
    lost.showModal();
    return new Promise((answered) => {
      lost.querySelector(".both").onclick = () => lost.close("both");
      lost.querySelector(".over").onclick = () => lost.close("over");
      lost.querySelector(".close").onclick = () => lost.close("");
      lost.onclose = () => {
        answered({ both: { text: merged, merged: true }, over: { text: mine } }[lost.returnValue]);
        lost.returnValue = "";
      };
    });
  }

  // What is not saved is kept by the editor half a second after the last word, and offered when the lesson is opened anew.
  const KEPT = 700;
  let leaving = false;
  const isUnsaved = () => !leaving && document.querySelector(".content-editor button[aria-keyshortcuts$='+S']:not(:disabled)") !== null;

  function openAgain() {
    leaving = true;
    setTimeout(() => location.reload(), KEPT);
  }

  document.addEventListener("click", (event) => {
    const back = event.target.closest?.(".content-editor button.back");
    if (!back || !isUnsaved()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (confirm(lost.dataset.leave)) setTimeout(() => { leaving = true; back.click(); }, KEPT);
  }, true);
  addEventListener("hashchange", () => { leaving = false; });
  globalThis.navigation?.addEventListener("navigate", (event) => {
    if (event.navigationType === "traverse" && event.cancelable && event.destination.sameDocument && isUnsaved()
      && !confirm(lost.dataset.leave)) event.preventDefault();
  });
  addEventListener("beforeunload", (event) => { if (isUnsaved()) event.preventDefault(); });

  const lesson = () => /^#\/collections\/(topics|cards)\/entries\/([a-z0-9-]+)/.exec(location.hash);
  const told = async (address) => (await fetch(address)).text();

  async function follow() {
    if (document.hidden) return;
    const [, kind, slug] = lesson() ?? [];
    const here = slug ? "/" + kind + "/" + slug + "/index.html" : "";
    look.hidden = !here;
    if (here && look.querySelector("a").getAttribute("href") !== here) {
      look.querySelector("a").href = here;
      tell("");
    }
    try {
      const approval = slug ? await told("/sua/approved?lesson=" + slug) : "";
      if (approved.textContent !== approval) approved.textContent = approval;
      const words = here ? await told("/__hocso/banner?page=" + encodeURIComponent(here)) : "";
      if (banner.dataset.told !== words) {
        const open = banner.querySelector("details[open]");
        banner.innerHTML = words;
        banner.dataset.told = words;
        if (!open) banner.querySelector("details")?.removeAttribute("open"); // it would lie over what is being written
      }
    } catch (problem) { /* the preview has ended, or starts again: keep asking */ }
  }
  setInterval(follow, 1000);
  addEventListener("paste", ({ target, clipboardData }) => {
    if (target.matches?.("textarea") && clipboardData?.files.length) tell(lost.dataset.picture);
  }, true);
  lost.querySelector(".again").addEventListener("click", openAgain);
})();
