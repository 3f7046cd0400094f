import { button, element, noteRest, write } from "./elements.js";
import { keyedRows, remove } from "./keyed-rows.js";
import { perform } from "./server.js";
import { remaining } from "./times.js";

/** @typedef {import("../page-state.ts").TokenView & { readonly now: number, readonly generation: number }} ShownToken */

/**
 * Shows the access tokens, without their texts.
 *
 * @param {() => void} refresh
 */
export function tokenList(refresh) {
  const show = keyedRows("tokens", "tokens-heading", keyOf, (token) => createRow(token, refresh));
  /** @param {import("./server.js").PageState} state */
  return ({ tokens, now, generation }) => {
    show(tokens.items.map((token) => ({ ...token, now, generation })));
    noteRest("tokens-note", tokens, "None yet.");
  };
}

/** @param {ShownToken} token */
function keyOf({ generation, number, identity }) {
  return `${generation} ${number} ${identity}`;
}

/**
 * @param {ShownToken} token
 * @param {() => void} refresh
 */
function createRow({ generation, number, identity, method }, refresh) {
  const name = `token ${number} of ${identity}`;
  /**
   * @param {string} action
   * @param {string} done
   */
  const press = (action, done) => async () => {
    await perform(action, { generation, number }, `${done} ${name}.`);
    refresh();
  };
  const row = element("tr");
  const [who, left, actions] = [element("td", "", "name"), element("td", "", "short"), element("td")];
  who.append(`${number}. ${identity} `, element("span", method, "quiet"));
  const buttons = element("div", "", "controls");
  buttons.append(
    button("Expire", `Expire ${name}`, press("expire-token", "Expired")),
    button("Revoke", `Revoke ${name}`, press("revoke-token", "Revoked")),
  );
  row.append(who, left, actions);
  /** @param {ShownToken} update */
  const update = ({ state, expiresAt, now }) => {
    write(left, state === "valid" ? remaining(expiresAt - now) : state);
    if (state !== "valid") remove(buttons, "tokens-heading");
    else if (!buttons.isConnected) actions.append(buttons);
  };
  return { row, update };
}
