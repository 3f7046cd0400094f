import {
  InfisicalSDK,
  type InfisicalSDKOptions,
  type Transport,
  tokenAuth,
  universalAuth,
} from "@infisical/sdk";
import { createTestServer, type TestServer } from "../../packages/test-server/src/index.ts";
import { hunt } from "../leak-hunt/hunt.ts";
import { RequestWatch } from "./request-watch.ts";
import { awsKeys, rightValues } from "./right-values.ts";

/** A server with something of everything in it, and right values for every option. */
export interface World {
  readonly server: TestServer;
  readonly watch: RequestWatch;
  /** For each name of an option, values of which one is right for a method. */
  readonly values: Readonly<Record<string, readonly unknown[]>>;
  /** Makes a client whose requests are watched. */
  client(options?: InfisicalSDKOptions): InfisicalSDK;
  /** Makes a client whose server answers nothing but 500. */
  offlineClient(): InfisicalSDK;
}

const inputs = {
  host: "redis.example.com",
  port: 6379,
  username: "default",
  password: "fuzz-admin-password",
  creationStatement: "ACL SETUSER {{username}} on >{{password}} ~* &* +@all",
  renewStatement: "ACL SETUSER {{username}} on",
  revocationStatement: "ACL DELUSER {{username}}",
};

/** Makes a world. */
export async function createWorld(): Promise<World> {
  const server = createTestServer({
    log: { limit: 200 },
    identities: [
      {
        name: "fuzz",
        organizationRole: "admin",
        projectRoles: { fuzz: "admin", "fuzz-keys": "admin", "fuzz-signers": "admin" },
        universalAuth: { lockout: false },
        awsAuth: { credentials: [{ ...awsKeys, arn: "arn:aws:iam::123456789012:user/fuzz" }] },
      },
    ],
    projects: [
      {
        name: "Fuzz",
        slug: "fuzz",
        environments: [
          { name: "Development", slug: "dev" },
          { name: "Production", slug: "prod" },
        ],
        folders: { dev: ["/app"], prod: ["/app"] },
        secrets: {
          dev: {
            "/": {
              FUZZ_A: { value: "fuzz-value-a", tags: ["one"], metadata: { a: "b" } },
              FUZZ_B: { value: "${FUZZ_A}", metadata: { a: "b" } },
            },
          },
          prod: { "/": { FUZZ_C: "fuzz-value-c" } },
        },
        tags: [{ slug: "one" }],
        imports: [{ environment: "dev", import: { environment: "prod" } }],
        dynamicSecrets: { dev: { "/": { cache: { type: "redis", inputs } } } },
      },
      { name: "Fuzz Keys", slug: "fuzz-keys", type: "kms", environments: [] },
      { name: "Fuzz Signers", slug: "fuzz-signers", type: "kms", environments: [] },
    ],
  });
  const watch = new RequestWatch((request) => server.transport(request));
  const { clientId, clientSecret } = server.credentials();
  // Not what the requests carry: random values are also names of options, which errors do repeat.
  hunt.hide(clientSecret, awsKeys.secretAccessKey, "fuzz-admin-password");
  const client: World["client"] = (options = {}) =>
    new InfisicalSDK({
      auth: universalAuth({ clientId, clientSecret }),
      transport: watch.transport,
      retry: { limit: 1, baseDelay: 1 },
      ...options,
    });
  const values = await rightValues(client(), server, inputs);
  const failing: Transport = async () => ({ status: 500, headers: {}, body: "" });
  const offlineClient: World["offlineClient"] = () =>
    new InfisicalSDK({ auth: tokenAuth({ token: "fuzz-token" }), transport: failing, retry: false });
  return { server, watch, values, client, offlineClient };
}
