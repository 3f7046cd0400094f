import { fieldsOf, folderPath, optionError, requireFunction, requireText } from "@infisical/core/authoring";

/** A secret, where it is, and what becomes of its text. */
export interface SecretSource<Value = unknown> {
  /** The secret's name. */
  readonly secretName: string;
  /**
   * The folder's path.
   *
   * @defaultValue the middleware's `secretPath`
   */
  readonly secretPath?: string | undefined;
  /**
   * The environment's slug.
   *
   * @defaultValue the middleware's `environment`
   */
  readonly environment?: string | undefined;
  /**
   * The project's id.
   *
   * @defaultValue the middleware's `projectId`
   */
  readonly projectId?: string | undefined;
  /**
   * Makes something of the secret's text, such as `JSON.parse` or `Number`. It runs once for each text that was read.
   *
   * @defaultValue none: the value is the text
   */
  readonly parse?: ((secretValue: string) => Value) | undefined;
}

/** A folder, all of whose secrets become one value: an object with their names. */
export interface FolderSource {
  /** The folder's path. */
  readonly secretPath: string;
  /**
   * The environment's slug.
   *
   * @defaultValue the middleware's `environment`
   */
  readonly environment?: string | undefined;
  /**
   * The project's id.
   *
   * @defaultValue the middleware's `projectId`
   */
  readonly projectId?: string | undefined;
  /** A folder does not have a name; a source with one is a secret. */
  readonly secretName?: undefined;
}

/** What to fetch: by the names that values are to have, the name of a secret, where one is, or a folder. */
export type FetchData = Readonly<Record<string, string | SecretSource | FolderSource>>;

/** The value of a source: what `parse` returns, a text, or for a folder an object. */
export type FetchedValue<Source> = Source extends {
  /** What makes the value. */
  readonly parse: (secretValue: string) => infer Value;
}
  ? Awaited<Value>
  : Source extends
        | string
        | {
            /** The secret. */
            readonly secretName: string;
            /** Nothing makes another value of it. */
            readonly parse?: undefined;
          }
    ? string
    : Source extends SecretSource<infer Value>
      ? string | Awaited<Value>
      : Readonly<Record<string, string>>;

/** The values by their names. */
export type FetchedValues<Data extends FetchData> = { [Name in keyof Data]: FetchedValue<Data[Name]> };

/** Where a source is, completed. */
export interface SourcePlace {
  readonly projectId: string;
  readonly environment: string;
  readonly secretPath: string;
  /** `undefined` for the whole folder. */
  readonly secretName: string | undefined;
}

/** A source that was checked. */
export type ParsedSource = Partial<SourcePlace> & Pick<SecretSource, "parse">;

const place = { "secretPath?": folderPath, "environment?": requireText, "projectId?": requireText };
const secretFields = fieldsOf({ secretName: requireText, ...place, "parse?": requireFunction });
const folderFields = fieldsOf({ ...place, secretPath: folderPath });

/**
 * Checks the names and sources of `fetchData`.
 *
 * @throws {InfisicalSDKError} `INVALID_OPTION`: one breaks a rule.
 */
export function parseFetchData(option: string, value: unknown): ReadonlyMap<string, ParsedSource> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw optionError(option, "must be an object with the name of a secret for each value", value);
  }
  const sources = Object.entries(value).map(([name, source]): [string, ParsedSource] => {
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) || name === "__proto__") {
      // middy's getInternal returns other names changed.
      throw optionError(
        `a name in ${option}`,
        "must consist of letters, digits and _, and must not begin with a digit",
        name,
      );
    }
    return [name, parseSource(`${option}.${name}`, source)];
  });
  if (sources.length === 0) throw optionError(option, "must have at least one name");
  return new Map(sources);
}

function parseSource(option: string, source: unknown): ParsedSource {
  if (typeof source === "string") return { secretName: requireText(option, source) };
  if (typeof source !== "object" || source === null || Array.isArray(source)) {
    const rule = "must be the name of a secret, or an object with secretName or secretPath";
    throw optionError(option, rule, source);
  }
  const isFolder = "secretPath" in source && !("secretName" in source && source.secretName !== undefined);
  return (isFolder && !("parse" in source) ? folderFields : secretFields)(option, source) as ParsedSource;
}
