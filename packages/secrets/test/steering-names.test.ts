import { expect, onTestFinished, test, vi } from "vitest";
import { startSecrets } from "./start-secrets.ts";

type Attach = NonNullable<
  Parameters<Awaited<ReturnType<typeof startSecrets>>["api"]["listSecrets"]>[0]["attachToProcessEnv"]
>;

/** Attaches secrets of these names to a separate set of variables, and returns the outcome. */
async function attach(
  names: readonly string[],
  attachToProcessEnv: Attach = true,
  { platform = "linux", env = {} as Record<string, string> } = {},
) {
  const { server, api, location } = await startSecrets();
  const secrets = names.map((secretKey) => ({ secretKey, secretValue: `of ${secretKey}` }));
  server.fail({ path: "/api/v3/secrets/raw" }, { status: 200, body: { secrets } });
  vi.stubGlobal("process", { env, platform, nextTick: process.nextTick.bind(process) });
  onTestFinished(() => void vi.unstubAllGlobals());
  const { attached } = await api.listSecrets({ ...location, attachToProcessEnv });
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
  ...["AWS_CA_BUNDLE", "AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_STS", "AWS_EC2_METADATA_SERVICE_ENDPOINT"],
  ...["AWS_CONTAINER_CREDENTIALS_FULL_URI", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONFIG_FILE"],
  ...["AWS_SHARED_CREDENTIALS_FILE", "AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_LAMBDA_EXEC_WRAPPER"],
  ...["GCE_METADATA_HOST", "IDENTITY_ENDPOINT", "AZURE_AUTHORITY_HOST", "GOOGLE_APPLICATION_CREDENTIALS"],
  ...["grpc_proxy", "GRPC_PROXY", "socks_proxy", "SOCKS_PROXY", "no_grpc_proxy", "rsync_proxy"],
  ...["GRPC_DEFAULT_SSL_ROOTS_FILE_PATH", "REQUESTS_CA_BUNDLE", "HTTPLIB2_CA_CERTS", "KRB5_CONFIG"],
  ...["PRISMA_QUERY_ENGINE_LIBRARY", "PRISMA_SCHEMA_ENGINE_BINARY", "NAPI_RS_NATIVE_LIBRARY_PATH"],
  ...["ESBUILD_BINARY_PATH", "PUPPETEER_EXECUTABLE_PATH", "TS_NODE_COMPILER", "ELECTRON_OVERRIDE_DIST_PATH"],
  ...["npm_execpath", "npm_node_execpath", "pnpm_config_registry", "YARN_IGNORE_PATH", "YARN_RC_FILENAME"],
  ...["YARN_NPM_REGISTRY_SERVER", "COREPACK_NPM_REGISTRY", "COREPACK_HOME", "GEM_HOME", "GEM_PATH"],
  ...["BUNDLE_GEMFILE", "PIP_INDEX_URL", "UV_THREADPOOL_SIZE", "CARGO_HOME", "RUSTC_WRAPPER", "GOFLAGS"],
  ...[
    "JAVA_OPTS",
    "_JAVA_OPTIONS",
    "JDK_JAVA_OPTIONS",
    "MAVEN_OPTS",
    "GRADLE_OPTS",
    "ES_JAVA_OPTS",
    "JAVA_HOME",
  ],
  ...["DOTNET_ADDITIONAL_DEPS", "CORECLR_PROFILER_PATH", "CORECLR_ENABLE_PROFILING"],
  ...["ASPNETCORE_HOSTINGSTARTUPASSEMBLIES", "BASH_LOADABLES_PATH", "PAGER", "MANPAGER", "GIT_PAGER"],
  ...[
    "AWS_PAGER",
    "SUDO_ASKPASS",
    "GIT_EDITOR",
    "GTK_MODULES",
    "QT_PLUGIN_PATH",
    "TERMINFO",
    "XDG_DATA_DIRS",
  ],
  ...["DOCKER_HOST", "KUBECONFIG", "HELM_PLUGINS", "TF_CLI_CONFIG_FILE", "ANSIBLE_CONFIG", "CLOUDSDK_PYTHON"],
  ...["INFISICAL_SITE_URL", "INFISICAL_UNIVERSAL_AUTH_CLIENT_ID", "HOSTALIASES", "DOTNET_STARTUP_HOOKS"],
];

const plain = [
  ...["NODE_ENV", "NODE_NAME", "NODE_AUTH_TOKEN", "PORT", "TZ", "DATABASE_URL", "AWS_SECRET_ACCESS_KEY"],
  ...["AWS_REGION", "GIT_TOKEN", "GIT_COMMIT", "LD_SDK_KEY", "LD_CLIENT_SIDE_ID", "ENVIRONMENT", "MY_PATH"],
  ...["PROXY_URL", "PERL", "node_options", "path", "DENO_DEPLOY_TOKEN", "NPM_TOKEN", "SSL_CERT"],
  ...["AWS_ACCESS_KEY_ID", "AWS_SESSION_TOKEN", "AWS_PROFILE", "AWS_ROLE_ARN", "DB_CA_CERT", "TLS_CERT_FILE"],
  ...[
    "YARN_NPM_AUTH_TOKEN",
    "COMPOSER_AUTH",
    "CARGO_REGISTRY_TOKEN",
    "NUGET_API_KEY",
    "ANSIBLE_VAULT_PASSWORD",
  ],
  ...[
    "DOTNET_ENVIRONMENT",
    "ASPNETCORE_URLS",
    "DOCKER_PASSWORD",
    "RSYNC_PASSWORD",
    "CLOUDSDK_AUTH_ACCESS_TOKEN",
  ],
  ...["BUNDLE_ID", "GRPC_PORT", "GOOGLE_API_KEY", "GOOGLE_CLIENT_ID", "PAGERDUTY_TOKEN", "PROXY_PASSWORD"],
];

test("names that steer the process are skipped and reported, all others are set", async () => {
  const { env, attached } = await attach([...steering, ...plain]);
  expect(attached?.set).toEqual(plain);
  expect(Object.keys(env)).toEqual(plain);
  expect(attached?.skipped).toEqual(
    steering.map((name) => ({ secretKey: name, name, reason: "steersProcess" })),
  );
});

test("on Windows, the case of a name does not matter", async () => {
  const env = { Existing: "before" };
  const names = ["node_options", "Path", "comspec", "EXISTING", "New", "NEW"];
  const { attached } = await attach(names, true, { platform: "win32", env });
  expect(attached?.set).toEqual(["New"]);
  expect(attached?.kept).toEqual(["EXISTING"]);
  expect(attached?.skipped.map(({ name }) => name)).toEqual(["node_options", "Path", "comspec"]);
  expect(env).toEqual({ Existing: "before", New: "of New" });
});

test("override does not set them, but allow does", async () => {
  const names = ["HTTPS_PROXY", "NODE_OPTIONS"];
  expect((await attach(names, { override: true })).env).toEqual({});
  const { env } = await attach(names, { allow: ["HTTPS_PROXY"] });
  expect(env).toEqual({ HTTPS_PROXY: "of HTTPS_PROXY" });
  const kept = await attach(names, { allow: ["HTTPS_PROXY"] }, { env: { HTTPS_PROXY: "before" } });
  expect(kept.attached).toMatchObject({ set: [], kept: ["HTTPS_PROXY"] });
});

test("only attaches the named secrets, and reports which of them are missing", async () => {
  const { env, attached } = await attach(["A", "B", "C"], { only: ["C", "A", "D"] });
  expect(env).toEqual({ A: "of A", C: "of C" });
  expect(attached?.skipped).toEqual([{ secretKey: "D", name: "D", reason: "notFound" }]);
});

test("prefix precedes each name, and the whole name counts", async () => {
  const { env, attached } = await attach(["OPTIONS", "NODE_OPTIONS", "A"], { prefix: "NODE_" });
  expect(env).toEqual({ NODE_NODE_OPTIONS: "of NODE_OPTIONS", NODE_A: "of A" });
  expect(attached?.skipped).toEqual([
    { secretKey: "OPTIONS", name: "NODE_OPTIONS", reason: "steersProcess" },
  ]);
});

test("a secret cannot switch off the certificate checks of the process", async () => {
  const { server, api, location } = await startSecrets({
    secrets: { dev: { "/": { NODE_TLS_REJECT_UNAUTHORIZED: "0", A_STEERING_TEST: "a" } } },
  });
  onTestFinished(() => {
    delete process.env["A_STEERING_TEST"];
  });
  const { skippedNames } = await api.listSecrets({ ...location, attachToProcessEnv: { override: true } });
  expect(process.env["NODE_TLS_REJECT_UNAUTHORIZED"]).toBeUndefined();
  expect(process.env["A_STEERING_TEST"]).toBe("a");
  expect(skippedNames).toEqual(["NODE_TLS_REJECT_UNAUTHORIZED"]);
  expect(server.requests.length).toBeGreaterThan(0);
});

test("each variable is accessed a fixed number of times, however many secrets there are", async () => {
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
