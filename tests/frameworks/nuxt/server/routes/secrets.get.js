/** Shows what arrived: for the tests only. */
export default defineEventHandler((event) => {
  const { API_KEY, PRIVATE_KEY } = process.env;
  const { databaseUrl, title } = useRuntimeConfig(event);
  return { API_KEY, PRIVATE_KEY, NUXT_DATABASE_URL: databaseUrl, NUXT_TITLE: title };
});
