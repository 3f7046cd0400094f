import { createClient } from "@infisical/core";
import { nodeTransport } from "@infisical/core/node";
import { secrets } from "@infisical/secrets";
import { watchSecrets } from "@infisical/watch";
import { place } from "../stub/bodies.mjs";

// A process of its own: what a poll costs that finds nothing new, and a conditional request by the transport alone.

const [siteUrl = "", rounds = "5"] = process.argv.slice(2);
const polls = 1500;
const etag = '"an-etag"';
const transport = nodeTransport();
const query = new URLSearchParams({
  workspaceId: place.projectId,
  environment: place.environment,
  secretPath: "/",
});
const request = /** @type {const} */ ({
  method: "GET",
  url: `${siteUrl}/api/v3/secrets/raw?${query}`,
  headers: { authorization: "Bearer a-token", accept: "application/json", "if-none-match": etag },
  idempotent: true,
});

async function bare() {
  const { status } = await transport({ ...request, signal: AbortSignal.timeout(10_000) });
  if (status !== 304) throw new Error(`The stub answered ${status} to a conditional request.`);
}

/** The client's own way of asking, without a watcher. */
const client = createClient({ siteUrl, transport, plugins: [secrets()] });
client.auth().accessToken("a-token");
const unchanged = () => client.secrets().listSecretsIfChanged(place, etag);
const watcher = watchSecrets(
  {
    secrets: () => ({
      listSecretsIfChanged: (options, known) => client.secrets().listSecretsIfChanged(options, known ?? etag),
    }),
  },
  { ...place, interval: "24d" },
);

const subjects = { poll: () => watcher.refresh(), bare, client: unchanged };

/** @param {() => Promise<unknown>} call */
async function cpuOf(call) {
  const before = process.cpuUsage();
  for (let count = 0; count < polls; count += 1) await call();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / polls;
}

/** @type {Record<keyof typeof subjects, number[]>} */
const figures = { poll: [], bare: [], client: [] };
for (let round = -2; round < Number(rounds); round += 1) {
  const names = /** @type {(keyof typeof subjects)[]} */ (Object.keys(subjects));
  for (const index of names.keys()) {
    const name = names[(index + Math.max(0, round)) % names.length] ?? "poll";
    const cpu = await cpuOf(subjects[name]);
    if (round >= 0) figures[name].push(cpu);
  }
}
watcher.close();
console.log(JSON.stringify(figures));
process.exit();
