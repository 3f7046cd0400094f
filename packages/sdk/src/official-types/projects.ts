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
import type { Reply, WorkspaceRequest } from "./shapes.ts";

/** Options as they go over the wire. */
type BareRequest<Options> = Omit<Options, keyof CallOptions>;

/**
 * What the official SDK sends for this call.
 *
 * @deprecated Use {@link CreateEnvironmentOptions}.
 */
export type CreateEnvironmentRequest = BareRequest<CreateEnvironmentOptions>;
/** The server's reply to `environments().create()`, which gives the environment alone. */
export type CreateEnvironmentResponse = Reply<"environment", Environment> &
  Reply<"message" | "workspace", string>;
/**
 * What the official SDK sends for this call.
 *
 * @deprecated Use {@link CreateProjectOptions}.
 */
export type CreateProjectRequest = BareRequest<CreateProjectOptions>;
/** The server's reply to `projects().create()`, which gives the project alone. */
export type CreateProjectResponse = Reply<"project", Project>;
/**
 * What the official SDK sends for this call.
 *
 * @deprecated Use {@link InviteMemberToProjectOptions}.
 */
export type InviteMembersRequest = BareRequest<InviteMemberToProjectOptions>;
/** The server's reply to `projects().inviteMembers()`, which gives the memberships alone. */
export type InviteMembersResponse = Reply<"memberships", Membership[]>;
/**
 * What the official SDK sends for this call.
 *
 * @deprecated Use {@link CreateFolderOptions}.
 */
export type CreateFolderRequest = WorkspaceRequest<CreateFolderOptions>;
/** The server's reply to `folders().create()`, which gives the folder alone. */
export type CreateFolderResponse = Reply<"folder", Folder>;
/**
 * What the official SDK sends for this call.
 *
 * @deprecated Use {@link ListFoldersOptions}.
 */
export type ListFoldersRequest = WorkspaceRequest<ListFoldersOptions>;
/** The server's reply to `folders().listFolders()`, which gives the folders alone. */
export type ListFoldersResponse = Reply<"folders", Folder[]>;
