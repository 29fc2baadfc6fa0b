// Programs that test with the package: in the default mode of Jest, which is CommonJS, and in the environments of Vitest.

import { test } from "node:test";
import { run, tool } from "./support/processes.mjs";
import { project } from "./support/projects.mjs";

for (const environment of ["node", "jsdom"]) {
  test(`Jest in its default mode: ${environment}`, async () => {
    await run(await project(["jest"]), tool("jest"), "--rootDir=.", "--config={}", `--env=${environment}`);
  });
}

for (const environment of ["node", "jsdom", "happy-dom"]) {
  test(`Vitest: ${environment}`, async () => {
    await run(await project(["vitest"]), tool("vitest"), "run", "--root=.", `--environment=${environment}`);
  });
}
