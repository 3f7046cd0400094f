import { element, find, write } from "./elements.js";
import { keyedRows } from "./keyed-rows.js";
import { written } from "./times.js";

/** @typedef {import("../request-journal.ts").RequestView & { readonly now: number }} ShownRequest */

/** Shows the latest requests. */
const show = keyedRows("requests", "requests-heading", keyOf, createRow);

/** @param {ShownRequest} request */
function keyOf({ number, method, path, time, failure }) {
  return `${number} ${time} ${method} ${path} ${failure}`;
}

/** @param {ShownRequest} request */
function createRow({ method, path, failure }) {
  const row = element("tr");
  const [time, request, status] = [element("td"), element("td", "", "name"), element("td")];
  request.append(element("b", method), " ", element("code", path));
  if (failure !== undefined) request.append(element("span", `Ordered: ${failure}`, "failure"));
  row.append(time, request, status);
  /** @param {ShownRequest} update */
  const update = ({ time: arrived, now, status: code, isOpen }) => {
    write(time, written(arrived, now));
    write(status, String(code ?? (isOpen ? "…" : "none")));
    status.className = code !== undefined && code < 400 ? "" : "bad";
  };
  return { row, update };
}

/** @param {import("./server.js").PageState} state */
export function showRequests({ requests, now }) {
  const { items, total } = requests;
  show(items.map((request) => ({ ...request, now })));
  const rest = total > items.length ? `; the latest ${items.length} are shown` : "";
  const note = total === 0 ? "None yet." : `${total} so far, newest first${rest}.`;
  write(find("requests-note", HTMLElement), note);
}
