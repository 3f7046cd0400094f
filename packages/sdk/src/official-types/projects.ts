import type { CallOptions } from "@infisical/core";
import type {
  CreateEnvironmentOptions,
  CreateFolderOptions,
  CreateProjectOptions,
  Environment,
  Folder,
  InviteMemberToProjectOptions,
  ListFoldersOptions,
  Membership,
  Project,
} from "@infisical/projects";
import type { ResponseOf, WorkspaceRequest } from "./shapes.ts";

/** Options as they go over the wire. */
type BareRequest<Options> = Omit<Options, keyof CallOptions>;

/**
 * What the official SDK sends for this call.
 *
 * @deprecated Use {@link CreateEnvironmentOptions}.
 */
export type CreateEnvironmentRequest = BareRequest<CreateEnvironmentOptions>;
/** The server's response to `environments().create()`, which gives the environment alone. */
export type CreateEnvironmentResponse = ResponseOf<"environment", Environment> &
  ResponseOf<"message" | "workspace", string>;
/**
 * What the official SDK sends for this call.
 *
 * @deprecated Use {@link CreateProjectOptions}.
 */
export type CreateProjectRequest = BareRequest<CreateProjectOptions>;
/** The server's response to `projects().create()`, which gives the project alone. */
export type CreateProjectResponse = ResponseOf<"project", Project>;
/**
 * What the official SDK sends for this call.
 *
 * @deprecated Use {@link InviteMemberToProjectOptions}.
 */
export type InviteMembersRequest = BareRequest<InviteMemberToProjectOptions>;
/** The server's response to `projects().inviteMembers()`, which gives the memberships alone. */
export type InviteMembersResponse = ResponseOf<"memberships", Membership[]>;
/**
 * What the official SDK sends for this call.
 *
 * @deprecated Use {@link CreateFolderOptions}.
 */
export type CreateFolderRequest = WorkspaceRequest<CreateFolderOptions>;
/** The server's response to `folders().create()`, which gives the folder alone. */
export type CreateFolderResponse = ResponseOf<"folder", Folder>;
/**
 * What the official SDK sends for this call.
 *
 * @deprecated Use {@link ListFoldersOptions}.
 */
export type ListFoldersRequest = WorkspaceRequest<ListFoldersOptions>;
/** The server's response to `folders().listFolders()`, which gives the folders alone. */
export type ListFoldersResponse = ResponseOf<"folders", Folder[]>;
