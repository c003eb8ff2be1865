// Lessons as the form editor reads and writes them, on this machine and on a host of git alike: every value is text as
// it stands there, keys of several words become names of fields, and of what is saved only changed lines change.
import CMS from "./npm/@sveltia/cms/dist/sveltia-cms.mjs";
import { Document, isMap, isScalar, isSeq, parseDocument } from "./npm/yaml/browser/index.js";

const TEXT = { schema: "failsafe" }; // `015`, `no` and `12:30` stay what they are
const ONE_LINE = { lineWidth: 0, flowCollectionPadding: false };
const SOURCE = "hocso_source"; // beside the values, so that saving knows what was read

function cut(text) {
  const found = /^---[ \t]*\n([\s\S]*?\n)??---[ \t]*(?:\n([\s\S]*))?$/.exec(text);
  if (!found) throw new Error("---");
  return { front: found[1] || "", body: found[2] || "" };
}

function parsed(front) {
  const doc = parseDocument(front, TEXT);
  if (doc.errors.length) throw doc.errors[0];
  if (doc.contents && !isMap(doc.contents)) throw new Error("---");
  return doc;
}

const named = (key) => key.replaceAll(" ", "_");

function renamed(value, name) {
  if (Array.isArray(value)) return value.map((item) => renamed(item, name));
  if (value === null || typeof value !== "object") return value ?? "";
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [name(key), renamed(item, name)]));
}

// As our readers take it: a list of one is one line, what is empty is nothing.
function meaning(value) {
  if (value === null || value === undefined) return "";
  if (typeof value !== "object") return String(value).trim();
  if (Array.isArray(value)) {
    const found = value.map(meaning).filter((item) => item !== "");
    return found.length > 1 ? found : found[0] ?? "";
  }
  const found = Object.entries(value).map(([key, item]) => [named(key), meaning(item)]).filter(([, item]) => item !== "");
  return found.length ? Object.fromEntries(found) : "";
}

// The order of keys means nothing.
const sign = (value) => JSON.stringify(meaning(value), (_, item) =>
  item && typeof item === "object" && !Array.isArray(item) ? Object.entries(item).sort() : item);
const same = (one, other) => sign(one) === sign(other);

export function read(text, lists) {
  const { front, body } = cut(text);
  const values = renamed(parsed(front).toJS() || {}, named);
  for (const name of Object.keys(values)) {
    if (lists.has(name) && typeof values[name] === "string") values[name] = values[name] ? [values[name]] : [];
  }
  return { ...values, body: body.replace(/^\n+/, ""), [SOURCE]: text };
}

export function write({ body, hocso_picture: _laid, [SOURCE]: source = "---\n---\n", ...values }) {
  const old = cut(source);
  const front = frontWith(old.front, values);
  const [lead] = /^\n*/.exec(old.body);
  const inner = old.body.slice(lead.length);
  const text = (body ?? "").replace(/^\n+/, "");
  const made = "---\n" + front + "---\n" + lead + (same(text, inner) ? inner : text);
  globalThis.hocsoSources?.set(made.trim(), source);
  return made;
}

function frontWith(front, values) {
  const entries = cutEntries(front);
  const known = new Set(entries.map((entry) => entry.name));
  let before = -1;
  for (const [name, value] of Object.entries(values)) {
    const at = entries.findIndex((entry) => entry.name === name);
    if (at >= 0) before = at;
    else if (meaning(value) !== "") entries.splice(++before, 0, { name, above: "", text: fresh(name, value) });
  }
  const found = entries.map((entry) => entry.above + (known.has(entry.name) ? changed(entry, values[entry.name]) : entry.text)).join("");
  if (!same(parsed(found).toJS(), values)) throw new Error("?");
  return found;
}

