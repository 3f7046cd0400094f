import { expect, onTestFinished, test, vi } from "vitest";
import { start } from "./support.ts";

type Attach = NonNullable<
  Parameters<Awaited<ReturnType<typeof start>>["api"]["listSecrets"]>[0]["attachToProcessEnv"]
>;

/** Attaches secrets of these names to variables of their own, and gives what came of it. */
async function attach(
  names: readonly string[],
  attachToProcessEnv: Attach = true,
  { platform = "linux", env = {} as Record<string, string> } = {},
) {
  const { server, api, place } = await start();
  const secrets = names.map((secretKey) => ({ secretKey, secretValue: `of ${secretKey}` }));
  server.fail({ path: "/api/v3/secrets/raw" }, { status: 200, body: { secrets } });
  vi.stubGlobal("process", { env, platform, nextTick: process.nextTick.bind(process) });
  onTestFinished(() => void vi.unstubAllGlobals());
  const { attached } = await api.listSecrets({ ...place, attachToProcessEnv });
  vi.unstubAllGlobals();
  return { env, attached };
}

const steering = [
  ...["NODE_OPTIONS", "NODE_TLS_REJECT_UNAUTHORIZED", "NODE_EXTRA_CA_CERTS", "NODE_PATH", "NODE_DEBUG"],
  ...["NODE_USE_ENV_PROXY", "NODE_V8_COVERAGE", "NODE_REPL_EXTERNAL_MODULE", "ELECTRON_RUN_AS_NODE"],
  ...["LD_PRELOAD", "LD_LIBRARY_PATH", "LD_AUDIT", "DYLD_INSERT_LIBRARIES", "GLIBC_TUNABLES", "GCONV_PATH"],
  ...["BASH_ENV", "ENV", "PATH", "IFS", "SHELL", "BASH_FUNC_ls%%", "PROMPT_COMMAND", "PS4", "HOME"],
  ...["PERL5OPT", "PERL5LIB", "PYTHONPATH", "PYTHONSTARTUP", "RUBYOPT", "JAVA_TOOL_OPTIONS", "PHPRC"],
  ...["GIT_SSH_COMMAND", "GIT_CONFIG_COUNT", "GIT_EXEC_PATH", "GIT_ASKPASS", "SSH_ASKPASS"],
  ...["http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "no_proxy"],
  ...["SSL_CERT_FILE", "SSL_CERT_DIR", "OPENSSL_CONF", "SSLKEYLOGFILE", "npm_config_registry"],
  ...["NPM_CONFIG_SCRIPT_SHELL", "BUN_OPTIONS", "BUN_CONFIG_REGISTRY", "DENO_CERT", "DENO_AUTH_TOKENS"],
  ...["INFISICAL_SITE_URL", "INFISICAL_UNIVERSAL_AUTH_CLIENT_ID", "HOSTALIASES", "DOTNET_STARTUP_HOOKS"],
];

const plain = [
  ...["NODE_ENV", "NODE_NAME", "NODE_AUTH_TOKEN", "PORT", "TZ", "DATABASE_URL", "AWS_SECRET_ACCESS_KEY"],
  ...["AWS_REGION", "GIT_TOKEN", "GIT_COMMIT", "LD_SDK_KEY", "LD_CLIENT_SIDE_ID", "ENVIRONMENT", "MY_PATH"],
  ...["PROXY_URL", "PERL", "node_options", "path", "DENO_DEPLOY_TOKEN", "NPM_TOKEN", "SSL_CERT"],
];

test("names that steer the process are left out and named, all others are set", async () => {
  const { env, attached } = await attach([...steering, ...plain]);
  expect(attached?.set).toEqual(plain);
  expect(Object.keys(env)).toEqual(plain);
  expect(attached?.skipped).toEqual(
    steering.map((name) => ({ secretKey: name, name, reason: "steersProcess" })),
  );
});

test("on Windows a name steers in any case, and is there in any case", async () => {
  const env = { Existing: "before" };
  const names = ["node_options", "Path", "comspec", "EXISTING", "New", "NEW"];
  const { attached } = await attach(names, true, { platform: "win32", env });
  expect(attached?.set).toEqual(["New"]);
  expect(attached?.kept).toEqual(["EXISTING"]);
  expect(attached?.skipped.map(({ name }) => name)).toEqual(["node_options", "Path", "comspec"]);
  expect(env).toEqual({ Existing: "before", New: "of New" });
});

test("override does not set them, allow does", async () => {
  const names = ["HTTPS_PROXY", "NODE_OPTIONS"];
  expect((await attach(names, { override: true })).env).toEqual({});
  const { env } = await attach(names, { allow: ["HTTPS_PROXY"] });
  expect(env).toEqual({ HTTPS_PROXY: "of HTTPS_PROXY" });
  const kept = await attach(names, { allow: ["HTTPS_PROXY"] }, { env: { HTTPS_PROXY: "before" } });
  expect(kept.attached).toMatchObject({ set: [], kept: ["HTTPS_PROXY"] });
});

test("only takes the named secrets, and says which of them are not there", async () => {
  const { env, attached } = await attach(["A", "B", "C"], { only: ["C", "A", "D"] });
  expect(env).toEqual({ A: "of A", C: "of C" });
  expect(attached?.skipped).toEqual([{ secretKey: "D", name: "D", reason: "notFound" }]);
});

test("prefix stands before each name, and the whole name counts", async () => {
  const { env, attached } = await attach(["OPTIONS", "NODE_OPTIONS", "A"], { prefix: "NODE_" });
  expect(env).toEqual({ NODE_NODE_OPTIONS: "of NODE_OPTIONS", NODE_A: "of A" });
  expect(attached?.skipped).toEqual([
    { secretKey: "OPTIONS", name: "NODE_OPTIONS", reason: "steersProcess" },
  ]);
});

test("a secret cannot switch off the certificate checks of the process", async () => {
  const { server, api, place } = await start({
    secrets: { dev: { "/": { NODE_TLS_REJECT_UNAUTHORIZED: "0", A_STEERING_TEST: "a" } } },
  });
  onTestFinished(() => {
    delete process.env["A_STEERING_TEST"];
  });
  const { skippedNames } = await api.listSecrets({ ...place, attachToProcessEnv: { override: true } });
  expect(process.env["NODE_TLS_REJECT_UNAUTHORIZED"]).toBeUndefined();
  expect(process.env["A_STEERING_TEST"]).toBe("a");
  expect(skippedNames).toEqual(["NODE_TLS_REJECT_UNAUTHORIZED"]);
  expect(server.requests.length).toBeGreaterThan(0);
});

test("however many secrets there are, each variable is looked at a fixed number of times", async () => {
  const looks = new Map<string, number>();
  const counting = new Proxy<ProxyHandler<Record<string, string>>>(
    {},
    {
      get: (_, trap) => {
        looks.set(String(trap), (looks.get(String(trap)) ?? 0) + 1);
        return Reflect.get(Reflect, trap);
      },
    },
  );
  const env = new Proxy<Record<string, string>>({}, counting);
  const names = Array.from({ length: 500 }, (_, index) => `KEY_${index}`);
  const { attached } = await attach(names, true, { env });
  expect(attached?.set).toEqual(names);
  expect(Math.max(...[...looks.values()])).toBeLessThanOrEqual(500);
  expect(looks.get("ownKeys")).toBeLessThanOrEqual(2);
});
