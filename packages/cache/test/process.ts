import { universalAuth } from "@infisical/auth-universal";
import { createClient } from "@infisical/core";
import { secrets } from "@infisical/secrets";
import { cache } from "../src/index.ts";
import { openRedis } from "./redis-store.ts";

/** A process that reads the secret A through a cache in Redis, whenever it is told the time. */
const { siteUrl, location, namespace, credentials, ...options } = JSON.parse(process.argv[2] as string);
let time = 0;
const now = () => time;
const reads = cache({ ...options, store: openRedis(namespace).store, clock: { now } });
const client = createClient({
  siteUrl,
  auth: universalAuth(credentials),
  clock: { now, sleep: async () => undefined },
  plugins: [secrets()],
  middleware: [reads],
  retry: false,
});
process.on("message", async (told: number) => {
  time = told;
  try {
    const { secretValue } = await client.secrets().getSecret({ ...location, secretName: "A" });
    process.send?.(secretValue);
  } catch (error) {
    process.send?.((error as { code?: string }).code);
  }
});
process.send?.("ready");
