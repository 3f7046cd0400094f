import ts from "typescript";

/**
 * Type-checks files as the workspace does, but for what examples may leave unused.
 *
 * @param {string} root the workspace's folder
 * @param {readonly string[]} files
 * @returns {Map<string, string[]>} the errors by file, each with its line in that file
 */
export function typeErrors(root, files) {
  const { config } = ts.readConfigFile(`${root}/tsconfig.json`, ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...config, files, include: [] }, ts.sys, root);
  const program = ts.createProgram([...files], {
    ...options,
    noUnusedLocals: false,
    noUnusedParameters: false,
  });
  const errors = new Map(files.map((file) => [file, /** @type {string[]} */ ([])]));
  for (const file of files) {
    const source = program.getSourceFile(file);
    const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
    for (const { start = 0, messageText } of found) {
      const line = (source?.getLineAndCharacterOfPosition(start).line ?? 0) + 1;
      errors.get(file)?.push(`line ${line}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`);
    }
  }
  return errors;
}
