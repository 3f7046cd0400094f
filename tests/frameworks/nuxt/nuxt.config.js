export default defineNuxtConfig({
  compatibilityDate: "2026-01-01",
  telemetry: false,
  // Filled at run time by NUXT_DATABASE_URL and NUXT_TITLE.
  runtimeConfig: { databaseUrl: "", title: "" },
});
