// SPDX-License-Identifier: GPL-3.0-or-later
// What a plan could give to a request, and who could take a place.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { Problem, Solver } from '../lib/index.js';
import { cli, example, plan as served, town } from './support.mjs';

let problem, plan;

before(async () => {
    problem = Problem.parseSync(town());
    plan = await new Solver().solve(problem);
});

test('an offer that displaces names who and what', async () => {
    const [offer, ...more] = await plan.offers('r2');
    assert.deepEqual(more, []);
    const { goals, blocks, ...rest } = offer;
    assert.deepEqual(rest, {
        option: 'o1', structure: 's1', rank: 1, kind: 'displaces',
        other: 'r1', otherOption: null,
    });
    assert.deepEqual(goals[0], {
        name: 'points', unit: 'points', sense: 'max', before: 7, after: 5,
        weight: 1, isPart: false,
    });
    assert.equal(blocks.length, 5);
    assert.equal(blocks[0].breach.rule, 'places');
    assert.ok(blocks.every(({ holders }) => holders.join() === 'r1'));
    assert.deepEqual(plan.offersSync('r2'), [offer]);
});

test('an offer that is free has no block', () => {
    const [offer] = problem.judgeSync(served('r3')).offersSync('r2');
    assert.deepEqual([offer.kind, offer.blocks, offer.other],
        ['free', [], null]);
    assert.deepEqual([offer.goals[0].before, offer.goals[0].after], [2, 5]);
});

test('an offer that was not searched is blocked', () => {
    const [offer] = plan.offersSync('r2', { searched: 0 });
    assert.deepEqual([offer.kind, offer.other, offer.goals],
        ['blocked', null, []]);
});

test('a place that is freed is for who waits', async () => {
    const [fill, ...more] = await plan.fill({ freed: 'r1' });
    assert.deepEqual(more, []);
    const { goals, ...rest } = fill;
    assert.deepEqual(rest, {
        request: 'r2', child: 'c2', option: 'o1', structure: 's1', points: 3,
        rank: 1, optionRank: 1,
    });
    assert.deepEqual([goals[0].before, goals[0].after], [2, 5]);
    assert.deepEqual(plan.fillSync({ freed: 'r3' }), []);
    assert.deepEqual(plan.fillSync(), []);
    assert.deepEqual(plan.fillSync({
        structure: 's1', freed: 'r1', first: '2026-09-08', last: '2026-09-08',
        begin: 540, end: 600, inTurn: true,
    }), [fill]);
    assert.deepEqual(plan.fillSync({ freed: 'r1', begin: 720 }), []);
});

test('questions that cannot be are refused', async () => {
    for (const ask of [() => plan.offersSync('r9'),
        () => plan.offersSync('r2', { searched: 501 }),
        () => plan.fillSync({ structure: 'none' }),
        () => plan.fillSync({ freed: 'r2' }),
        () => plan.fillSync({ first: '2030-01-01' }),
        () => plan.fillSync({ begin: 600, end: 600 })])
        assert.throws(ask, { code: 'E-SLOT' });
    const broken = problem.judgeSync(served('r1', 'r2'));
    await assert.rejects(broken.offers('r3'), { code: 'E-BASE' });
    await assert.rejects(broken.fill(), { code: 'E-BASE' });
    assert.throws(() => plan.offersSync(3), TypeError);
});

test('the same as the command line', async () => {
    const commune = await Problem.load(example('commune'));
    const found = await new Solver({ workLimit: '20k' }).solve(commune);
    const folder = mkdtempSync(join(tmpdir(), 'ctgsched-'));
    const file = join(folder, 'plan.json');
    writeFileSync(file, found.text);
    const asked = (verb, ...words) => JSON.parse(cli(
        verb, example('commune'), file, ...words, '--json'))[verb];
    for (const { request } of [...found.waiting.slice(0, 2),
        ...found.waiting.slice(-2)])
        assert.deepEqual((await found.offers(request)).map((one) => [
            one.option, one.kind, one.other ?? undefined,
            one.goals.map(({ after }) => after)]),
        asked('offers', '--request', request).map((one) => [
            one.option, one.kind, one.other,
            one.goals.map(({ after }) => after)]));
    const freed = found.placements.at(-1).request;
    assert.deepEqual((await found.fill({ freed })).map(
        (one) => [one.request, one.option, one.rank]),
    asked('fill', '--freed', freed).map(
        (one) => [one.request, one.option, one.rank]));
    rmSync(folder, { recursive: true });
});
