/**
 * Finds an element of the page.
 *
 * @template {HTMLElement} Type
 * @param {string} id
 * @param {new () => Type} type
 * @returns {Type}
 */
export function find(id, type) {
  const found = document.getElementById(id);
  if (!(found instanceof type)) throw new Error(`The page has no ${type.name} "${id}"`);
  return found;
}

/**
 * Creates an element. Whatever the text is, it stays text.
 *
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {string} [text]
 * @param {string} [className]
 * @returns {HTMLElementTagNameMap[Name]}
 */
export function element(name, text = "", className = "") {
  const created = document.createElement(name);
  if (text !== "") created.textContent = text;
  if (className !== "") created.className = className;
  return created;
}

/**
 * Creates a button.
 *
 * @param {string} text
 * @param {string} label what it does, for whoever does not see the row that it is in
 * @param {() => void} press
 */
export function button(text, label, press) {
  const created = element("button", text);
  created.type = "button";
  created.setAttribute("aria-label", label);
  created.addEventListener("click", press);
  return created;
}

/**
 * Writes a text where it is another one, so that nothing is read out twice and no selection is lost.
 *
 * @param {Element} target
 * @param {string} text
 */
export function write(target, text) {
  if (target.textContent !== text) target.textContent = text;
}

/**
 * Says what has happened. It is read out, even twice in a row.
 *
 * @param {string} text
 */
export function announce(text) {
  find("news", HTMLElement).replaceChildren(element("span", text));
}

/**
 * Says how much of a list is shown, or that it is empty.
 *
 * @param {string} id
 * @param {{ items: readonly unknown[], total: number }} part
 * @param {string} none
 */
export function noteRest(id, { items, total }, none) {
  const rest = total - items.length;
  write(find(id, HTMLElement), total === 0 ? none : rest > 0 ? `${rest} more are not shown.` : "");
}
