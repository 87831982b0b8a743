// Answers: the lines of an answer in their roles; every word of them stays as it came.

import { button, element } from "./elements.js";

const HIDDEN = new Set(["、", ": ", "・", "(", ")"]); // what only joins in plain text
const ANSWERS = ["cell", "computed", "fact", "count"]; // what is asked for
const LISTED = ["row", "item"];
const BIG = 16; // letters that fit into one line at the size of a main figure

// `ask` sends a question: a project in a list is asked for by its name.
export function lines(reply, ask) {
  const shown = reply.lines.filter((line, at) => line.role !== "choice" && !counted(reply.lines, at));
  const first = shown.find((line) => line.role === "figure");
  return grouped(shown.map((line) => (line.role === "figure" ? figure(line, line === first) : plain(line, ask))));
}

// The questions that a reply offers in words only.
export function offered(reply) {
  return reply.lines
    .filter((line) => line.role === "choice")
    .map((line) => line.pieces.filter((piece) => piece.kind !== "words").map((piece) => piece.text).join(""));
}

// How many choices a text leaves out: here each has its button.
const counted = (all, at) => all[at].role === "more" && all[at - 1]?.role === "choice";

// What stands one below the other is heard as a list.
function grouped(made) {
  const found = [];
  for (const one of made) {
    const listed = LISTED.some((kind) => one.classList.contains(kind));
    if (listed) one.setAttribute("role", "listitem");
    if (!listed) found.push(one);
    else if (found.at(-1)?.classList.contains("rows")) found.at(-1).append(one);
    else found.push(element("div", { kind: "rows", attributes: { role: "list" } }, one));
  }
  return found;
}

function figure(line, first) {
  const { pieces } = line;
  const computed = pieces.some((piece) => piece.kind === "computed");
  const colon = pieces.findIndex((piece) => piece.kind === "words" && piece.text === ": ");
  if (colon > 0 && !computed) return row(pieces.slice(0, colon + 1), pieces.slice(colon + 1));
  const told = !computed && (line.text.length > BIG * 2 || !ANSWERS.includes(pieces[0].kind));
  const main = !told && (computed || (first && pieces[0].kind !== "grade"));
  const said = pieces.filter((piece) => (computed ? piece.kind === "computed" : piece.kind !== "grade"));
  const long = pieces[0].kind === "count" || said.map((piece) => piece.text).join("").length > BIG;
  return element("p", { kind: `figure ${main ? "main" : ""} ${long ? "long" : ""} ${told ? "told" : ""}` }, ...spans(pieces, computed ? "computed" : "figure"));
}

function row(of, said) {
  const name = of.map((piece) => piece.text).join("");
  const wide = name.length > 12 ? " wide" : "";
  return element(
    "p",
    { kind: `figure row${wide}` },
    element("span", { kind: "of" }, ...spans(of)),
    element("span", {}, ...spans(said)),
  );
}

function plain(line, ask) {
  const shown = spans(line.pieces, line.role);
  const names = line.pieces.filter((piece) => piece.kind === "name");
  if (line.role !== "item" || names.length < 2) return element("p", { kind: line.role }, ...shown); // its number, its name
  const open = button("", () => ask(names.at(-1).text), { kind: "open" });
  open.append(...shown);
  return element("p", { kind: line.role }, open);
}

function spans(pieces, role = "figure") {
  const made = [];
  for (const [at, { kind, text }] of pieces.entries()) {
    if (kind === "grade") made.push(made.length ? " " : "", element("span", { kind: "badge", text }));
    else if (joins(pieces, at, role)) made.push(element("span", { kind: "unseen", text, attributes: { "aria-hidden": "true" } }));
    else if (faint(pieces, at, role)) made.push(element("span", { kind: kind === "year" ? "of year" : "of", text }));
    else made.push(kind === "words" || role === "source" ? text : element("span", { text }));
  }
  return made;
}

function joins(pieces, at, role) {
  const { kind, text } = pieces[at];
  if (kind !== "words" || !HIDDEN.has(text)) return false;
  return pieces[at + 1]?.kind === "grade" || (text === ")" && pieces[at - 1]?.kind === "grade") || (role === "figure" && text === ": ");
}

// What stands around a value that was computed; numbers and years beside a name.
function faint(pieces, at, role) {
  if (role === "computed") return pieces[at].kind !== "computed";
  if (role === "item") return at === 0;
  if (role !== "head" || !pieces.some((piece) => piece.kind === "name")) return false;
  return at > pieces.findIndex((piece) => piece.kind === "name");
}
