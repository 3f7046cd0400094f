export type { Environment } from "./environments/environment.ts";
export { type EnvironmentsApi, type EnvironmentsPlugin, environments } from "./environments/environments.ts";
export type {
  CreateEnvironmentOptions,
  DeleteEnvironmentOptions,
  EnvironmentOptions,
  UpdateEnvironmentOptions,
} from "./environments/options.ts";
export type { Folder, FolderWithPlace } from "./folders/folder.ts";
export { type FoldersApi, type FoldersPlugin, folders } from "./folders/folders.ts";
export type {
  CreateFolderOptions,
  DeleteFolderOptions,
  GetFolderOptions,
  ListFoldersOptions,
  UpdateFolderOptions,
} from "./folders/options.ts";
export type { FolderPlace } from "./place.ts";
export type {
  CreateProjectOptions,
  GetProjectOptions,
  InviteMemberToProjectOptions,
} from "./projects/options.ts";
export type { Membership, Project, ProjectEnvironment } from "./projects/project.ts";
export { type ProjectsApi, type ProjectsPlugin, projects } from "./projects/projects.ts";
export type {
  CreateSecretImportOptions,
  DeleteSecretImportOptions,
  ListSecretImportsOptions,
  UpdateSecretImportOptions,
} from "./secret-imports/options.ts";
export type { SecretImportLink } from "./secret-imports/secret-import-link.ts";
export {
  type SecretImportsApi,
  type SecretImportsPlugin,
  secretImports,
} from "./secret-imports/secret-imports.ts";
export type {
  CreateTagOptions,
  DeleteTagOptions,
  GetTagOptions,
  ListTagsOptions,
  UpdateTagOptions,
} from "./tags/options.ts";
export type { Tag } from "./tags/tag.ts";
export { type TagsApi, type TagsPlugin, tags } from "./tags/tags.ts";
