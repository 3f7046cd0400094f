import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createTestServer } from "@infisical/test-server";
import { build } from "esbuild";
import { expect, onTestFinished, test } from "vitest";

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

/** A program in the order in which applications load these: instrumentations first, then what they instrument. */
const program = `
  import { InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
  import { NodeTracerProvider } from "@opentelemetry/sdk-trace-node";
  import { registerInstrumentations } from "@opentelemetry/instrumentation";
  import { HttpInstrumentation } from "@opentelemetry/instrumentation-http";
  import { UndiciInstrumentation } from "@opentelemetry/instrumentation-undici";

  const { siteUrl, projectId, credentials, instrumented, overFetch } = JSON.parse(process.argv[2]);
  const exporter = new InMemorySpanExporter();
  new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }).register();
  const instrumentations = { http: HttpInstrumentation, undici: UndiciInstrumentation };
  registerInstrumentations({ instrumentations: instrumented.map((name) => new instrumentations[name]()) });

  async function main() {
    const { universalAuth } = await import("@infisical/auth-universal");
    const { createClient } = await import("@infisical/core");
    const { kyTransport } = await import("@infisical/core/ky");
    const { nodeTransport } = await import("@infisical/core/node");
    const { secrets } = await import("@infisical/secrets");
    const { telemetry } = await import("@infisical/opentelemetry");
    const client = createClient({
      siteUrl,
      auth: universalAuth(credentials),
      plugins: [secrets()],
      transport: overFetch ? kyTransport() : nodeTransport(),
      retry: { baseDelay: 1 },
      observer: telemetry(),
    });
    const call = { projectId, environment: "dev", secretName: "KNOWN" };
    await client.secrets().getSecret(call);
    const spans = exporter.getFinishedSpans();
    const nameOf = (id) => spans.find((span) => span.spanContext().spanId === id)?.name;
    console.log(JSON.stringify({
      traces: new Set(spans.map((span) => span.spanContext().traceId)).size,
      spans: spans.map(({ name, parentSpanContext }) => [name, nameOf(parentSpanContext?.spanId)]),
    }));
    await client.close();
  }
  main();`;

interface Traced {
  readonly traces: number;
  readonly spans: readonly (readonly [name: string, parent: string | null | undefined])[];
}

/** Reads a secret in a process of its own, whose first read gets a 503, and returns the spans of it. */
async function trace(options: { readonly instrumented: readonly string[]; readonly overFetch: boolean }) {
  const server = createTestServer({
    projects: [
      {
        ...{ name: "Shop", slug: "shop", environments: [{ name: "Development", slug: "dev" }] },
        secrets: { dev: { "/": { KNOWN: "a-known-value" } } },
      },
    ],
  });
  const { siteUrl } = await server.listen();
  onTestFinished(() => server.close());
  server.fail({ method: "GET" }, { status: 503 });
  const folder = await mkdtemp(join(tmpdir(), "telemetry-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, "source.mjs"), program);
  const outfile = join(folder, "program.cjs");
  await build({
    entryPoints: [join(folder, "source.mjs")],
    outfile,
    bundle: true,
    platform: "node",
    format: "cjs",
    // The SDK of OpenTelemetry patches what is loaded by the module loader.
    external: ["@opentelemetry/*"],
    tsconfig: path("../../../tsconfig.json"),
    absWorkingDir: path("../../.."),
    nodePaths: [path("../node_modules")],
    alias: {
      "#default-transport": path("../../core/src/transports/node.ts"),
      "@infisical/auth-universal": path("../../auth-universal/src/index.ts"),
      "@infisical/core/authoring": path("../../core/src/authoring.ts"),
      "@infisical/core/ky": path("../../core/src/ky.ts"),
      "@infisical/core/node": path("../../core/src/node.ts"),
      "@infisical/core": path("../../core/src/index.ts"),
      "@infisical/opentelemetry": path("../src/index.ts"),
      "@infisical/secrets": path("../../secrets/src/index.ts"),
    },
  });
  const input = JSON.stringify({
    siteUrl,
    projectId: server.projectId(),
    credentials: server.credentials(),
    ...options,
  });
  const env = { ...process.env, NODE_PATH: path("../node_modules"), OTEL_NODE_RESOURCE_DETECTORS: "none" };
  const { stdout } = await promisify(execFile)(process.execPath, [outfile, input], { env, timeout: 300_000 });
  return JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as Traced;
}

const call = "infisical secrets.getSecret";
const login = "infisical auth.login";
const ours = [
  [login, call],
  [call, null],
];
const withHttp = [
  ["POST", login],
  [login, call],
  ["GET", call],
  ["GET", call],
  [call, null],
];

test.each<[string, Parameters<typeof trace>[0], unknown]>([
  ["without an instrumentation, over Node's sockets", { instrumented: [], overFetch: false }, ours],
  ["with http's, over Node's sockets", { instrumented: ["http"], overFetch: false }, withHttp],
  ["with both, over Node's sockets", { instrumented: ["http", "undici"], overFetch: false }, withHttp],
  ["without an instrumentation, over fetch", { instrumented: [], overFetch: true }, ours],
  ["with undici's, over fetch", { instrumented: ["undici"], overFetch: true }, withHttp],
  ["with both, over fetch", { instrumented: ["http", "undici"], overFetch: true }, withHttp],
])("a call is the one parent of its requests, and no span is doubled: %s", async (_, options, expected) => {
  const { traces, spans } = await trace(options);
  expect(spans.map(([name, parent]) => [name, parent ?? null])).toEqual(expected);
  expect(traces).toBe(1);
});
