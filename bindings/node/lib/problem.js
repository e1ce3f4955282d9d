// SPDX-License-Identifier: GPL-3.0-or-later
// Problems and rule packs: reading, finding every fault, digest, export.
'use strict';

const fs = require('node:fs');

const { AT, CtgError, native } = require('./native.js');
const { Solution } = require('./solution.js');
const { int32, json } = require('./text.js');

const USAGE = 2;
const FORMATS = { mps: 0, lp: 1 };

function reading(source, { packs = [] } = {}) {
    return [json(source), Array.from(packs, json)];
}

class Problem {
    constructor([at, warnings]) {
        this[AT] = at;
        this.warnings = warnings;
    }

    static async parse(source, options) {
        return new Problem(await native.parse(...reading(source, options)));
    }

    static parseSync(source, options) {
        return new Problem(native.parseSync(...reading(source, options)));
    }

    static async load(path, options) {
        return Problem.parse(await fs.promises.readFile(path), options);
    }

    static loadSync(path, options) {
        return Problem.parseSync(fs.readFileSync(path), options);
    }

    static async lint(source, options) {
        return native.lint(...reading(source, options));
    }

    static lintSync(source, options) {
        return native.lintSync(...reading(source, options));
    }

    get digest() {
        return native.problemDigest(this[AT]);
    }

    get text() {
        return native.problemText(this[AT]);
    }

    toJSON() {
        return JSON.parse(this.text);
    }

    get info() {
        return native.problemInfo(this[AT]);
    }

    get packs() {
        return native.problemPacks(this[AT]);
    }

    async judge(plan) {
        return new Solution(await native.judge(json(plan), this[AT]), this);
    }

    judgeSync(plan) {
        return new Solution(native.judgeSync(json(plan), this[AT]), this);
    }

    async apply(changes, options) {
        return new Problem(await native.apply(...reading(changes, options),
            this[AT]));
    }

    applySync(changes, options) {
        return new Problem(native.applySync(...reading(changes, options),
            this[AT]));
    }

    async carry(plan) {
        return new Solution(await native.carry(this[AT], plan[AT]), this);
    }

    carrySync(plan) {
        return new Solution(native.carrySync(this[AT], plan[AT]), this);
    }

    async export(options) {
        return native.export(...this.#exporting(options));
    }

    exportSync(options) {
        return native.exportSync(...this.#exporting(options));
    }

    #exporting({ format = 'mps', goal = 0, plan = null } = {}) {
        if (!Object.hasOwn(FORMATS, format))
            throw new CtgError(`the format "${format}" does not exist. Maybe ` +
                '"mps" or "lp".', { status: USAGE, code: 'E-FORMAT' });
        return [this[AT], int32(goal, 'goal'), plan && plan[AT],
            FORMATS[format]];
    }
}

async function lintRules(source) {
    return native.lintRules(...reading(source));
}

function lintRulesSync(source) {
    return native.lintRulesSync(...reading(source));
}

module.exports = { Problem, lintRules, lintRulesSync };
