// SPDX-License-Identifier: GPL-3.0-or-later
// The same as everywhere else: the exported functions, the types, the bytes of
// the command line, the golden files of tests/cases.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
    existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import * as ctgsched from '../lib/index.js';
import { PACKAGE, ROOT, cli, example, plan as served, town } from
    './support.mjs';

const { InfeasibleError, Problem, Solver } = ctgsched;
const CASES = join(ROOT, 'tests', 'cases');

// Exported functions that the addon does not call: name to reason.
const later = 'not bound yet: ctgsched diff and compare --json have it';
const UNBOUND = {
    ctg_compare: later,
    ctg_diff_about: later,
    ctg_diff_create: later,
    ctg_diff_duty: later,
    ctg_diff_free: later,
    ctg_diff_goal: later,
    ctg_diff_move: later,
};

function exported() {
    return readFileSync(join(ROOT, 'tests', 'abi', 'exports.txt'), 'utf8')
        .split('\n').filter((line) => line.startsWith('ctg_'));
}

test('every exported function is called, or a reason is given', () => {
    const addon = join(PACKAGE, 'build', 'ctgsched.node');
    const done = spawnSync('nm', ['-D', '--undefined-only', addon],
        { encoding: 'utf8' });
    assert.equal(done.status, 0, done.stderr);
    const bound = done.stdout.match(/\bctg_\w+/g).sort();
    assert.deepEqual([...bound, ...Object.keys(UNBOUND)].sort(), exported());
});

test('every function of the addon is used', () => {
    const addon = createRequire(import.meta.url)('../build/ctgsched.node');
    const code = readdirSync(join(PACKAGE, 'lib'))
        .filter((name) => name.endsWith('.js'))
        .map((name) => readFileSync(join(PACKAGE, 'lib', name), 'utf8')).join();
    const used = new Set([...code.matchAll(/\bnative\.(\w+)(?=[(,])/g),
        ...code.match(/const \{([^}]*)\} = native;/)[1].matchAll(/(\w+)/g)]
        .map(([, name]) => name));
    assert.deepEqual([...used].sort(), Object.keys(addon).sort());
});

