export type {
  CreateEnvironmentOptions,
  DeleteEnvironmentOptions,
  Environment,
  EnvironmentOptions,
  ListEnvironmentsOptions,
  UpdateEnvironmentOptions,
} from "./environment-types.ts";
export { type EnvironmentsApi, type EnvironmentsPlugin, environments } from "./environments.ts";
export type {
  CreateFolderOptions,
  DeleteFolderOptions,
  Folder,
  FolderWithLocation,
  GetFolderOptions,
  ListFoldersOptions,
  UpdateFolderOptions,
} from "./folder-types.ts";
export { type FoldersApi, type FoldersPlugin, folders } from "./folders.ts";
export type {
  CreateProjectOptions,
  DeleteProjectOptions,
  GetProjectBySlugOptions,
  GetProjectOptions,
  InviteMemberToProjectOptions,
  ListProjectsOptions,
  ProjectChanges,
  UpdateProjectOptions,
} from "./project-options.ts";
export type { Membership, Project, ProjectEnvironment, ProjectInfo } from "./project-types.ts";
export { type ProjectsApi, type ProjectsPlugin, projects } from "./projects.ts";
export type {
  CreateSecretImportOptions,
  DeleteSecretImportOptions,
  ListSecretImportsOptions,
  SecretImportLink,
  UpdateSecretImportOptions,
} from "./secret-imports.ts";
export { type SecretImportsApi, type SecretImportsPlugin, secretImports } from "./secret-imports.ts";
export type { FolderLocation } from "./shared-options.ts";
export type {
  CreateTagOptions,
  DeleteTagOptions,
  GetTagOptions,
  ListTagsOptions,
  Tag,
  UpdateTagOptions,
} from "./tags.ts";
export { type TagsApi, type TagsPlugin, tags } from "./tags.ts";
