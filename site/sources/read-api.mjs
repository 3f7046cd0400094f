import { fileURLToPath } from "node:url";
import { Application, ReflectionKind } from "typedoc";
import { readEntries } from "./entries.mjs";

/** The folder of the repository. */
export const root = fileURLToPath(new URL("../..", import.meta.url));

const entries = readEntries(root);

/**
 * Reads the packages' sources as `npm run docs:api` does, and calls each module by the name that users import.
 *
 * @returns {Promise<{ app: Application, project: import("typedoc").ProjectReflection }>}
 * @throws {Error} The sources cannot be read.
 */
export async function readApi() {
  // The tsconfig of the repository is found from its folder.
  process.chdir(root);
  const app = await Application.bootstrapWithPlugins({
    options: `${root}typedoc.config.mjs`,
    plugin: ["typedoc-plugin-markdown"],
    router: "module",
    hideBreadcrumbs: true,
    hidePageHeader: true,
    basePath: root,
    disableGit: true,
    sourceLinkTemplate: "https://github.com/Infisical/infisical-sdk/blob/main/packages/{path}#L{line}",
    // What two packages export is described by the first of them.
    entryPoints: entries.map(({ file }) => file),
    sortEntryPoints: false,
    logLevel: "Warn",
  });
  const project = await app.convert();
  if (project === undefined) throw new Error("TypeDoc could not read the packages' sources.");
  nameModules(project);
  return { app, project };
}

/** @param {import("typedoc").ProjectReflection} project */
function nameModules(project) {
  const names = new Map(entries.map(({ name, file }) => [file, name]));
  for (const module of project.getChildrenByKind(ReflectionKind.Module)) {
    const file = module.sources?.[0]?.fileName ?? "";
    const name = names.get(file);
    if (name === undefined) throw new Error(`tsconfig.json has no entry for ${file}.`);
    module.name = name;
  }
}
