// SPDX-License-Identifier: GPL-3.0-or-later
// So many times from text to plan and back, for valgrind to look at:
//
//     node --expose-gc test/cycles.mjs 1000
import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { InputError, Problem, Solver } from '../lib/index.js';
import { town } from './support.mjs';

/** What the collector finds is freed when the loop comes round. */
async function collect() {
    for (let i = 0; i < 3; i++) {
        globalThis.gc();
        await setImmediate();
    }
}

async function cycle(text) {
    const problem = await Problem.parse(text);
    let nEvents = 0;
    const plan = await new Solver().solve(problem, {
        onEvent() { nEvents++; },
    });
    assert.ok(nEvents > 0);
    const asked = { date: '2026-09-07', ageMonths: 20 };
    assert.equal((await plan.slots(asked)).length, 3);
    assert.equal(plan.coverage.length, 25);
    assert.equal(problem.judgeSync(plan.text).text, plan.text);
    await assert.rejects(Problem.parse(text.slice(1)), InputError);
}

const text = JSON.stringify(town());
for (let i = 0; i < Number(process.argv[2]); i++) {
    await cycle(text);
    if (i % 50 === 0)
        await collect();
}
await collect();
