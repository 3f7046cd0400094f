import { find, write } from "./elements.js";

/**
 * A row of a list, and what writes an item into it.
 *
 * @template Item
 * @typedef {{ readonly row: HTMLElement, readonly update: (item: Item) => void }} Row
 */

/**
 * Keeps the rows of a list: what is still there stays, with its focus. Where a row goes that has the focus, the heading
 * of its section gets it.
 *
 * @template Item
 * @param {string} id of the list
 * @param {string} headingId
 * @param {(item: Item) => string} keyOf
 * @param {(item: Item) => Row<Item>} create
 * @returns {(items: readonly Item[]) => void}
 */
export function keyedRows(id, headingId, keyOf, create) {
  const list = find(id, HTMLElement);
  /** @type {Map<string, Row<Item>>} */
  let rows = new Map();
  return (items) => {
    /** @type {typeof rows} */
    const next = new Map();
    for (const item of items) {
      const key = keyOf(item);
      const row = rows.get(key) ?? create(item);
      row.update(item);
      next.set(key, row);
    }
    for (const [key, { row }] of rows) if (!next.has(key)) remove(row, headingId);
    let place = list.firstElementChild;
    for (const { row } of next.values()) {
      if (row === place) place = place.nextElementSibling;
      else list.insertBefore(row, place);
    }
    rows = next;
  };
}

/**
 * Removes an element that may have the focus.
 *
 * @param {Element} gone
 * @param {string} headingId
 */
export function remove(gone, headingId) {
  if (gone.contains(document.activeElement)) find(headingId, HTMLElement).focus();
  gone.remove();
}

/**
 * Makes the options of a selection those of a list, and selects one.
 *
 * @param {HTMLSelectElement} select
 * @param {readonly { readonly value: string, readonly text: string }[]} options
 * @param {string} selected
 */
export function setOptions(select, options, selected) {
  while (select.options.length > options.length) select.options[options.length]?.remove();
  for (const [index, { value, text }] of options.entries()) {
    const option = select.options[index] ?? select.appendChild(document.createElement("option"));
    if (option.value !== value) option.value = value;
    write(option, text);
  }
  if (select.value !== selected) select.value = selected;
}
