// Reads a report of vitest or Playwright; prints "PASSED FAILED", and adds to a file how long each test took.
//   node tests/lib/report.mjs vitest|walk REPORT TOOK
import { appendFileSync, readFileSync } from 'node:fs';

const [kind, report, took] = process.argv.slice(2);
const r = JSON.parse(readFileSync(report, 'utf8'));
const walked = (suite) => [
  ...(suite.specs ?? []).map((spec) => ({ ms: spec.tests.flatMap((t) => t.results).reduce((sum, each) => sum + each.duration, 0), name: `${spec.file}: ${spec.title}` })),
  ...(suite.suites ?? []).flatMap(walked),
];
const kinds = {
  vitest: () => ({
    counts: [r.numPassedTests, r.numFailedTests],
    tests: r.testResults.flatMap((file) => file.assertionResults.map((t) => ({ ms: t.duration ?? 0, name: `${file.name.split('/').pop()}: ${t.fullName}` }))),
  }),
  // A test that failed first and passed when repeated has failed.
  walk: () => ({ counts: [r.stats.expected, r.stats.unexpected + r.stats.flaky + r.errors.length], tests: r.suites.flatMap(walked) }),
};
const { counts, tests } = kinds[kind]();
if (!(counts[0] + counts[1] > 0)) process.exit(1);
appendFileSync(took, tests.map((t) => `${Math.round(t.ms)}\tweb\t${t.name}\n`).join(''));
console.log(...counts);
