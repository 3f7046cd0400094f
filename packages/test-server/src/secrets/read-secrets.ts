import { notFound } from "../http/api-error.ts";
import type { Identity, Secret } from "../state/entities.ts";
import { folderPath, folderTree } from "../state/folders.ts";
import { requirePermission } from "../state/permissions.ts";
import { secretVersion } from "../state/secrets.ts";
import { collectImports, type ImportedSecrets, sortById } from "./collect-imports.ts";
import { ReferenceExpander } from "./expand-references.ts";
import { folderAt, requireFolder, type SecretLocation } from "./find-location.ts";
import type { MetadataPair } from "./metadata-filter.ts";
import { importedSecretView, secretView, tagView } from "./secret-view.ts";

interface ReadOptions {
  readonly includeImports: boolean;
  readonly expandReferences: boolean;
  readonly viewValue: boolean;
}

export interface ListOptions extends ReadOptions {
  readonly recursive: boolean;
  readonly tagSlugs: readonly string[] | undefined;
  readonly metadataFilter: readonly MetadataPair[];
}

export interface GetOptions extends ReadOptions {
  readonly personal: boolean;
  readonly version: number | undefined;
}

/** The secrets of a folder and, on request, those of all folders below it and of its imports. */
export function listSecrets(
  identity: Identity,
  location: SecretLocation,
  options: ListOptions,
): Record<string, unknown> {
  requirePermission(identity, location.project, "read", "secrets");
  const root = folderAt(location);
  if (!root) return { secrets: [], imports: [] };
  const expander = new ReferenceExpander(location.project);
  const folders = options.recursive ? folderTree(root) : [root];
  const secrets = sortById(folders.flatMap((folder) => [...folder.secrets.values()]))
    .filter((secret) => matches(secret, options))
    .map((secret) => listedView(secret, options, expander));
  if (!options.includeImports) return { secrets };
  const imports = collectImports(folders).map((imported) => importView(imported, options, expander));
  return { secrets, imports };
}

/** One secret by its name, from the folder itself or else from the last import that contains it. */
export function getSecret(
  identity: Identity,
  location: SecretLocation,
  name: string,
  options: GetOptions,
): Record<string, unknown> {
  requirePermission(identity, location.project, "read", "secrets");
  const folder = requireFolder(location, "Create secret");
  // Only users have personal secrets.
  const own = options.personal ? undefined : folder.secrets.get(name);
  const imported =
    own || options.personal || !options.includeImports ? undefined : findImported(location, name);
  const secret = own ?? imported;
  const version = secret && secretVersion(secret, options.version);
  if (!secret || !version) throw notFound("Secret not found");
  const expand = options.expandReferences || imported !== undefined;
  const value = expand
    ? new ReferenceExpander(location.project).expandSecret(secret, version.value)
    : version.value;
  const view = secretView(secret, { value, hidden: !options.viewValue }, version);
  const secretPath = folderPath(secret.folder);
  return { secret: { ...view, secretPath, ...(own && { tags: version.tags.map(tagView) }) } };
}

function findImported(location: SecretLocation, name: string): Secret | undefined {
  const folder = folderAt(location);
  const imports = folder ? collectImports([folder]) : [];
  for (const { secrets } of imports.reverse()) {
    const secret = secrets.find(({ key }) => key === name);
    if (secret) return secret;
  }
  return undefined;
}

function listedView(
  secret: Secret,
  options: ListOptions,
  expander: ReferenceExpander,
): Record<string, unknown> {
  const value = options.expandReferences ? expander.expandSecret(secret) : undefined;
  const tags = secret.tags.filter(({ slug }) => options.tagSlugs?.includes(slug) ?? true);
  return {
    ...secretView(secret, { value, hidden: !options.viewValue }),
    secretPath: folderPath(secret.folder),
    tags: tags.map(tagView),
  };
}

/** Imported secrets are always expanded. */
function importView(
  { source, folder, secrets }: ImportedSecrets,
  options: ListOptions,
  expander: ReferenceExpander,
): Record<string, unknown> {
  return {
    secretPath: source.path,
    environment: source.environment.slug,
    ...(folder && { folderId: folder.id }),
    secrets: secrets.map((secret) =>
      importedSecretView(secret, { value: expander.expandSecret(secret), hidden: !options.viewValue }),
    ),
  };
}

/** Whether a secret has any of the tags and all of the metadata pairs. */
function matches({ tags, secretMetadata }: Secret, { tagSlugs, metadataFilter }: ListOptions): boolean {
  const tagged = !tagSlugs || tags.some(({ slug }) => tagSlugs.includes(slug));
  return (
    tagged &&
    metadataFilter.every(({ key, value }) =>
      secretMetadata.some((entry) => entry.key === key && entry.value === value),
    )
  );
}
