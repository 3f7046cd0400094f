/**
 * Reads what an example says that it prints, behind each `console.log`.
 *
 * @param {string} code
 * @returns {string[]} empty where it promises nothing
 */
export function promisedLines(code) {
  return [...code.matchAll(/console\.log\(.*\); \/\/ (.*)/g)].map(([, text = ""]) => text);
}
