/**
 * Draws when how much of a fleet has its secrets, and what that costs in requests.
 *
 * @param {readonly import("./run.mjs").Outcome[]} outcomes
 * @param {number} limit - The shortest time that the limits allow, in seconds.
 */
export function plot(outcomes, limit) {
  const [width, height, margin] = [720, 360, 56];
  const longest = Math.max(limit, ...outcomes.map(({ last }) => last), 1);
  const x = (/** @type {number} */ seconds) => margin + (seconds / longest) * (width - 2 * margin);
  const y = (/** @type {number} */ percent) => height - margin - (percent / 100) * (height - 2 * margin);
  const colors = ["#c2410c", "#1d4ed8", "#15803d"];
  const lines = outcomes.map(({ curve }, index) => {
    const points = curve.map((seconds, percent) => `${x(seconds).toFixed(1)},${y(percent).toFixed(1)}`);
    return `<polyline points="${points.join(" ")}" fill="none" stroke="${colors[index]}" stroke-width="2"/>`;
  });
  const names = outcomes.map(({ subject, sent, refused, last }, index) => {
    const text = `${subject}: last after ${last} s, ${sent} requests, ${refused} refused`;
    return `<text x="${margin}" y="${18 + index * 16}" fill="${colors[index]}">${text}</text>`;
  });
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((part) => {
    const at = x(part * longest);
    return `<text x="${at}" y="${height - margin + 18}" text-anchor="middle">${Math.round(part * longest)} s</text>`;
  });
  const shares = [0, 50, 100].map(
    (percent) => `<text x="${margin - 8}" y="${y(percent) + 4}" text-anchor="end">${percent} %</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height + 20}" font-family="sans-serif" font-size="12">
<title>When a fleet that starts at once has its secrets</title>
<rect width="100%" height="100%" fill="#ffffff"/>
<path d="M${margin} ${margin}V${height - margin}H${width - margin}" stroke="#6b7280" fill="none"/>
<path d="M${x(limit)} ${y(0)}V${y(100)}" stroke="#6b7280" stroke-dasharray="4 4"/>
<text x="${width / 2}" y="${height + 10}" text-anchor="middle" fill="#6b7280">Share of the clients that have their secrets. Dashed: no policy can be faster.</text>
${[...lines, ...names, ...ticks, ...shares].join("\n")}
</svg>
`;
}
