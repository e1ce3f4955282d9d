// SPDX-License-Identifier: GPL-3.0-or-later
// Solving: options, events, every way to end it, threads.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readFile } from 'node:fs/promises';
import {
    CtgError, InfeasibleError, NoPlanError, Problem, Solver, optionTable,
} from '../lib/index.js';
import {
    SOON, contradiction, crowded, example, joint, plan, town,
} from './support.mjs';

const small = Problem.parseSync(town());
const big = Problem.parseSync(crowded());
const commune = Problem.loadSync(example('commune'));

function kinds(events) {
    return events.map(({ kind, value, bound, work }) => (
        { kind, value, bound, work }));
}

test('options have the names of the table', async () => {
    const camel = (name) => name.replace(/_[a-z]/g,
        ([, letter]) => letter.toUpperCase());
    const all = Object.fromEntries(optionTable().map(
        (one) => [camel(one.name), one.default]));
    assert.deepEqual(Object.keys(all), ['gap', 'timeLimit', 'workLimit',
        'memoryLimit', 'threads', 'proveTies', 'maxChanges', 'decide']);
    const found = await new Solver(all).solve(small);
    assert.equal(found.goal('points').value, 7);
    const types = await readFile(new URL('../lib/index.d.ts', import.meta.url),
        'utf8');
    const [, declared] = types.match(/interface Options \{(.*?)\n\}/s);
    assert.deepEqual([...declared.matchAll(/^ {4}(\w+)\?:/gm)].map(
        ([, name]) => name), Object.keys(all));
});

test('options by number, text, flag and big number', async () => {
    for (const options of [{ threads: 2 }, { threads: '2' },
        { workLimit: 10n ** 9n }, { proveTies: true }, { gap: 0.5 },
        { timeLimit: undefined }])
        assert.equal((await new Solver(options).solve(small))
            .goal('points').value, 7);
});

test('options out of bounds are refused', () => {
    for (const wrong of [{ gap: 2 }, { gap: 'x' }, { threads: 9 },
        { threads: 2 ** 40 }, { workLimit: -1 }, { workLimit: '3q' },
        { timeLimit: NaN }, { thread: 2 }])
        assert.throws(() => new Solver(wrong),
            { code: 'E-OPTION', name: 'CtgError' }, JSON.stringify(wrong));
});

test('one side alone needs a plan', async () => {
    const problem = Problem.parseSync(joint());
    await assert.rejects(new Solver({ decide: 'agents' }).solve(problem),
        { code: 'E-BASE' });
    const base = await new Solver({ decide: 'children-then-agents' })
        .solve(problem);
    assert.equal(base.result.stop, 'method');
    const again = await new Solver({ decide: 'children' })
        .solve(problem, { base });
    assert.deepEqual(again.duties, base.duties);
});

test('work limit gives the same bytes', async () => {
    const one = await new Solver({ workLimit: '20k' }).solve(commune);
    const two = await new Solver({ workLimit: 20_000, threads: 2 })
        .solve(commune);
    assert.equal(one.text, two.text);
    assert.deepEqual([one.result.stop, one.result.verdict],
        ['work', 'feasible']);
    assert.ok(one.result.work > 0 && one.result.peakBytes > 0);
});

test('a base is never made worse', async () => {
    const base = await new Solver({ workLimit: '20k' }).solve(commune);
    const after = await new Solver({ workLimit: 1 }).solve(commune, { base });
    assert.ok(after.goal('points').value >= base.goal('points').value);
});

test('a base that breaks rules, or is of another problem', async () => {
    const broken = small.judgeSync(plan('r1', 'r2'));
    await assert.rejects(new Solver().solve(small, { base: broken }),
        { status: 5 });
    const other = await new Solver({ workLimit: 1 }).solve(commune);
    await assert.rejects(new Solver().solve(small, { base: other }),
        { status: 2 });
    await assert.rejects(new Solver().solve(small, { base: small }),
        TypeError);
    await assert.rejects(new Solver().solve('town'), TypeError);
});

test('infeasible names what contradicts', async () => {
    await assert.rejects(
        new Solver().solve(Problem.parseSync(contradiction())), (error) => {
            assert.ok(error instanceof InfeasibleError &&
                error instanceof NoPlanError && error instanceof CtgError);
            assert.equal(error.result.verdict, 'infeasible');
            assert.ok(error.conflicts.length > 0);
            assert.ok(error.message.includes(error.conflicts[0]));
            return true;
        });
});

