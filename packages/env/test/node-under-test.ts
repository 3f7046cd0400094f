/** The Node that runs the programs of these tests: that of NODE_UNDER_TEST, or the one that runs the tests. */
export const nodeUnderTest = process.env["NODE_UNDER_TEST"] ?? process.execPath;
