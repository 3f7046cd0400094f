import assert from "node:assert/strict";
import { setTimeout as wait } from "node:timers/promises";

/** How long a changed value may take: a page is renewed behind a request. */
const patience = 30_000;

/**
 * Sends a request to the application.
 *
 * @param {string} url of a page or a route
 * @returns {Promise<number>} how many characters the secret has, as it answers
 */
export async function ask(url) {
  const response = await fetch(url);
  const text = await response.text();
  assert.equal(response.status, 200, text);
  return Number(/The key has (\d+) characters/.exec(text)?.[1]);
}

/**
 * Repeats what gives another result, but not what throws.
 *
 * @template Result
 * @param {() => Result | Promise<Result>} attempt
 * @param {Result} expected
 */
export async function until(attempt, expected) {
  const end = Date.now() + patience;
  let result = await attempt();
  while (result !== expected && Date.now() < end) {
    await wait(250);
    result = await attempt();
  }
  assert.equal(result, expected);
}