test('no memory is no plan', async () => {
    await assert.rejects(new Solver({ memoryLimit: 1000 }).solve(commune),
        (error) => error instanceof NoPlanError &&
            error.result.stop === 'memory');
});

test('events by callback come in order', async () => {
    const events = [];
    await new Solver({ workLimit: '20k' }).solve(commune,
        { onEvent: (event) => events.push(event) > 1e9 });
    const found = new Set(events.map(({ kind }) => kind));
    assert.deepEqual([...found].sort(), ['bound', 'incumbent', 'phase']);
    const work = events.map((one) => one.work);
    assert.deepEqual(work, [...work].sort((a, b) => a - b));
});

test('events by iterator are those of the callback', async () => {
    const told = [], events = [];
    await new Solver({ workLimit: '20k' }).solve(commune,
        { onEvent: (event) => { told.push(event); } });
    const run = new Solver({ workLimit: '20k' }).start(commune);
    for await (const event of run)
        events.push(event);
    for await (const event of run)
        assert.fail(`${event.kind} after the end`);
    assert.deepEqual(kinds(events), kinds(told));
    assert.ok(run.isOver);
    assert.equal((await run.result()).result.stop, 'work');
});

test('leaving a loop leaves the solve, and another loop goes on', async () => {
    const run = new Solver().start(big);
    for await (const event of run) {
        assert.equal(event.work, 0);
        break;
    }
    assert.equal(run.isOver, false);
    for await (const event of run)
        if (event.work > 0)
            run.cancel();
    assert.equal((await run.result()).result.stop, 'interrupted');
});

test('cancel keeps the best plan', { timeout: SOON }, async () => {
    const run = new Solver().start(big);
    for await (const event of run)
        if (event.kind === 'incumbent')
            run.cancel();
    const found = await run.result();
    assert.equal(found.result.stop, 'interrupted');
    assert.equal(found.isAccepted, true);
    assert.equal(run.cancel(), false);
});

test('a callback ends a solve', { timeout: SOON }, async () => {
    const found = await new Solver().solve(big,
        { onEvent: ({ kind }) => kind === 'incumbent' });
    assert.equal(found.result.stop, 'interrupted');
});

test('what a callback throws arrives', { timeout: SOON }, async () => {
    await assert.rejects(new Solver().solve(big,
        { onEvent() { throw new RangeError('mine'); } }),
        { name: 'RangeError', message: 'mine' });
});

test('a signal ends a solve with its reason', { timeout: SOON }, async () => {
    const controller = new AbortController();
    const onEvent = () => { controller.abort(); };
    await assert.rejects(
        new Solver().solve(big, { signal: controller.signal, onEvent }),
        { name: 'AbortError' });
    await assert.rejects(
        new Solver().solve(small, { signal: controller.signal }),
        { name: 'AbortError' });
    assert.throws(
        () => new Solver().start(small, { signal: controller.signal }),
        { name: 'AbortError' });
    const run = new Solver().start(big, { signal: AbortSignal.timeout(50) });
    await assert.rejects(run.result(), { name: 'TimeoutError' });
});

test('a signal that never comes changes nothing', async () => {
    const { signal } = new AbortController();
    const found = await new Solver().solve(small, { signal });
    assert.equal(found.result.verdict, 'optimal');
});

test('two solves of one solver work at the same time', { timeout: SOON },
    async () => {
        const solver = new Solver();
        const runs = [solver.start(big), solver.start(big)];
        for (const run of runs) // both began, and neither ended
            for await (const event of run)
                if (event.work > 0)
                    break;
        assert.deepEqual(runs.map((run) => run.isOver), [false, false]);
        for (const run of runs)
            run.cancel();
        for (const run of runs)
            assert.equal((await run.result()).result.stop, 'interrupted');
    });

test('the loop and its pool are free during solves', { timeout: SOON },
    async () => {
        // libuv has 4 threads for files; 6 solves would hold them all.
        const runs = Array.from({ length: 6 }, () => new Solver().start(big));
        assert.ok((await readFile(example('commune'))).length > 0);
        assert.deepEqual(runs.map((run) => run.isOver),
            runs.map(() => false));
        for (const run of runs)
            run.cancel();
        await Promise.all(runs.map((run) => run.result().catch(
            (error) => assert.ok(error instanceof NoPlanError))));
    });
