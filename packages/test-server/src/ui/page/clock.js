import { find, write } from "./elements.js";
import { perform } from "./server.js";
import { written } from "./times.js";

/**
 * Shows the server's clock, and moves it.
 *
 * @param {() => void} refresh
 */
export function clock(refresh) {
  const form = find("clock", HTMLFormElement);
  const by = find("by", HTMLInputElement);
  const now = find("now", HTMLTimeElement);
  /** @param {string} duration */
  const move = async (duration) => {
    await perform("advance-clock", { by: duration }, `Moved the clock by ${duration}.`);
    refresh();
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void move(by.value);
  });
  for (const one of form.querySelectorAll("button")) {
    const { by: duration } = one.dataset;
    if (duration !== undefined) one.addEventListener("click", () => void move(duration));
  }
  /** @param {import("./server.js").PageState} state */
  return (state) => {
    now.dateTime = new Date(state.now).toISOString();
    write(now, `${written(state.now)} UTC`);
  };
}
