import type { CallOptions } from "@infisical/core";

/** Options as they go over the wire of the older routes, which call a project a workspace. */
export type WorkspaceRequest<Options> = Omit<Options, "projectId" | keyof CallOptions> & {
  readonly workspaceId: string;
};

/** A response of the server, whose field a method gives alone. */
export type ResponseOf<Field extends string, Value> = Readonly<Record<Field, Value>>;
