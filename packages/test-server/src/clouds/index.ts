export {
  createTestInstanceMetadata,
  type TestInstanceMetadata,
  type TestInstanceMetadataOptions,
} from "./instance-metadata.ts";
