// SPDX-License-Identifier: GPL-3.0-or-later
// The end of programs and workers with a solve at work; memory that comes back.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { Problem, Solver } from '../lib/index.js';
import { SOON, crowded, town } from './support.mjs';

const HERE = new URL('.', import.meta.url).pathname;
const BEGIN = `
    const { Problem, Solver } = require('${HERE}../lib/index.js');
    const problem = Problem.parseSync(TEXT);
    const run = new Solver().start(problem);
    (async () => {
        for await (const event of run)
            if (event.kind === 'incumbent')
                THEN;
    })();`;

function program(then) {
    const text = `require('node:fs').readFileSync(0)`;
    return spawnSync(process.execPath,
        ['-e', BEGIN.replace('TEXT', text).replace('THEN', then)],
        { input: JSON.stringify(crowded()), encoding: 'utf8', timeout: SOON });
}

test('a program ends with a solve at work', () => {
    const done = program('process.exit(7)');
    assert.deepEqual([done.status, done.signal, done.stderr], [7, null, '']);
});

test('a program that throws ends with a solve at work', () => {
    const done = program(`throw new Error('mine')`);
    assert.deepEqual([done.status, done.signal], [1, null]);
    assert.match(done.stderr, /mine/);
});

test('a program ends by itself when its solve is over', () => {
    const done = program('run.cancel()');
    assert.deepEqual([done.status, done.signal, done.stderr], [0, null, '']);
});

test('a worker ends with a solve at work', { timeout: SOON }, async () => {
    const code = BEGIN.replace('TEXT', `require('node:worker_threads')` +
        '.workerData').replace('THEN', `require('node:worker_threads')` +
        `.parentPort.postMessage('at work')`);
    const worker = new Worker(code,
        { eval: true, workerData: JSON.stringify(crowded()) });
    await new Promise((resolve, reject) => {
        worker.once('message', resolve);
        worker.once('error', reject);
    });
    assert.equal(await worker.terminate(), 1);
    const found = await new Solver().solve(Problem.parseSync(town()));
    assert.equal(found.goal('points').value, 7);
});

test('what is read in a worker has the errors of the worker', async () => {
    const code = `
        const { InputError, Problem } = require('${HERE}../lib/index.js');
        Problem.parse('{}').catch((error) => require('node:worker_threads')
            .parentPort.postMessage(error instanceof InputError));`;
    const worker = new Worker(code, { eval: true });
    assert.equal(await new Promise((resolve, reject) => {
        worker.once('message', resolve);
        worker.once('error', reject);
    }), true);
    await worker.terminate();
});

test('a text of 16 MiB crosses with at most one copy', () => {
    const overhead = `${HERE}../overhead.mjs`;
    for (const [kind, most] of [['bytes', 1], ['string', 17],
        ['bytes, by promise', 17], ['string, by promise', 17]]) {
        const done = spawnSync(process.execPath,
            [overhead, '--crossing', kind], { encoding: 'utf8' });
        assert.equal(done.stderr, '');
        const [, more] = JSON.parse(done.stdout);
        assert.ok(more < most, `${kind}: ${more} MiB`);
    }
});

test('memory comes back', () => {
    const code = `
        const { Problem, Solver } = require('${HERE}../lib/index.js');
        const text = require('node:fs').readFileSync(0);
        async function cycles(n) {
            for (let i = 0; i < n; i++) {
                const problem = await Problem.parse(text);
                const plan = await new Solver().solve(problem);
                if (plan.slotsSync({ date: '2026-09-07', ageMonths: 20 })
                    .length !== 3)
                    throw new Error('slots');
                if (i % 50 === 0) {
                    global.gc();
                    await new Promise(setImmediate);
                }
            }
            global.gc();
            await new Promise((resolve) => setTimeout(resolve, 50));
            return process.memoryUsage();
        }
        (async () => {
            const before = await cycles(300);
            const after = await cycles(600);
            console.log(JSON.stringify([after.rss - before.rss,
                after.external - before.external]));
        })();`;
    const done = spawnSync(process.execPath, ['--expose-gc', '-e', code],
        { input: JSON.stringify(town()), encoding: 'utf8' });
    assert.equal(done.stderr, '');
    const [rss, external] = JSON.parse(done.stdout);
    assert.ok(rss < 6 << 20, `${rss} bytes more`);
    assert.ok(external < 1 << 16, `${external} bytes outside more`);
});
