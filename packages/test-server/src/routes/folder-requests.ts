import { type ZodTypeAny, z } from "zod";
import { validate } from "../http/validate.js";
import { folderPath, looseBoolean, trimmed } from "./schemas.js";

/** The two versions of the folder and import routes: they call the project `workspaceId` or `projectId`. */
export type ApiVersion = "v1" | "v2";

/** Which folder a request is about. */
export interface FolderPlace {
  readonly projectId: string;
  readonly environment: string;
  /** Of the parent, in requests that name a folder besides. */
  readonly path: string;
}

export interface FolderListRequest extends FolderPlace {
  readonly recursive: boolean;
  readonly lastSecretModified: string | undefined;
}

export interface FolderWriteRequest extends FolderPlace {
  readonly name: string;
  readonly description: string | null | undefined;
}

const folderName = trimmed.refine((name) => /^[a-zA-Z0-9-_]+$/.test(name), {
  message: "Invalid folder name. Only alphanumeric characters, dashes, and underscores are allowed.",
});

const writeFields = { name: folderName, description: trimmed.nullish() };

export function readFolderList(version: ApiVersion, query: unknown): FolderListRequest {
  return readPlaced(version, query, {
    // The newer version wants the path to be said.
    ...(version === "v2" && { path: trimmed.pipe(folderPath) }),
    recursive: looseBoolean,
    lastSecretModified: z.string().datetime().optional(),
  }) as FolderListRequest;
}

export function readFolderWrite(version: ApiVersion, body: unknown): FolderWriteRequest {
  return readPlaced(version, body, writeFields) as FolderWriteRequest;
}

export function readFolderDeletion(version: ApiVersion, body: unknown): FolderPlace {
  return readPlaced(version, body, { forceDelete: z.boolean().default(false) });
}

/** Changes of several folders at once, each with its own place. */
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

/** Reads fields that come with a project, an environment and a path, whatever the project is called. */
export function readPlaced(
  version: ApiVersion,
  value: unknown,
  fields: Readonly<Record<string, ZodTypeAny>>,
): FolderPlace {
  const projectKey = version === "v1" ? "workspaceId" : "projectId";
  const schema = z.object({ [projectKey]: trimmed, environment: trimmed, path: folderPath, ...fields });
  const { [projectKey]: projectId, ...rest } = validate(schema, value);
  return { ...rest, projectId } as FolderPlace;
}
