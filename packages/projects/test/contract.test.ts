import { pluginContract } from "@infisical/core/testing";
import { describe, test } from "vitest";
import { environments, folders, projects, secretImports, tags } from "../src/index.ts";

const project = { id: "an-id", name: "a-name", slug: "a-slug", environments: [] };
const projectInfo = { id: "an-id", name: "a-name", slug: "a-slug" };
const membership = { id: "an-id" };
const environment = { id: "an-id", name: "a-name", slug: "a-slug" };
const folder = { id: "an-id", name: "a-name" };
const link = { id: "an-id", importPath: "/another", importEnv: { slug: "another" } };
const tag = { id: "an-id", slug: "a-slug" };
const place = { projectId: "a-project", environment: "an-environment", path: "/a-folder" };

const contracts = {
  projects: pluginContract({
    create: projects,
    calls: {
      create: {
        options: { projectName: "A name", slug: "the-slug", projectDescription: "what it is" },
        call: (api, options) => api.create(options),
        response: { project },
        result: project,
      },
      "get by id": {
        options: { projectId: "a-project" },
        call: (api, options) => api.get(options),
        response: { workspace: project },
        result: project,
      },
      "get by slug": {
        options: { slug: "the-slug" },
        call: (api, options) => api.get(options),
        response: project,
      },
      list: {
        options: { type: "kms" },
        call: (api, options) => api.list(options),
        response: { workspaces: [project] },
        result: [project],
      },
      getBySlug: {
        options: { slug: "the-slug" },
        call: (api, options) => api.getBySlug(options),
        response: project,
      },
      "update by id": {
        options: { projectId: "a-project", name: "A name", newSlug: "new-slug", hasDeleteProtection: true },
        call: (api, options) => api.update(options),
        response: { workspace: projectInfo },
        result: projectInfo,
      },
      "update by slug": {
        options: { slug: "the-slug", description: "what it is", autoCapitalization: false },
        call: (api, options) => api.update(options),
        response: projectInfo,
      },
      "delete by id": {
        options: { projectId: "a-project" },
        call: (api, options) => api.delete(options),
        response: { workspace: projectInfo },
        result: projectInfo,
      },
      "delete by slug": {
        options: { slug: "the-slug" },
        call: (api, options) => api.delete(options),
        response: projectInfo,
      },
      inviteMembers: {
        options: { projectId: "a-project", emails: ["a@example.com"], roleSlugs: ["a-role"] },
        call: (api, options) => api.inviteMembers(options),
        response: { memberships: [membership] },
        result: [membership],
      },
    },
  }),
  environments: pluginContract({
    create: environments,
    calls: {
      list: {
        options: { projectId: "a-project" },
        call: (api, options) => api.list(options),
        response: { workspace: { environments: [environment] } },
        result: [environment],
      },
      create: {
        options: { projectId: "a-project", name: "A name", slug: "a-slug", position: 1 },
        call: (api, options) => api.create(options),
        response: { environment },
        result: environment,
      },
      update: {
        options: { projectId: "a-project", environmentId: "an-environment", name: "A name" },
        call: (api, options) => api.update(options),
        response: { environment },
        result: environment,
      },
      delete: {
        options: { projectId: "a-project", environmentId: "an-environment" },
        call: (api, options) => api.delete(options),
        response: { environment },
        result: environment,
      },
    },
  }),
  folders: pluginContract({
    create: folders,
    calls: {
      create: {
        options: { ...place, name: "a-name", description: "what it is" },
        call: (api, options) => api.create(options),
        response: { folder },
        result: folder,
      },
      listFolders: {
        options: { ...place, recursive: true },
        call: (api, options) => api.listFolders(options),
        response: { folders: [folder] },
        result: [folder],
      },
      get: {
        options: { folderId: "a-folder" },
        call: (api, options) => api.get(options),
        response: { folder },
        result: folder,
      },
      update: {
        options: { ...place, folderId: "the-folder", name: "a-name" },
        call: (api, options) => api.update(options),
        response: { folder },
        result: folder,
      },
      "delete by name": {
        options: { ...place, name: "a-name" },
        call: (api, options) => api.delete(options),
        response: { folder },
        result: folder,
      },
    },
  }),
  secretImports: pluginContract({
    create: secretImports,
    calls: {
      create: {
        options: { ...place, import: { environment: "another", path: "/another" } },
        call: (api, options) => api.create(options),
        response: { secretImport: link },
        result: link,
      },
      list: {
        options: place,
        call: (api, options) => api.list(options),
        response: { secretImports: [link] },
        result: [link],
      },
      update: {
        options: { ...place, secretImportId: "an-import", import: { position: 2 } },
        call: (api, options) => api.update(options),
        response: { secretImport: link },
        result: link,
      },
      delete: {
        options: { ...place, secretImportId: "an-import" },
        call: (api, options) => api.delete(options),
        response: { secretImport: link },
        result: link,
      },
    },
  }),
  tags: pluginContract({
    create: tags,
    calls: {
      list: {
        options: { projectId: "a-project" },
        call: (api, options) => api.list(options),
        response: { workspaceTags: [tag] },
        result: [tag],
      },
      "get by slug": {
        options: { projectId: "a-project", slug: "a-slug" },
        call: (api, options) => api.get(options),
        response: { workspaceTag: tag },
        result: tag,
      },
      create: {
        options: { projectId: "a-project", slug: "a-slug", color: "#0000ff" },
        call: (api, options) => api.create(options),
        response: { workspaceTag: tag },
        result: tag,
      },
      update: {
        options: { projectId: "a-project", tagId: "a-tag", slug: "a-slug", color: "#0000ff" },
        call: (api, options) => api.update(options),
        response: { workspaceTag: tag },
        result: tag,
      },
      delete: {
        options: { projectId: "a-project", tagId: "a-tag" },
        call: (api, options) => api.delete(options),
        response: { workspaceTag: tag },
        result: tag,
      },
    },
  }),
};

describe.each(Object.entries(contracts))("%s keeps the contract of plugins", (_, cases) => {
  for (const { name, run } of cases) test(name, run);
});
