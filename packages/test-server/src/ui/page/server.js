import { announce } from "./elements.js";

/** @typedef {import("../page-state.ts").PageState} PageState */

/**
 * Asks for all that the page shows.
 *
 * @param {Readonly<Record<string, string>>} place
 * @returns {Promise<PageState>}
 */
export async function readState(place) {
  const response = await fetch(`/_ui/state?${new URLSearchParams(place)}`, { cache: "no-store" });
  if (!response.ok) throw new Error(`The server answered with ${response.status}`);
  return response.json();
}

/**
 * Has something done.
 *
 * @param {string} action
 * @param {object} body
 * @returns {Promise<Record<string, unknown>>}
 * @throws {Error} with the server's words
 */
export async function act(action, body) {
  const response = await fetch(`/_ui/${action}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.message);
  return answer;
}

/**
 * Has something done, and says that it is done, or why not.
 *
 * @param {string} action
 * @param {object} body
 * @param {string} done
 */
export async function perform(action, body, done) {
  try {
    await act(action, body);
    announce(done);
  } catch (error) {
    announce(messageOf(error));
  }
}

/**
 * @param {unknown} error
 * @returns {string}
 */
export function messageOf(error) {
  return error instanceof Error ? error.message : String(error);
}
