/**
 * Numbers from 0 to 1 that are the same for the same seed and stream, in whatever order streams are drawn from.
 *
 * @param {number} seed
 * @param {number} stream such as the number of a call
 * @returns {() => number}
 */
export function randomOf(seed, stream) {
  let state = (Math.imul(seed, 0x9e3779b1) ^ Math.imul(stream + 1, 0x85ebca6b)) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * Picks one of a list.
 *
 * @template Item
 * @param {() => number} random
 * @param {readonly [Item, ...Item[]]} items
 * @returns {Item}
 */
export function pick(random, items) {
  return items[Math.floor(random() * items.length)] ?? items[0];
}
