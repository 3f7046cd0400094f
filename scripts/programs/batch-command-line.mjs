/**
 * Gives the command line with which `cmd.exe /d /v:off /s /c` starts a batch file.
 *
 * `cmd.exe` reads the line once more, and so does the batch file for what it passes on. Between double quotes, only quotes
 * and percent signs have a meaning to them, and neither can be escaped for both.
 *
 * @param {string} file the batch file's path
 * @param {readonly string[]} args
 * @returns {string}
 * @throws {Error} An argument has a quote, a percent sign, a line break or a NUL.
 */
export function batchCommandLine(file, args) {
  const refused = [file, ...args].find((each) => /["%\r\n\0]/.test(each));
  if (refused !== undefined) {
    const rule = 'must not have ", % or a line break, which cmd.exe would read as its own';
    throw new Error(`An argument of ${file} ${rule}, got ${JSON.stringify(refused)}.`);
  }
  return `"${[file, ...args].map(quoted).join(" ")}"`;
}

/**
 * Programs read backslashes before a quote as a part of it, so these are doubled.
 *
 * @param {string} text
 */
function quoted(text) {
  return `"${text.replace(/\\+$/, "$&$&")}"`;
}
