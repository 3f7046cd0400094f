import { InfisicalSDK, isInfisicalError } from "@infisical/sdk";
import { readSettings, SettingError } from "./settings.mjs";
import { createWorkplace } from "./workplace.mjs";

/** @typedef {import("./settings.mjs").Settings} Settings */

try {
  const settings = await readSettings();
  try {
    await run(settings);
  } finally {
    await settings.close();
  }
} catch (error) {
  console.error(`quickstart: ${explain(error)}`);
  process.exitCode = 1;
}

/** @param {Settings} settings */
async function run({ clientId, clientSecret, ...settings }) {
  const where = settings.real ? "your server" : "a test server of its own";
  console.log(`\nInfisical quickstart, on ${where} at ${settings.siteUrl}\n`);

  const client = new InfisicalSDK({ siteUrl: settings.siteUrl });
  await client.auth().universalAuth.login({ clientId, clientSecret });
  done("logged in", "with Universal Auth");

  const workplace = await createWorkplace(client, { clientId, clientSecret, ...settings });
  try {
    await useSecrets(client, workplace, settings);
  } finally {
    await workplace.remove();
  }
  done("tidied up", `${workplace.path} is gone`);
  console.log("\nThat is all there is to it. The code is in examples/quickstart.\n");
}

/**
 * @param {InfisicalSDK} client
 * @param {Awaited<ReturnType<typeof createWorkplace>>} workplace
 * @param {Pick<Settings, "projectId" | "environment">} settings
 */
async function useSecrets(client, workplace, { projectId, environment }) {
  const place = { projectId, environment, secretPath: workplace.path };

  await client.secrets().createSecret("DATABASE_PASSWORD", { ...place, secretValue: "correct-horse" });
  await client.secrets().createSecret("DATABASE_URL", {
    ...place,
    secretValue: "postgres://app:${DATABASE_PASSWORD}@db/app",
    secretComment: "refers to DATABASE_PASSWORD",
  });
  done("created", "DATABASE_PASSWORD, and DATABASE_URL, which refers to it");

  await workplace.importShared();
  await client.secrets().createSecret("SMTP_HOST", {
    ...place,
    secretPath: workplace.sharedPath,
    secretValue: "mail.example.com",
  });
  done("imported", `${workplace.sharedPath}, which holds SMTP_HOST`);

  const { secrets } = await client.secrets().listSecrets(place);
  done("listed", `${secrets.length} secrets of the folder itself:`);
  show(secrets);
  const all = await client.secrets().listSecretsWithImports(place);
  done("listed", `${all.length} secrets with the imported one:`);
  show(all);

  await client.secrets().updateSecret("DATABASE_PASSWORD", { ...place, secretValue: "battery-staple" });
  const url = await client.secrets().getSecret({ ...place, secretName: "DATABASE_URL" });
  done("updated", "DATABASE_PASSWORD; what refers to it has changed too:");
  show([url]);

  const imported = await client
    .secrets()
    .getSecret({ ...place, secretName: "SMTP_HOST", includeImports: true });
  done("read", "one secret, through the import:");
  show([imported]);

  await client.secrets().deleteSecret("DATABASE_URL", place);
  const left = await client.secrets().listSecrets(place);
  done("deleted", `DATABASE_URL; left: ${left.secrets.map(({ secretKey }) => secretKey).join(", ")}`);
}

/**
 * @param {string} step
 * @param {string} what
 */
function done(step, what) {
  console.log(`  ✓ ${step.padEnd(10)} ${what}`);
}

/**
 * Shows values, which only a demonstration may do: these are made up.
 *
 * @param {readonly { readonly secretKey: string, readonly secretValue: string }[]} secrets
 */
function show(secrets) {
  const width = Math.max(...secrets.map(({ secretKey }) => secretKey.length));
  for (const { secretKey, secretValue } of secrets) {
    console.log(`               ${secretKey.padEnd(width)} = ${secretValue}`);
  }
}

/** @param {unknown} error */
function explain(error) {
  if (error instanceof SettingError) return error.message;
  if (!isInfisicalError(error)) return error instanceof Error ? error.message : String(error);
  const message = error.message.replaceAll("\n", " ");
  if (error.code === "AUTH_FAILED") {
    return `INFISICAL_UNIVERSAL_AUTH_CLIENT_ID or INFISICAL_UNIVERSAL_AUTH_CLIENT_SECRET is wrong. ${message}`;
  }
  if (error.code === "INVALID_OPTION") return message.replace(/^siteUrl/, "INFISICAL_SITE_URL");
  if (["UNREACHABLE", "CONNECTION_LOST", "TIMEOUT", "REDIRECTED", "INVALID_RESPONSE"].includes(error.code)) {
    return `INFISICAL_SITE_URL is wrong, or there is no Infisical server. ${message}`;
  }
  if (["NOT_FOUND", "FORBIDDEN", "VALIDATION_FAILED"].includes(error.code)) {
    return `INFISICAL_PROJECT_ID or INFISICAL_ENVIRONMENT is wrong, or the identity lacks rights there. ${message}`;
  }
  return message;
}
