import { cpSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { Terminal } from "./terminal.ts";

/** An image as a folder: what its last stage would hold, and how its container starts. */
export interface Image {
  readonly terminal: Terminal;
  readonly command: readonly string[];
}

/**
 * Does what a Dockerfile says, with folders in the place of images: each stage begins with an empty one, in which only what
 * the Dockerfile copies is there. It knows the instructions that our pages use, and refuses others.
 *
 * @param context the folder that is sent to the build, without what its `.dockerignore` names
 * @param place an empty folder
 */
export function buildImage(context: string, place: string): Image {
  const ignored = lines(join(context, ".dockerignore"));
  const sent = join(place, "context");
  cpSync(context, sent, {
    recursive: true,
    filter: (path) => !ignored.includes(relative(context, path).replaceAll("\\", "/")),
  });
  const stages = new Map<string, string>();
  let root = "";
  let terminal = new Terminal(place);
  let command: readonly string[] = [];
  for (const line of lines(join(context, "Dockerfile"))) {
    const [instruction = "", ...rest] = line.split(" ");
    const values = rest.join(" ");
    if (instruction === "FROM") {
      root = join(place, `stage-${stages.size}`);
      stages.set(rest[2] ?? "the last", root);
      mkdirSync(root);
      // Without it, npm would take tarballs that it has seen on this machine from its cache.
      terminal = new Terminal(root, { npm_config_cache: join(root, "npm-cache") });
    } else if (instruction === "WORKDIR") {
      terminal.folder = join(root, values);
      mkdirSync(terminal.folder, { recursive: true });
    } else if (instruction === "COPY") {
      copy(rest, { stages, sent, folder: terminal.folder });
    } else if (instruction === "RUN") {
      terminal.run(values);
    } else if (instruction === "ENV") {
      const [name = "", value = ""] = values.split("=");
      terminal.variables[name] = value;
    } else if (instruction === "CMD") {
      command = JSON.parse(values);
    } else if (instruction !== "USER") {
      throw new Error(`The Dockerfile has ${instruction}, which this test does not know.`);
    }
  }
  rmSync(sent, { recursive: true });
  return { terminal, command };
}

interface Copying {
  readonly stages: ReadonlyMap<string, string>;
  readonly sent: string;
  readonly folder: string;
}

/** `COPY [--from=STAGE] SOURCE... TARGET`: a folder's content goes into the target, a file into the target folder. */
function copy(words: readonly string[], { stages, sent, folder }: Copying): void {
  const stage = words[0]?.startsWith("--from=") ? words[0].slice("--from=".length) : undefined;
  const from = stage === undefined ? sent : stages.get(stage);
  if (from === undefined)
    throw new Error(`The Dockerfile copies from ${stage}, which is not an earlier stage.`);
  const paths = stage === undefined ? words : words.slice(1);
  const target = join(folder, paths.at(-1) ?? "");
  for (const source of paths.slice(0, -1)) {
    const isFile = /\.\w+$/.test(source) && !source.startsWith(".");
    const to = isFile ? join(target, source) : target;
    mkdirSync(dirname(to), { recursive: true });
    cpSync(join(from, source), to, { recursive: true });
  }
}

/** The lines of a file that say something. */
function lines(file: string): string[] {
  return readFileSync(file, "utf8")
    .split(/\r?\n/)
    .filter((line) => line !== "" && !line.startsWith("#"));
}
