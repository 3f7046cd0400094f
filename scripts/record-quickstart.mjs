import { writeFileSync } from "node:fs";
import { recording } from "./diagrams/recording.mjs";
import { installAndBuild, root } from "./pnpm.mjs";
import { programOutput } from "./programs/run.mjs";

// Runs the quickstart on its test server, and writes the picture of it that README.md shows.
if (!installAndBuild({ filter: "@infisical/example-quickstart^..." })) process.exit(1);
const env = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !name.startsWith("INFISICAL_")),
);
const printed = programOutput(process.execPath, [`${root}examples/quickstart/quickstart.mjs`], { env });
writeFileSync(`${root}docs/diagrams/quickstart.svg`, recording(printed));
