const { InfisicalSDK } = require("@infisical/sdk");

/** How many files of the AWS packages this process has loaded. */
const loaded = () => Object.keys(require.cache).filter((file) => /auth-aws|aws-sdk|smithy/.test(file)).length;

async function main() {
  const client = new InfisicalSDK({ siteUrl: process.env["INFISICAL_SITE_URL"] });
  client.auth().accessToken("token");
  const before = loaded();
  await client.auth().awsIamAuth.login();
  process.stdout.write(`${before} before, ${loaded()} after`);
}

module.exports = main();
