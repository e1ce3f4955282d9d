// SPDX-License-Identifier: GPL-3.0-or-later
// Judged plans: rows, texts, questions, tables.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { InputError, Problem, Solver } from '../lib/index.js';
import { joint, plan as served, town } from './support.mjs';

let problem, plan;

before(async () => {
    problem = Problem.parseSync(town());
    plan = await new Solver().solve(problem);
});

test('rows of the small town', () => {
    assert.deepEqual(plan.placements, ['1', '3'].map((n) => ({
        request: `r${n}`, child: `c${n}`, option: 'o1', structure: 's1',
        rank: 1,
    })));
    assert.deepEqual(plan.waiting,
        [{ request: 'r2', child: 'c2', points: 3, rank: 1 }]);
    assert.equal(plan.goal('hours').value, 5 * (180 + 240));
    assert.ok(plan.goals.every((one) => one.isProven && one.gap === 0));
    assert.deepEqual([plan.status, plan.stop, plan.result.verdict],
        ['optimal', 'optimal', 'optimal']);
    assert.equal(plan.goal('none'), undefined);
    assert.equal(plan.problem, problem);
    assert.equal(plan.placements, plan.placements);
    assert.deepEqual(plan.envy, []);
    assert.deepEqual(plan.shortages, []);
});

test('info counts what the rows have', () => {
    const { info } = plan;
    assert.deepEqual(
        [info.nPlacements, info.nWaiting, info.nGoals, info.nCoverage],
        [plan.placements, plan.waiting, plan.goals, plan.coverage].map(
            (rows) => rows.length));
});

test('coverage counts the children present', () => {
    assert.deepEqual(plan.coverage[0], {
        structure: 's1', date: '2026-09-07', begin: 480, end: 540, present: 0,
        places: 1, required: 0, counted: 0, free: 1, binds: 'none',
    });
    assert.deepEqual(plan.coverage.slice(0, 5).map(({ present }) => present),
        [0, 1, 0, 1, 0]);
});

test('tables of the small town', async () => {
    const tables = await plan.tables();
    assert.deepEqual(plan.tablesSync(), tables);
    assert.equal(Object.keys(tables).length, 19);
    assert.deepEqual(tables.occupancy_week, [{
        structure: 's1', week: '2026-W37', section: null,
        present_minutes: 2100, capacity_minutes: 3000, rate: 0.7,
    }]);
});

test('text is read again as the same plan', async () => {
    const again = await problem.judge(plan.text);
    assert.equal(again.text, plan.text);
    assert.equal(again.result, null);
    assert.ok(JSON.parse(plan.completeText).coverage.length > 0);
    assert.deepEqual(plan.toJSON().placements[0],
        { request: 'r1', option: 'o1' });
});

test('a bound that a plan does not state is null', () => {
    const [goal] = problem.judgeSync(served('r1')).goals;
    assert.deepEqual([goal.bound, goal.gap, goal.isProven],
        [null, null, false]);
});

test('a hand-made plan that breaks a rule', async () => {
    const broken = await problem.judge(served('r1', 'r2'));
    assert.equal(broken.isAccepted, false);
    const [breach] = broken.breaches;
    assert.deepEqual([breach.rule, breach.size], ['places', 1]);
    assert.deepEqual(breach.where, {
        structure: 's1', section: null, need: null, skill: null, request: null,
        resource: null, siblings: null, employee: null, manager: null,
        begin: 540, end: 720, date: '2026-09-07', week: null, month: null,
    });
    assert.throws(() => broken.slotsSync(
        { date: '2026-09-07', ageMonths: 20 }), { code: 'E-BASE' });
    await assert.rejects(broken.headroom(), { code: 'E-BASE', status: 5 });
    assert.equal(problem.judgeSync(served('r1')).isAccepted, true);
});

test('a plan of another problem is refused with its place', async () => {
    await assert.rejects(problem.judge(served('r1', 'nobody')), (error) => {
        assert.ok(error instanceof InputError);
        assert.equal(error.pointer, '/placements/1/request');
        return true;
    });
});

test('slots are what is left', async () => {
    const asked = { date: '2026-09-07', ageMonths: 20, leastMinutes: 60 };
    const free = await plan.slots(asked);
    assert.deepEqual(free.map(({ begin, end }) => [begin, end]),
        [[480, 540], [720, 780], [1020, 1080]]);
    assert.deepEqual(free[0], {
        structure: 's1', section: null, begin: 480, end: 540, mostMinutes: 60,
    });
    assert.deepEqual(
        plan.slotsSync({ ...asked, structure: 's1', walks: true }), free);
    assert.deepEqual(plan.slotsSync({ ...asked, leastMinutes: 61 }), []);
});

test('questions out of range are refused', async () => {
    const good = { date: '2026-09-07', ageMonths: 20 };
    for (const wrong of [{ date: '2027-01-01' }, { date: 'x' },
        { date: undefined }, { ageMonths: -1 }, { ageMonths: 2 ** 40 },
        { structure: 'none' }, { leastMinutes: 0 }]) {
        assert.throws(() => plan.slotsSync({ ...good, ...wrong }),
            { code: 'E-SLOT' });
        await assert.rejects(plan.slots({ ...good, ...wrong }),
            { code: 'E-SLOT' });
    }
    for (const wrong of [{ date: new Date() }, { date: 3 }, { structure: 3 },
        { ageMonths: '20' }, { ageMonths: 1.5 }, { structure: 's\0' }])
        assert.throws(() => plan.slotsSync({ ...good, ...wrong }), TypeError);
    assert.throws(() => plan.headroomSync({ structure: 'none' }),
        { code: 'E-SLOT' });
});

test('headroom tells what binds', async () => {
    const rows = await plan.headroom({ structure: 's1', date: '2026-09-07' });
    assert.deepEqual(rows[0], {
        structure: 's1', date: '2026-09-07', section: null, classId: null,
        begin: 480, end: 540, more: 1, binds: 'seats',
    });
    assert.equal(plan.headroomSync().length, 5 * rows.length);
});

test('duties have their parts', async () => {
    const { duties } = await new Solver().solve(Problem.parseSync(joint()));
    assert.deepEqual(duties, [{
        employee: 'e', shift: 'late', structure: 's1', date: '2026-09-07',
        begin: 720, end: 1080, minutes: 360, parts: [{
            structure: 's1', what: 'children', begin: 720, end: 1080,
        }],
    }]);
});
