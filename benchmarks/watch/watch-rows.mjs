import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { median } from "../speed/median.mjs";
import { pairedRatio } from "../speed/paired-ratio.mjs";

const name = "an unchanged poll of `watchSecrets`";

/**
 * What a poll costs that finds nothing new: to the client's own conditional request, and by hand to that of the transport
 * alone.
 *
 * @param {{ siteUrl: string, rounds: number, only: string }} options
 * @returns {Promise<import("../report/row.mjs").Row[]>}
 */
export async function watchRows({ siteUrl, rounds, only }) {
  if (!name.includes(only)) return [];
  console.error(`${name} …`);
  const program = fileURLToPath(new URL("poll.mjs", import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [program, siteUrl, String(rounds)]);
  const { poll, bare, client } = JSON.parse(stdout);
  const toTransport = pairedRatio(poll, bare);
  const toClient = pairedRatio(poll, client);
  return [
    {
      name,
      unit: "µs CPU",
      ours: median(poll),
      official: undefined,
      plain: median(bare),
      ratio: undefined,
      limits: [
        { of: "client's request", is: toClient, most: 1.1 },
        { of: "by hand", is: toTransport, most: 1.1 },
      ],
      rounds: { poll, bare, client },
    },
  ];
}
