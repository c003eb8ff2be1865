// Gives the form editor the local folder: what the browser's own folder picker would give, but from the preview, so
// that it works in every browser and reaches the lessons and nothing else.
(function () {
  "use strict";
  const token = document.currentScript.dataset.token;
  const states = new Map(); // path → its state when it was read

  async function ask(path, options) {
    const address = "/sua/folder/" + path.split("/").map(encodeURIComponent).join("/");
    const headers = { "X-Hocso-Page": token, ...(options && options.headers) };
    return fetch(address, { cache: "no-store", ...options, headers });
  }

  async function save(path, data) {
    const state = states.get(path);
    const headers = state ? { "If-Match": state } : { "If-None-Match": "*" };
    let why = "…";
    try {
      const answer = await ask(path, { method: "PUT", body: data, headers });
      if (answer.ok) {
        states.set(path, answer.headers.get("ETag"));
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
      states.set(this.path, answer.headers.get("ETag"));
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
      await save(path, this.draft);
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