test('types declare what is there', () => {
    const types = readFileSync(join(PACKAGE, 'lib', 'index.d.ts'), 'utf8');
    const names = [...types.matchAll(
        /^export (?:class|function|const) (\w+)/gm)].map(([, name]) => name);
    assert.deepEqual([...new Set(names)].sort(), Object.keys(ctgsched)
        .filter((name) => name !== 'default').sort());
    for (const [, name, body] of types.matchAll(
        /^export class (\w+)[^{]*\{\n(.*?)\n\}/gms)) {
        const declared = new Set([...body.matchAll(
            /^ {4}(?:static |get |readonly )*(\w+)[(?:]/gm)].map(
            ([, member]) => member));
        const Class = ctgsched[name];
        for (const member of [...Object.getOwnPropertyNames(Class),
            ...Object.getOwnPropertyNames(Class.prototype)])
            assert.ok(declared.has(member) || ['length', 'name', 'prototype',
                'constructor'].includes(member), `${name}.${member}`);
        for (const member of declared)
            assert.ok(member in Class || member in Class.prototype ||
                new RegExp(`this\\.${member} = `).test(readFileSync(join(
                    PACKAGE, 'lib', fileOf(name)), 'utf8')) ||
                member === 'constructor', `${name}.${member}`);
    }
});

function fileOf(name) {
    if (name.endsWith('Error'))
        return 'native.js';
    return name === 'Run' ? 'solver.js' : `${name.toLowerCase()}.js`;
}

test('types are right where there is a TypeScript compiler', (context) => {
    const found = spawnSync('tsc', ['--version']);
    if (found.error) {
        context.skip('no tsc');
        return;
    }
    const folder = mkdtempSync(join(tmpdir(), 'ctgsched-'));
    const file = join(folder, 'use.mts');
    writeFileSync(file, `import { Problem, Solver } from
        '${join(PACKAGE, 'lib', 'index.js')}';
        const problem: Problem = await Problem.load('a.json');
        const run = new Solver({ workLimit: '1k' }).start(problem);
        for await (const event of run)
            if (event.value !== null && event.value > 3) run.cancel();
        const plan = await run.result();
        const free: number[] = plan.coverage.map((one) => one.free);
        console.log(free, (await plan.tables())['waiting']);\n`);
    const done = spawnSync('tsc', ['--noEmit', '--strict', '--target',
        'es2022', '--module', 'node16', '--types', '', file],
    { encoding: 'utf8' });
    rmSync(folder, { recursive: true });
    assert.equal(done.status, 0, done.stdout);
});

async function samePlan(path, limit) {
    const problem = await Problem.load(path);
    let found;
    try {
        found = await new Solver({ workLimit: limit }).solve(problem);
    } catch (error) {
        assert.ok(error instanceof InfeasibleError, error);
        return false;
    }
    assert.equal(found.text, cli('solve', path, '--work-limit', limit), path);
    return true;
}

test('examples have the plans of the command line', async () => {
    for (const [name, limit] of [['commune', 50_000], ['mercredi', 5_000],
        ['clas-permanences', 5_000]])
        assert.ok(await samePlan(example(name), limit));
});

for (const kind of ['valid', 'warning'])
    test(`${kind} cases have the plans of the command line`, async () => {
        let n = 0;
        for (const name of readdirSync(join(CASES, kind)).sort()) {
            const path = join(CASES, kind, name, 'problem.json');
            if (existsSync(path))
                n += await samePlan(path, 2_000);
        }
        assert.ok(n > 5, `${n} plans`);
    });

test('golden faults', () => {
    const names = readdirSync(join(CASES, 'invalid')).sort();
    assert.ok(names.length > 50);
    for (const name of names) {
        const folder = join(CASES, 'invalid', name);
        const expected = JSON.parse(readFileSync(
            join(folder, 'expect.json'), 'utf8'));
        const { faults } = Problem.lintSync(readFileSync(
            join(folder, 'problem.json')));
        const errors = faults.filter(({ severity }) => severity === 'error')
            .slice(0, expected.length);
        assert.deepEqual(errors.map((one, i) => Object.fromEntries(
            Object.keys(expected[i]).map((key) => [key, one[key]]))),
        expected, name);
    }
});

test('slots, headroom and tables are those of the command line', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ctgsched-'));
    const file = join(folder, 'plan.json');
    const plan = await new Solver({ workLimit: '20k' }).solve(
        await Problem.load(example('commune')));
    writeFileSync(file, plan.text);
    const asked = (verb, ...words) => JSON.parse(cli(
        verb, example('commune'), file, ...words, '--json'));
    const { slots } = asked('slots', '--date', '2026-09-10', '--age', '14mo',
        '--min', '2h');
    assert.deepEqual((await plan.slots(
        { date: '2026-09-10', ageMonths: 14, leastMinutes: 120 }))
        .map((one) => [one.structure, one.mostMinutes]),
    slots.map((one) => [one.structure, one.most_minutes]));
    const { headroom } = asked('headroom');
    assert.deepEqual((await plan.headroom()).map(
        (one) => [one.structure, one.date, one.more, one.binds]),
    headroom.map((one) => [one.structure, one.date, one.more, one.binds]));
    const { tables } = asked('report');
    const clock = (minute) => `${String(Math.floor(minute / 60))
        .padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
    for (const [name, rows] of Object.entries(await plan.tables()))
        assert.deepEqual(rows.map((row, i) => Object.fromEntries(
            Object.entries(row).map(([key, value]) => [key,
                typeof tables[name][i][key] === 'string' &&
                typeof value === 'number' ? clock(value) : value]))),
        tables[name], name);
    rmSync(folder, { recursive: true });
});

test('a hand-made plan is judged as by the command line', () => {
    const folder = mkdtempSync(join(tmpdir(), 'ctgsched-'));
    const write = (name, value) => {
        writeFileSync(join(folder, name), JSON.stringify(value));
        return join(folder, name);
    };
    const told = JSON.parse(cli('check', write('p.json', town()),
        write('plan.json', served('r1', 'r2')), '--json'));
    const mine = Problem.parseSync(town()).judgeSync(served('r1', 'r2'));
    assert.deepEqual(mine.breaches.map(({ rule, message }) => [rule, message]),
        told.breaches.map(({ rule, message }) => [rule, message]));
    rmSync(folder, { recursive: true });
});
