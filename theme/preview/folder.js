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

  async function save(path, data) {
    const isText = path.endsWith(".md");
    const text = isText ? await data.text() : "";
    const state = isText ? stateFor(path, text) : states.get(path);
    const headers = state ? { "If-Match": state } : { "If-None-Match": "*" };
    let why = "…";
    try {
      const answer = await ask(path, { method: "PUT", body: data, headers });
      if (answer.ok) {
        states.set(path, answer.headers.get("ETag"));
        for (const own of [text, sources.get(plain(text)) ?? text]) known.get(path)?.add(plain(own));
        sources.clear();
        tell(lost.dataset.saved + " " + new Date().toTimeString().slice(0, 5));
        return;
      }
      why = await answer.text();
    } catch (problem) {
      why = lost.dataset.stays + " (" + problem.message + ")";
    }
    await refuse(why, data);
    throw new DOMException(why, "InvalidModificationError");
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
    async move(folder, name) { await this.keep(folder.path ? folder.path + "/" + name : name); }
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
    async removeEntry(name) {
      await refuse(lost.dataset.stays, new Blob([name]));
      throw new DOMException(name, "NotAllowedError");
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

  function tell(words) { look.querySelector("span").textContent = words; }

  async function refuse(why, data) {
    lost.querySelector(".why").textContent = why;
    lost.querySelector("textarea").value = await data.text();
    if (!lost.open) lost.showModal();
  }

  function page() {
    const entry = /^#\/collections\/(topics|cards)\/entries\/([a-z0-9-]+)/.exec(location.hash);
    return entry ? "/" + entry[1] + "/" + entry[2] + "/index.html" : "";
  }

  async function follow() {
    if (document.hidden) return;
    const here = page();
    look.hidden = !here;
    if (here && look.querySelector("a").getAttribute("href") !== here) {
      look.querySelector("a").href = here;
      tell("");
    }
    try {
      const told = here ? await (await fetch("/__hocso/banner?page=" + encodeURIComponent(here))).text() : "";
      if (banner.dataset.told !== told) {
        const open = banner.querySelector("details[open]");
        banner.innerHTML = told;
        banner.dataset.told = told;
        if (!open) banner.querySelector("details")?.removeAttribute("open"); // it would lie over what is being written
      }
    } catch (problem) { /* the preview has ended, or starts again: keep asking */ }
  }
  setInterval(follow, 1000);
  lost.querySelector(".again").addEventListener("click", () => location.reload());
  lost.querySelector(".close").addEventListener("click", () => lost.close());
})();
