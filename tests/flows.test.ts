import { Session } from "node:inspector/promises";
import { fileURLToPath } from "node:url";
import { InfisicalSDK, universalAuth } from "@infisical/sdk";
import { createTestServer } from "@infisical/test-server";
import { expect, test } from "vitest";
import { readText } from "../scripts/read-text.mjs";

const inputs = {
  host: "h",
  port: 1,
  username: "u",
  password: "p",
  creationStatement: "c",
  revocationStatement: "r",
};

/** The source files whose functions run while a client does something. */
async function filesThatRun(work: () => Promise<unknown>): Promise<readonly string[]> {
  const session = new Session();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: false });
  await work();
  const { result } = await session.post("Profiler.takePreciseCoverage");
  session.disconnect();
  const ran = result.filter(({ functions }) => functions.some(({ ranges }) => (ranges[0]?.count ?? 0) > 0));
  return (
    ran
      .map(({ url }) => /packages\/((?!test-server)[\w-]+\/src\/[\w./-]+)/.exec(url)?.[1] ?? "")
      // An entry that only exports runs getters of the bundler's.
      .filter((file) => file !== "" && !/^core\/src\/(?:authoring|logins)\.ts$/.test(file))
  );
}

/** The files that ARCHITECTURE.md lists for a flow. */
function listed(flow: string): readonly string[] {
  const text = readText(fileURLToPath(new URL("../ARCHITECTURE.md", import.meta.url)));
  const section = text.slice(text.indexOf(`**${flow}`)).split("\n\n")[1] ?? "";
  return [...section.matchAll(/`([\w-]+\/src\/[\w./-]+)`/g)].map(([, file = ""]) => file);
}

test("the files that ARCHITECTURE.md lists for a call, a login and a lease are those that run", async () => {
  const server = createTestServer({
    projects: [
      {
        name: "P",
        slug: "p",
        environments: [{ name: "Development", slug: "dev" }],
        secrets: { dev: { "/": { A: "v" } } },
        dynamicSecrets: { dev: { "/": { cache: { type: "redis", inputs } } } },
      },
    ],
  });
  const { siteUrl } = await server.listen();
  const { clientId, clientSecret } = server.credentials();
  const client = new InfisicalSDK({ siteUrl, auth: universalAuth({ clientId, clientSecret }) });
  const projectId = server.projectId();
  const getSecret = () => client.secrets().getSecret({ projectId, environment: "dev", secretName: "A" });
  await getSecret();

  const call = await filesThatRun(getSecret);
  expect([...call].sort()).toEqual([...listed("`getSecret`")].sort());
  expect(call.length).toBeLessThanOrEqual(27);

  const login = await filesThatRun(() => client.auth().login());
  const above = login.filter((file) => !call.includes(file) || listed("A login").includes(file));
  expect([...above].sort()).toEqual([...listed("A login")].sort());

  const where = { projectSlug: "p", environmentSlug: "dev", dynamicSecretName: "cache" };
  const lease = await filesThatRun(() => client.dynamicSecrets().leases.use(where, async () => "done"));
  const ofLeases = lease.filter((file) => file.startsWith("dynamic-secrets/"));
  expect([...ofLeases].sort()).toEqual([...listed("A lease in use")].sort());
  expect(ofLeases.length).toBeLessThanOrEqual(9);
  await client.close();
  await server.close();
});
