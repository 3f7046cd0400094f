import { Application } from "typedoc";

/**
 * Reads the packages' sources as `npm run docs:api` does.
 *
 * @param {string} root the repository's folder
 * @param {import("typescript").Program} program with the entries
 * @param {readonly import("./entries.mjs").Entry[]} entries what two of them export is described by the first
 * @throws {Error} An exported name has no docstring, or a link in one leads nowhere.
 * @returns {Promise<{ app: Application, project: import("typedoc").ProjectReflection }>}
 */
export async function readApi(root, program, entries) {
  const app = await Application.bootstrapWithPlugins({
    options: `${root}typedoc.config.mjs`,
    plugin: ["typedoc-plugin-markdown"],
    router: "module",
    hideBreadcrumbs: true,
    hidePageHeader: true,
    basePath: root,
    disableGit: true,
    parametersFormat: "table",
    logLevel: "Warn",
  });
  const project = app.converter.convert(
    entries.map(({ name, file }) => {
      const sourceFile = program.getSourceFile(`${root}${file}`);
      if (sourceFile === undefined) throw new Error(`${file} does not exist.`);
      return { displayName: name, program, sourceFile };
    }),
  );
  app.validate(project);
  if (app.logger.hasErrors() || app.logger.hasWarnings()) {
    throw new Error("The docstrings of the packages have mistakes: see above.");
  }
  return { app, project };
}
