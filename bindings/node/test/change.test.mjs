// SPDX-License-Identifier: GPL-3.0-or-later
// Changes, floor plans, and plans made anew.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { InputError, Problem, Solver } from '../lib/index.js';
import { SOON, cli, crowded, example, request, town } from './support.mjs';

function changes(...them) {
    return { schema: 'ctgsched/change/1', changes: them };
}

// The place is r1's in the morning and r3's in the afternoon; r2 waits. Without
// r3 a newcomer may have the afternoon.
const WITHOUT_R3 = changes({ op: 'request_withdrawn', request: 'r3' });
const NEWCOMER = changes({
    op: 'booked', request: request(9, 0, '14:00', '15:00'),
    child: { id: 'c9', birth: '2025-01-01' },
});

let problem, plan;

before(async () => {
    problem = Problem.parseSync(town());
    plan = await new Solver().solve(problem);
});

function served(solution) {
    return solution.placements.map((one) => one.request);
}

test('changes are made to a problem of its own', async () => {
    const { digest } = problem;
    const after = await problem.apply(WITHOUT_R3);
    assert.equal(after.info.nRequests, 2);
    assert.equal(problem.digest, digest);
    assert.notEqual(after.digest, digest);
    assert.equal(problem.applySync(JSON.stringify(WITHOUT_R3)).digest,
        after.digest);
});

test('changes that are refused have their place', async () => {
    const text = JSON.stringify(changes(
        { op: 'request_withdrawn', request: 'r1' },
        { op: 'request_withdrawn', request: 'r8' }));
    await assert.rejects(problem.apply(text), (error) => {
        assert.ok(error instanceof InputError);
        assert.deepEqual([error.code, error.pointer, error.line, error.column],
            ['E-REF', '/changes/1/request', 1, text.indexOf('"r8"') + 1]);
        return true;
    });
});

test('a plan is carried over without what went', async () => {
    const floor = await problem.applySync(WITHOUT_R3).carry(plan);
    assert.deepEqual(served(floor), ['r1']);
    assert.equal(floor.result, null);
    assert.deepEqual(problem.carrySync(plan).placements, plan.placements);
});

test('pins that contradict have no floor plan', async () => {
    const after = problem.applySync(changes(...['r1', 'r2'].map(
        (id) => ({ op: 'pinned', request: id, option: 'o1' }))));
    await assert.rejects(after.carry(plan), { status: 5 });
});

test('a replan serves who must be served', async () => {
    const after = problem.applySync(WITHOUT_R3).applySync(NEWCOMER);
    const found = await new Solver().replan(after, plan);
    assert.deepEqual(served(found), ['r1', 'r9']);
    const { verdict, isBudgetShort, leastBudget, leastBudgetBound } =
        found.result;
    assert.deepEqual([verdict, found.result.changes, isBudgetShort,
        leastBudget, leastBudgetBound], ['optimal', 0, false, null, null]);
});

test('as many are disturbed as may be', async () => {
    const after = problem.applySync(changes(
        { op: 'request_changed', request: 'r2', set: { points: 50 } }));
    const free = await new Solver().replan(after, plan);
    assert.deepEqual(served(free), ['r2', 'r3']);
    assert.ok(free.result.changes >= 1);
    const kept = await new Solver({ maxChanges: 0 }).replan(after, plan);
    assert.deepEqual(kept.placements, plan.placements);
    assert.equal(kept.result.changes, 0);
});

test('a replan needs both sides decided', async () => {
    await assert.rejects(
        new Solver({ decide: 'children' }).replan(problem, plan),
        { status: 2 });
});

test('a replan has events, and ends by a signal', { timeout: SOON },
    async () => {
        const big = Problem.parseSync(crowded());
        const told = await new Solver({ workLimit: 1 }).solve(big);
        const controller = new AbortController();
        const run = new Solver().startReplan(big, told,
            { signal: controller.signal });
        for await (const event of run)
            if (event.work > 0)
                controller.abort();
        await assert.rejects(run.result(), { name: 'AbortError' });
    });

test('the bytes of the command line', async () => {
    const commune = await Problem.load(example('commune'));
    const told = await new Solver({ workLimit: '20k' }).solve(commune);
    const made = changes({
        op: 'request_withdrawn', request: told.placements[3].request,
    });
    const after = commune.applySync(made);
    const folder = mkdtempSync(join(tmpdir(), 'ctgsched-'));
    const [file, events] = ['plan', 'events'].map(
        (name) => join(folder, `${name}.json`));
    writeFileSync(file, told.text);
    writeFileSync(events, JSON.stringify(made));
    assert.equal(cli('apply', example('commune'), '--events', events).trim(),
        after.text);
    for (const maxChanges of [-1, 0]) {
        const found = await new Solver({ workLimit: 20_000, maxChanges })
            .replan(after, told);
        assert.equal(found.text, cli('replan', example('commune'), file,
            '--events', events, '--work-limit', 20_000,
            '--max-changes', maxChanges));
    }
    rmSync(folder, { recursive: true });
});
