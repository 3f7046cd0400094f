import { universalAuth } from "@infisical/auth-universal";
import { createClient } from "@infisical/core";
import { nodeTransport } from "@infisical/core/node";
import { secrets } from "@infisical/secrets";
import { cache } from "../src/index.ts";
import { openRedis } from "./redis-store.ts";

/** A process that reads the secret A through a cache in Redis, whenever it is told the time. */
const { siteUrl, location, namespace, credentials, ...options } = JSON.parse(process.argv[2] as string);
let time = 0;
const now = () => time;

/** How many requests, accesses to the store and operations of cryptography have not ended. */
let underWay = 0;
type AnyFunction = (...parameters: never[]) => unknown;

/** Replaces methods by ones that are counted while they run. */
function count<Target extends object>(target: Target, ...names: (keyof Target)[]): Target {
  for (const name of names) {
    const method = target[name] as AnyFunction;
    Object.defineProperty(target, name, {
      value: async function counted(this: unknown, ...parameters: never[]) {
        underWay += 1;
        try {
          return await method.apply(this, parameters);
        } finally {
          underWay -= 1;
        }
      },
    });
  }
  return target;
}

/** Resolves when nothing goes on in the background. */
async function idle(): Promise<void> {
  do await new Promise((resolve) => setImmediate(resolve));
  while (underWay > 0);
}

count(SubtleCrypto.prototype, "encrypt", "decrypt", "sign", "digest", "importKey", "deriveKey", "deriveBits");
const store = count({ ...openRedis(namespace).store }, "get", "set", "delete");
const { send } = count({ send: nodeTransport() as AnyFunction }, "send");
const reads = cache({ ...options, store, clock: { now } });
const client = createClient({
  siteUrl,
  transport: send as never,
  auth: universalAuth(credentials),
  clock: { now, sleep: async () => undefined },
  plugins: [secrets()],
  middleware: [reads],
  retry: false,
});
process.on("message", async (told: number) => {
  time = told;
  const answer = await client
    .secrets()
    .getSecret({ ...location, secretName: "A" })
    .then(
      ({ secretValue }) => secretValue,
      (error: { code?: string }) => error.code,
    );
  await idle();
  process.send?.(answer);
});
process.send?.("ready");
