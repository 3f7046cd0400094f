import { button, element, noteRest, write } from "./elements.js";
import { keyedRows } from "./keyed-rows.js";
import { perform } from "./server.js";
import { remaining } from "./times.js";

/** @typedef {import("../page-state.ts").LeaseView & { readonly now: number, readonly generation: number }} ShownLease */

/**
 * Shows the leases, without their credentials.
 *
 * @param {() => void} refresh
 */
export function leaseList(refresh) {
  const show = keyedRows("leases", "leases-heading", keyOf, (lease) => createRow(lease, refresh));
  /** @param {import("./server.js").PageState} state */
  return ({ leases, now, generation }) => {
    show(leases.items.map((lease) => ({ ...lease, now, generation })));
    noteRest("leases-note", leases, "None.");
  };
}

/** @param {ShownLease} lease */
function keyOf({ generation, id }) {
  return `${generation} ${id}`;
}

/**
 * @param {ShownLease} lease
 * @param {() => void} refresh
 */
function createRow({ generation, id, name, place }, refresh) {
  const revoke = async () => {
    await perform("revoke-lease", { generation, id }, `Revoked the lease of ${name}.`);
    refresh();
  };
  const row = element("tr");
  const [what, left, actions] = [
    element("td", "", "name"),
    element("td", "", "short"),
    element("td", "", "short"),
  ];
  const problem = element("span", "", "failure");
  what.append(`${name} `, element("span", place, "quiet"), problem);
  actions.append(button("Revoke", `Revoke lease ${id} of ${name}`, revoke));
  row.append(what, left, actions);
  /** @param {ShownLease} update */
  const update = ({ expiresAt, now, problem: text }) => {
    write(left, expiresAt > now ? remaining(expiresAt - now) : "expired");
    write(problem, text ?? "");
  };
  return { row, update };
}
