// SPDX-License-Identifier: GPL-3.0-or-later
// Reading problems and rule packs.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import {
    CtgError, InputError, Problem, Solver, lintRules, lintRulesSync,
    processSeconds, rulePacks, statusText, version,
} from '../lib/index.js';
import { example, town } from './support.mjs';

const BROKEN = `{"schema": "ctgsched/problem/1",
 "id": 3, "children": 4, "requests": [],
 "horizon": {"first": "2026-09-07", "last": "2026-09-07"}, "structures": []}`;

test('object, text and bytes are one problem', async () => {
    const text = JSON.stringify(town());
    const bytes = new TextEncoder().encode(text);
    const digests = new Set();
    for (const source of [town(), text, bytes, Buffer.from(text),
        bytes.buffer, new Uint8Array([...bytes, 0]).subarray(0, -1)]) {
        digests.add((await Problem.parse(source)).digest);
        digests.add(Problem.parseSync(source).digest);
    }
    assert.equal(digests.size, 1);
    assert.match([...digests][0], /^sha256:[0-9a-f]{64}$/);
});

test('bytes may be changed while they are read', async () => {
    const bytes = Buffer.from(JSON.stringify(town()));
    const reading = Problem.parse(bytes);
    bytes.fill(0);
    assert.equal((await reading).digest, Problem.parseSync(town()).digest);
});

test('info tells the size', () => {
    const { info } = Problem.parseSync(town());
    assert.deepEqual(info, {
        id: 'tiny', seed: info.seed, firstDate: '2026-09-07',
        lastDate: '2026-09-11', nDays: 5, nStructures: 1, nChildren: 3,
        nRequests: 3, nOptions: 3, nGoals: info.nGoals, nPacks: 0,
    });
});

test('canonical text is the same problem', () => {
    const problem = Problem.parseSync(town());
    assert.equal(Problem.parseSync(problem.text).digest, problem.digest);
    assert.equal(Problem.parseSync(problem.toJSON()).digest, problem.digest);
    assert.equal(JSON.stringify(problem), problem.text);
});

test('text beyond ASCII comes back in the pointer', () => {
    const name = 'crèche \u{1f9f8}';
    const { faults } = Problem.lintSync({ [name]: 1 });
    assert.ok(faults.some(({ pointer }) => pointer === `/${name}`));
});

test('an error has code, pointer, line and column', async () => {
    const check = (error) => {
        assert.ok(error instanceof InputError && error instanceof CtgError &&
            error instanceof Error);
        assert.deepEqual([error.code, error.pointer, error.line, error.column],
            ['E-TYPE', '/id', 2, 8]);
        assert.equal(error.name, 'InputError');
        assert.equal(error.status, 3);
        assert.equal(statusText(3), 'the input is refused');
        assert.ok(error.faults.length > 1);
        assert.equal(error.faults[0].message, error.message);
        return true;
    };
    assert.throws(() => Problem.parseSync(BROKEN), check);
    await assert.rejects(Problem.parse(BROKEN), check);
});

test('lint counts and throws nothing', async () => {
    const found = Problem.lintSync(BROKEN);
    assert.equal(found.faults.length, found.nErrors + found.nWarnings);
    assert.ok(found.nErrors > 1);
    assert.deepEqual(await Problem.lint(BROKEN), found);
    assert.equal(Problem.lintSync(town()).nErrors, 0);
});

test('warnings stay with the problem', async () => {
    const { warnings } = await Problem.load(example('commune'));
    assert.equal(warnings.length, 3);
    assert.ok(warnings.every(({ severity }) => severity === 'warning'));
});

test('what is no JSON is a type error', async () => {
    for (const source of [undefined, null, 3, ['a'], true, () => 1,
        new Uint16Array(4), new DataView(new ArrayBuffer(4))]) {
        assert.throws(() => Problem.parseSync(source), TypeError);
        await assert.rejects(Problem.parse(source), TypeError);
    }
});

test('empty and odd text is refused with a place', async () => {
    for (const source of ['', '\0', '\ud800', '{', '[]', Buffer.alloc(0),
        Buffer.from([0xff])])
        await assert.rejects(Problem.parse(source), InputError);
});

test('a file that is not there', async () => {
    await assert.rejects(Problem.load(example('none')), { code: 'ENOENT' });
    assert.throws(() => Problem.loadSync(example('none')), { code: 'ENOENT' });
});

test('rule packs are texts without fault', async () => {
    const packs = rulePacks();
    assert.ok('fr-eaje' in packs);
    for (const [name, text] of Object.entries(packs)) {
        assert.equal(JSON.parse(text).id, name);
        assert.equal((await lintRules(text)).nErrors, 0);
    }
    assert.ok(lintRulesSync('{}').nErrors > 0);
});

test('a pack given replaces the embedded one', async () => {
    const pack = JSON.parse(rulePacks()['fr-eaje']);
    pack.title = 'Ours';
    const source = await readFile(example('commune'));
    const theirs = await Problem.parse(source);
    for (const ours of [await Problem.parse(source, { packs: [pack] }),
        Problem.parseSync(source, { packs: [JSON.stringify(pack)] })]) {
        assert.equal(ours.packs[0].title, 'Ours');
        assert.notEqual(ours.packs[0].digest, theirs.packs[0].digest);
    }
});

test('export gives program and names', async () => {
    const problem = Problem.parseSync(town());
    const plan = await new Solver().solve(problem);
    const made = await problem.export({ format: 'lp' });
    assert.equal(made.program.split('\n')[1], 'Maximize');
    assert.ok(made.names.includes('\t'));
    assert.notEqual(problem.exportSync().program, made.program);
    assert.ok(problem.exportSync({ goal: 1, plan }).program);
    for (const wrong of [{ format: 'xls' }, { goal: 99 }, { goal: 2 ** 40 },
        { goal: 1 }])
        assert.throws(() => problem.exportSync(wrong), { status: 2 });
    assert.throws(() => problem.exportSync({ goal: 0.5 }), TypeError);
});

test('small texts', () => {
    assert.equal(version, '0.1.0');
    assert.ok(processSeconds() > 0);
});
