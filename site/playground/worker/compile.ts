import { transform } from "sucrase";

/** An example as the worker runs it. */
export interface Compiled {
  /** The text of a module whose default export runs the example, given what its imports are. */
  readonly module: string;
  /** The modules that it imports, as it names them. */
  readonly imports: readonly string[];
}

/**
 * Turns an example's TypeScript into JavaScript whose imports are calls.
 *
 * @param code of the example
 * @throws SyntaxError where it does not parse
 */
export function compile(code: string): Compiled {
  const { code: body } = transform(code, {
    transforms: ["typescript", "imports"],
    disableESTransforms: true,
    production: true,
  });
  const imports = [...body.matchAll(/\brequire\((["'])(.+?)\1\)/g)].map(([, , name = ""]) => name);
  // On the first line, so that the lines of a stack are those of the example.
  return {
    module: `export default async (require, exports) => {${body}\n};`,
    imports: [...new Set(imports)],
  };
}
