import { writeFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { buildPreload, startApplications } from "./start-applications.ts";

buildPreload();

const secrets = { DATABASE_URL: "postgres://shop:hunter2000@db", PORT: "8080" };
const printed = `${JSON.stringify({ url: secrets.DATABASE_URL, port: 8080 })}\n`;

/** Applications that read the variables as they do with a `.env` file. */
const applications = {
  "t3-env": `
    import { createEnv } from "@t3-oss/env-core";
    import { z } from "zod-4";
    const server = { DATABASE_URL: z.url(), PORT: z.coerce.number() };
    const env = createEnv({ server, runtimeEnv: process.env });
    console.log(JSON.stringify({ url: env.DATABASE_URL, port: env.PORT }));
  `,
  envalid: `
    import { cleanEnv, port, url } from "envalid";
    const env = cleanEnv(process.env, { DATABASE_URL: url(), PORT: port() });
    console.log(JSON.stringify({ url: env.DATABASE_URL, port: env.PORT }));
  `,
  znv: `
    import { parseEnv, port } from "znv";
    import { z } from "zod";
    const env = parseEnv(process.env, { DATABASE_URL: z.string().url(), PORT: port() });
    console.log(JSON.stringify({ url: env.DATABASE_URL, port: env.PORT }));
  `,
  "@nestjs/config": `
    import "reflect-metadata";
    import { NestFactory } from "@nestjs/core";
    import { ConfigModule, ConfigService } from "@nestjs/config";
    const loadSecrets = async () => (await (await import(process.env.ENV_INDEX)).loadEnv()).env;
    const imports = [await ConfigModule.forRoot({ load: [loadSecrets], ignoreEnvFile: true })];
    class AppModule {}
    const module = { module: AppModule, imports };
    const application = await NestFactory.createApplicationContext(module, { logger: false });
    const config = application.get(ConfigService);
    console.log(JSON.stringify({ url: config.get("DATABASE_URL"), port: Number(config.get("PORT")) }));
    await application.close();
  `,
  "instrumentation.ts of Next.js": `
    async function register() {
      if (process.env.NEXT_RUNTIME !== "nodejs") return;
      const { loadEnv } = await import(process.env.ENV_INDEX);
      await loadEnv({ writeTo: true });
    }
    process.env.NEXT_RUNTIME = "nodejs";
    await register();
    console.log(JSON.stringify({ url: process.env.DATABASE_URL, port: Number(process.env.PORT) }));
  `,
};

test.each(Object.entries(applications))("%s gets the secrets", async (name, program) => {
  const { run, preload } = await startApplications(secrets, { "app.mjs": program });
  // These two load by themselves; `ENV_INDEX` stands for the package's name.
  const loads = program.includes("ENV_INDEX");
  const variables = { ENV_INDEX: preload.replace("preload.mjs", "index.mjs") };
  const ended = await run({ variables, withPreload: !loads });
  expect(ended, name).toMatchObject({ code: 0, stdout: printed });
});

test("a dotenv file comes first: with --env-file, and with dotenv's own preload", async () => {
  const { run, folder } = await startApplications(secrets, {
    "app.mjs": "console.log(process.env.PORT, process.env.DATABASE_URL);",
  });
  await writeFile(`${folder}/.env`, "PORT=3000\nDOTENV_CONFIG_QUIET=true\n");
  const expected = `3000 ${secrets.DATABASE_URL}\n`;
  const byNode = await run({ args: ["--env-file=.env"] });
  expect(byNode).toMatchObject({ code: 0, stdout: expected });
  const byDotenv = await run({
    args: ["--import", "dotenv/config"],
    variables: { DOTENV_CONFIG_QUIET: "true" },
  });
  expect(byDotenv).toMatchObject({ code: 0, stdout: expected });
});

test("the configuration is found above the working directory, in each of its forms", async () => {
  const program = { "app.mjs": "console.log(process.env.PORT);" };
  const forms = {
    "infisical.config.json": `{ "environment": "dev" }`,
    "infisical.config.cjs": `module.exports = { environment: "dev" };`,
    "infisical.config.mjs": `export default { environment: "dev" };`,
    "infisical.config.ts": `const environment: string = "dev"; export default { environment };`,
  };
  for (const [file, text] of Object.entries(forms)) {
    const { run } = await startApplications(secrets, { ...program, [file]: text });
    const ended = await run({ variables: { INFISICAL_ENVIRONMENT: undefined } });
    expect(ended, file).toMatchObject({ code: 0, stdout: "8080\n" });
    const other = await run({ variables: { INFISICAL_ENVIRONMENT: "prod" } });
    expect(other, `${file}: the variable counts first`).toMatchObject({ code: 0, stdout: "undefined\n" });
  }
});
