/** Exchanges that this server answers differently from the recorded one, each with the reason. */
export const deviations: Readonly<Record<string, string>> = {
  "022-list-after-failed-renew": "current servers renew without deleting the token",
  "266-update-comment-only-no-value": "current servers require no value in an update",
  "313-list-recursive-unknown-env": "a 500 there, which is a defect; empty lists here, as without recursive",
  "339-ref-get-REF_MISSING_FOLDER": "a 500 there, which is a defect; the reference stays unchanged here",
  "348-ref-get-REF_DOLLAR_VALUE":
    "dollar signs in a value were treated as patterns there, which is a defect; not here",
  "384-personal-create-by-user": "requires a human user's token",
  "385-personal-create-dup": "requires a human user's token",
  "387-personal-get-default-by-user": "requires a human user's token",
  "388-personal-get-by-user": "requires a human user's token",
  "390-personal-list-by-user": "requires a human user's token",
  "392-personal-update-by-user": "requires a human user's token",
  "394-personal-delete-by-user": "requires a human user's token",
  "395-personal-delete-again-by-user": "requires a human user's token",
  "401-batch-create-dup-inside": "two secrets with one name there, which is a defect; a 400 here",
  "414-batch-update-missing-one":
    "the message named the existing secret there, which is a defect; the missing one here",
  "417-batch-update-no-value": "current servers require no value in an update",
  "422-batch-delete-missing":
    "the message named the existing secret there, which is a defect; the missing one here",
  "447-dyn-create-ttl-25h": "current servers accept up to ten years",
  "461-dyn-create-provider-unknown": "current servers know more providers, and name them",
  "463-dyn-create-provider-sdk-newer-fields":
    "current servers validate passwordRequirements, and answer with 422",
  "476-lease-create-ttl-over-max": "current servers accept up to ten years",
  "487-lease-create-unlicensed-stock":
    "its license does not include dynamic secrets; the test server needs none",
  "527-kms-get-by-name-newer-sdk": "current servers have the route",
};
