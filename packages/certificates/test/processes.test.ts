import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { expect, onTestFinished, test } from "vitest";
import { createAuthority } from "#test-kit";

const source = (name: string) => fileURLToPath(new URL(`../../${name}/src`, import.meta.url));

test("a process that only keeps a certificate ends", async () => {
  const { cert, key } = await (await createAuthority()).issue();
  const folder = await mkdtemp(join(tmpdir(), "certificates-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const certificate = { certificate: cert, privateKey: key, serialNumber: "0a", certificateId: "an-id" };
  const body = JSON.stringify({ certificate, certificateRequestId: "a-request", status: "issued" });
  await writeFile(
    join(folder, "source.mjs"),
    `import { createClient } from "@infisical/core";
     import { keepCertificate } from "@infisical/certificates";
     const answer = { status: 200, headers: { "content-type": "application/json" }, body: ${JSON.stringify(body)} };
     const client = createClient({ transport: async () => answer });
     client.auth().accessToken("a-token");
     const kept = keepCertificate(client, { profileId: "a-profile" });
     await kept.ready;
     console.log(typeof kept.secureContext());`,
  );
  await build({
    entryPoints: [join(folder, "source.mjs")],
    outfile: join(folder, "program.mjs"),
    bundle: true,
    platform: "node",
    format: "esm",
    external: ["@peculiar/x509", "reflect-metadata"],
    alias: {
      "@infisical/core/authoring": `${source("core")}/authoring.ts`,
      "@infisical/core/logins": `${source("core")}/logins.ts`,
      "@infisical/core": `${source("core")}/index.ts`,
      "@infisical/certificates": `${source("certificates")}/index.ts`,
    },
  });
  const child = spawn(process.execPath, [join(folder, "program.mjs")], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill());
  let printed = "";
  child.stdout.on("data", (text) => {
    printed += text;
  });
  expect([...(await once(child, "close")), printed]).toEqual([0, null, "object\n"]);
});
