// SPDX-License-Identifier: GPL-3.0-or-later
// Solving: options, events, every way to end it.
'use strict';

const { AT, InfeasibleError, NoPlanError, native } = require('./native.js');
const { Solution } = require('./solution.js');

/** timeLimit is time_limit in the library; values are text there. */
function pairs(options) {
    return Object.entries(options)
        .filter(([, value]) => value !== undefined && value !== null)
        .map(([name, value]) => [
            name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
            String(value)]);
}

/** One solve on its thread; `call` is native.solve or native.replan. */
class Job {
    #engine;
    #isOver = false;
    #failure = null; // of onEvent
    #abort = null; // the signal's, once it came

    constructor(call, options, problem, { base = null, signal }, onEvent) {
        signal?.throwIfAborted();
        this.#engine = native.engine(options);
        const found = call(this.#engine, problem[AT], base && base[AT],
            onEvent && ((event) => this.#tell(onEvent, event)));
        const aborted = () => {
            this.#abort = signal;
            this.cancel();
        };
        signal?.addEventListener('abort', aborted, { once: true });
        this.result = found
            .finally(() => {
                this.#isOver = true;
                signal?.removeEventListener('abort', aborted);
            })
            .then((value) => this.#outcome(problem, value));
        // Who never asks for the result shall not be told of its failure.
        this.result.catch(() => {});
    }

    get isOver() {
        return this.#isOver;
    }

    cancel() {
        if (this.#isOver)
            return false;
        native.interrupt(this.#engine);
        return true;
    }

    #tell(onEvent, event) {
        if (this.#failure)
            return;
        try {
            if (onEvent(event) === true)
                this.cancel();
        } catch (error) {
            this.#failure = { error };
            this.cancel();
        }
    }

    #outcome(problem, { solution, result, conflicts }) {
        if (this.#failure)
            throw this.#failure.error;
        if (this.#abort)
            throw this.#abort.reason;
        if (solution)
            return new Solution(solution, problem, result);
        if (result.verdict === 'infeasible')
            throw new InfeasibleError(
                `no plan can exist: ${conflicts.join('; ')}`, result,
                conflicts);
        throw new NoPlanError(`no plan yet: stopped by ${result.stop}. Maybe ` +
            'give it more.', result);
    }
}

class Run {
    #job;
    #events = [];
    #sleepers = [];

    constructor(call, options, problem, more) {
        this.#job = new Job(call, options, problem, more, (event) => {
            this.#events.push(event);
            this.#wake();
        });
        const over = () => this.#wake();
        this.#job.result.then(over, over);
    }

    #wake() {
        for (const wake of this.#sleepers.splice(0))
            wake();
    }

    async *[Symbol.asyncIterator]() {
        for (;;) {
            while (this.#events.length > 0)
                yield this.#events.shift();
            if (this.#job.isOver)
                return;
            await new Promise((wake) => this.#sleepers.push(wake));
        }
    }

    cancel() {
        return this.#job.cancel();
    }

    get isOver() {
        return this.#job.isOver;
    }

    result() {
        return this.#job.result;
    }
}

class Solver {
    #pairs;

    constructor(options = {}) {
        this.#pairs = pairs(options);
        native.engine(this.#pairs); // refuses what is out of bounds
    }

    async solve(problem, { onEvent = null, ...more } = {}) {
        return new Job(native.solve, this.#pairs, problem, more, onEvent)
            .result;
    }

    async replan(problem, plan, { onEvent = null, signal } = {}) {
        return new Job(native.replan, this.#pairs, problem,
            { base: plan, signal }, onEvent).result;
    }

    start(problem, more = {}) {
        return new Run(native.solve, this.#pairs, problem, more);
    }

    startReplan(problem, plan, { signal } = {}) {
        return new Run(native.replan, this.#pairs, problem,
            { base: plan, signal });
    }
}

module.exports = { Run, Solver };