// Each key with its own lines; remarks belong to the key below them.
function cutEntries(front) {
  const doc = parsed(front);
  const starts = (doc.contents ? doc.contents.items : []).map((pair) => pair.key.range[0]);
  let above = front.slice(0, starts[0] ?? front.length);
  const entries = starts.map((start, index) => {
    const all = front.slice(start, starts[index + 1] ?? front.length);
    const [remarks] = /(?:^[ \t]*(?:#[^\n]*)?\n)*$/m.exec(all.slice(all.indexOf("\n") + 1)) || [""];
    const text = remarks ? all.slice(0, -remarks.length) : all;
    const entry = { name: named(doc.contents.items[index].key.value), above, text };
    above = remarks;
    return entry;
  });
  if (above) entries.push({ name: "", above, text: "" });
  return entries;
}

function fresh(name, value) {
  return new Document({ [name.replaceAll("_", " ")]: renamed(value, (key) => key.replaceAll("_", " ")) }, TEXT)
    .toString(ONE_LINE);
}

function changed(entry, value) {
  if (!entry.name) return "";
  const doc = parsed(entry.text);
  if (same(doc.contents.items[0].value, undefined) && meaning(value) === "") return entry.text;
  if (same(doc.toJS()[doc.contents.items[0].key.value], value)) return entry.text;
  if (value === undefined) return "";
  const pair = doc.contents.items[0];
  if (isSeq(pair.value) && !pair.value.flow && Array.isArray(value)) return rowed(entry.text, pair.value.items, value);
  pair.value = merged(doc, pair.value, value);
  return doc.toString({ ...ONE_LINE, indentSeq: !/^- /m.test(entry.text) });
}

function merged(doc, node, value) {
  const was = node ? node.toJS(doc) : "";
  if (same(was, value)) return node;
  if (isSeq(node) && Array.isArray(value)) return listed(doc, node, value);
  if (isMap(node) && value && typeof value === "object" && !Array.isArray(value)) return mapped(doc, node, value);
  if (isScalar(node) && typeof value !== "object") {
    node.value = String(value);
    return node;
  }
  const made = doc.createNode(renamed(value, (key) => key.replaceAll("_", " ")));
  if (isSeq(made) && made.items.every(isScalar)) made.flow = true;
  return made;
}

// A list of a line each: lines of items that stay are theirs.
function rowed(text, items, value) {
  const starts = items.map((item) => text.lastIndexOf("\n", item.range[0]) + 1);
  const rows = items.map((item, index) => [item.toJS(parsed("")), text.slice(starts[index], starts[index + 1])]);
  const dash = /^[ ]*-[ ]+/.exec(rows[0][1])[0];
  return text.slice(0, starts[0]) + value.filter((item) => meaning(item) !== "").map((item) => {
    const at = rows.findIndex(([one]) => same(one, item));
    return at < 0 ? dash + new Document(String(item), TEXT).toString(ONE_LINE) : rows.splice(at, 1)[0][1];
  }).join("");
}

function listed(doc, node, value) {
  const left = [...node.items];
  node.items = value.filter((item) => meaning(item) !== "").map((item) => {
    const at = left.findIndex((one) => same(one.toJS(doc), item));
    return at < 0 ? doc.createNode(String(item)) : left.splice(at, 1)[0];
  });
  return node;
}

function mapped(doc, node, value) {
  const names = new Set(node.items.map((pair) => named(pair.key.value)));
  node.items = node.items.filter((pair) => named(pair.key.value) in value || meaning(pair.value && pair.value.toJS(doc)) === "");
  for (const pair of node.items) {
    const name = named(pair.key.value);
    if (name in value) pair.value = merged(doc, pair.value, value[name]);
  }
  for (const [name, item] of Object.entries(value)) {
    if (!names.has(name) && meaning(item) !== "") node.add(doc.createPair(name.replaceAll("_", " "), item));
  }
  return node;
}

async function begin() {
  const config = await (await fetch(document.querySelector('link[rel="cms-config-url"]').href)).json();
  const fields = config.collections.flatMap((collection) => collection.fields);
  const lists = new Set(fields.filter((field) => field.widget === "list" || field.multiple).map((field) => field.name));
  CMS.registerCustomFormat("hocso", "md", { fromFile: (text) => read(text, lists), toFile: write });
  CMS.init();
}
begin();
