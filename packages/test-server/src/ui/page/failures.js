import { button, element, find, noteRest } from "./elements.js";
import { keyedRows } from "./keyed-rows.js";
import { perform } from "./server.js";

/** @typedef {{ readonly id: number, readonly text: string }} ShownFailure */

const kind = find("kind", HTMLSelectElement);
const status = find("status", HTMLInputElement);
const delay = find("delay", HTMLInputElement);
const times = find("times", HTMLInputElement);
const path = find("failure-path", HTMLInputElement);

/**
 * Orders failures, and shows those that can still happen.
 *
 * @param {() => void} refresh
 */
export function failureList(refresh) {
  const show = keyedRows("failures", "failures-heading", keyOf, (failure) => createRow(failure, refresh));
  find("order", HTMLFormElement).addEventListener("submit", (event) => {
    event.preventDefault();
    void order(refresh);
  });
  kind.addEventListener("change", showFields);
  showFields();
  /** @param {import("./server.js").PageState} state */
  return ({ failures }) => {
    show(failures.items);
    noteRest("failures-note", failures, "None: every request is answered normally.");
  };
}

/** Shows the fields that the kind of failure has. */
function showFields() {
  find("status-field", HTMLElement).hidden = kind.value !== "status";
  find("delay-field", HTMLElement).hidden = kind.value !== "delay";
  status.disabled = kind.value !== "status";
  delay.disabled = kind.value !== "delay";
}

/** @param {() => void} refresh */
async function order(refresh) {
  const match = { times: Number(times.value), ...(path.value !== "" && { path: path.value }) };
  await perform("order-failure", { ...match, failure: chosen() }, "Ordered the failure.");
  refresh();
}

function chosen() {
  switch (kind.value) {
    case "status":
      return { kind: "status", status: Number(status.value) };
    case "delay":
      return { kind: "delay", delay: delay.value };
    case "rateLimit":
      return { kind: "rateLimit" };
    default:
      return { kind: "drop", when: kind.value };
  }
}

/** @param {ShownFailure} failure */
function keyOf({ id }) {
  return String(id);
}

/**
 * @param {ShownFailure} failure
 * @param {() => void} refresh
 */
function createRow({ id, text }, refresh) {
  const removal = async () => {
    await perform("remove-failure", { id }, "Removed the failure.");
    refresh();
  };
  const row = element("tr");
  const [what, actions] = [element("td", text, "name"), element("td", "", "short")];
  const remover = button("Remove", `Remove: ${text}`, removal);
  actions.append(remover);
  row.append(what, actions);
  /** @param {ShownFailure} update */
  const update = ({ text: current }) => {
    if (what.textContent === current) return;
    what.textContent = current;
    remover.setAttribute("aria-label", `Remove: ${current}`);
  };
  return { row, update };
}
