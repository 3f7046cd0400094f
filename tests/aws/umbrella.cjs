const { InfisicalSDK } = require("@infisical/sdk");

// Run as a program of its own, as it is and bundled: logs in with AWS IAM and counts the secrets.
async function main() {
  const client = new InfisicalSDK({ siteUrl: process.env["INFISICAL_SITE_URL"] });
  await client.auth().awsIamAuth.login();
  const projectId = process.env["INFISICAL_PROJECT_ID"] ?? "";
  const { secrets } = await client.secrets().listSecrets({ projectId, environment: "dev" });
  process.stdout.write(`${secrets.length}`);
}

module.exports = main();
