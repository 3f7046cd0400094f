import { type StartOptions, start } from "#test-kit";
import { kms } from "../src/index.ts";

const project = { name: "Keys", slug: "keys", type: "kms", environments: [] } as const;

/** A test server with a project for keys, and a client of its administrator. Creating an RSA key takes a while on a busy machine. */
export async function startKms(options: Pick<StartOptions, "keepOpen"> = {}) {
  const started = await start({
    plugins: [kms()],
    timeout: "60s",
    server: { projects: [project] },
    ...options,
  });
  const { client } = started;
  return { ...started, keys: client.kms().keys(), kms: client.kms() };
}
