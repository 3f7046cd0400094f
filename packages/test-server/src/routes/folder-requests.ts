import { type ZodTypeAny, z } from "zod";
import { validate } from "../http/validate.ts";
import { folderPath, looseBoolean, trimmed } from "./schemas.ts";

/** The two versions of the folder and import routes: they call the project `workspaceId` or `projectId`. */
export type ApiVersion = "v1" | "v2";

/** The location of the folder in a request. */
export interface FolderLocation {
  readonly projectId: string;
  readonly environment: string;
  /** The path of the parent, in requests that also name a folder. */
  readonly path: string;
}

export interface FolderListRequest extends FolderLocation {
  readonly recursive: boolean;
  readonly lastSecretModified: string | undefined;
}

export interface FolderWriteRequest extends FolderLocation {
  readonly name: string;
  readonly description: string | null | undefined;
}

const folderName = trimmed.refine((name) => /^[a-zA-Z0-9-_]+$/.test(name), {
  message: "Invalid folder name. Only alphanumeric characters, dashes, and underscores are allowed.",
});

const writeFields = { name: folderName, description: trimmed.nullish() };

export function readFolderList(version: ApiVersion, query: unknown): FolderListRequest {
  return readWithLocation(version, query, {
    // The newer version requires the path.
    ...(version === "v2" && { path: trimmed.pipe(folderPath) }),
    recursive: looseBoolean,
    lastSecretModified: z.string().datetime().optional(),
  }) as FolderListRequest;
}

export function readFolderWrite(version: ApiVersion, body: unknown): FolderWriteRequest {
  return readWithLocation(version, body, writeFields) as FolderWriteRequest;
}

export function readFolderDeletion(version: ApiVersion, body: unknown): FolderLocation {
  return readWithLocation(version, body, { forceDelete: z.boolean().default(false) });
}

/** Changes to several folders at once, each with its own location. */
export function readFolderBatch(body: unknown): {
  readonly projectId: string;
  readonly folders: readonly (FolderWriteRequest & { readonly id: string })[];
} {
  const folder = z.object({ id: trimmed, environment: trimmed, path: folderPath, ...writeFields });
  const schema = z
    .object({ projectId: trimmed, folders: z.array(folder).min(1) })
    .transform(({ projectId, folders }) => ({
      projectId,
      folders: folders.map((fields) => ({ ...fields, description: fields.description, projectId })),
    }));
  return validate(schema, body);
}

/** Reads fields and the location next to them, whatever the version calls the project. */
export function readWithLocation(
  version: ApiVersion,
  value: unknown,
  fields: Readonly<Record<string, ZodTypeAny>>,
): FolderLocation {
  const projectKey = version === "v1" ? "workspaceId" : "projectId";
  const schema = z.object({ [projectKey]: trimmed, environment: trimmed, path: folderPath, ...fields });
  const { [projectKey]: projectId, ...rest } = validate(schema, value);
  return { ...rest, projectId } as FolderLocation;
}
