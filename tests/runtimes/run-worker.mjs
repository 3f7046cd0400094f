import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { runProcess } from "./run-process.mjs";

/** No compatibility flag: what a Worker has of Node's API only with one, is not there. */
const config = (
  /** @type {string} */ settings,
  /** @type {string} */ ca,
) => `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = .worker),
    (name = "internet", network = (
      allow = ["private"],
      tlsOptions = (trustBrowserCas = false, trustedCertificates = [${JSON.stringify(ca)}]),
    )),
  ],
);
const worker :Workerd.Worker = (
  modules = [(name = "worker.mjs", esModule = embed "worker.mjs")],
  compatibilityDate = "2026-01-01",
  bindings = [(name = "SETTINGS", text = ${JSON.stringify(settings)})],
);
`;

/** @type {import("./runtimes.mjs").Runtime["run"]} */
export async function runWorker(binary, { project, settings, portable }) {
  const imports = portable.map((specifier, index) => `import * as e${index} from "${specifier}";`);
  const entries = portable.map((specifier, index) => `"${specifier}": e${index}`);
  await build({
    stdin: {
      contents: `${imports.join("\n")}
import { createWorker } from "./runtimes/worker.mjs";
export default createWorker({ ${entries.join(", ")} });`,
      resolveDir: project,
    },
    bundle: true,
    format: "esm",
    conditions: ["workerd", "worker", "browser"],
    outfile: join(project, "worker.mjs"),
    logLevel: "error",
  });
  const { ca } = settings.transports.server;
  writeFileSync(join(project, "worker.capnp"), config(JSON.stringify(settings), ca));
  const { results } = await runProcess(binary, ["test", "worker.capnp"], project);
  const version = execFileSync(binary, ["--version"], { encoding: "utf8" }).replace(/^\D*/, "").trim();
  return { version, results };
}
