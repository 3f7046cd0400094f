const units = /** @type {const} */ ([
  ["d", 86_400],
  ["h", 3600],
  ["min", 60],
  ["s", 1],
]);

/**
 * How long until a time, in its two largest units: `1 h 5 min`.
 *
 * @param {number} milliseconds
 */
export function remaining(milliseconds) {
  let seconds = Math.max(0, Math.ceil(milliseconds / 1000));
  const from = units.findIndex(([, size]) => seconds >= size);
  if (from < 0) return "0 s";
  const parts = units.slice(from, from + 2).map(([name, size]) => {
    const count = Math.floor(seconds / size);
    seconds -= count * size;
    return count > 0 ? `${count} ${name}` : "";
  });
  return parts.filter((part) => part !== "").join(" ");
}

/**
 * A time of the server's clock, in UTC, with the date if it is not that of another time.
 *
 * @param {number} time
 * @param {number} [other]
 */
export function written(time, other) {
  const [date, clock] = new Date(time).toISOString().slice(0, 19).split("T");
  const isSameDay = other !== undefined && new Date(other).toISOString().startsWith(`${date}T`);
  return isSameDay ? `${clock}` : `${date} ${clock}`;
}
