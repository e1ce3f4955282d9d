// SPDX-License-Identifier: GPL-3.0-or-later
// The addon, and the errors that it makes.
'use strict';

const path = require('node:path');

const FILE = path.join(__dirname, '..', 'build', 'ctgsched.node');

function loaded() {
    try {
        return require(FILE);
    } catch (error) {
        error.message += '\nMaybe make the addon: node ' +
            path.join(__dirname, '..', 'build.mjs');
        throw error;
    }
}

const native = loaded();

/** A call did not work. */
class CtgError extends Error {
    constructor(message, { status = 0, code = '', pointer = '', line = 0,
        column = 0 } = {}) {
        super(message);
        this.status = status;
        this.code = code;
        this.pointer = pointer;
        this.line = line;
        this.column = column;
    }

    get name() {
        return this.constructor.name;
    }
}

/** A text is refused. */
class InputError extends CtgError {
    constructor(message, more = {}) {
        super(message, more);
        this.faults = more.faults ?? [];
    }
}

/** A solve that worked has no plan to give. */
class NoPlanError extends CtgError {
    constructor(message, result) {
        super(message);
        this.result = result;
    }
}

/** It is proven that no plan exists. */
class InfeasibleError extends NoPlanError {
    constructor(message, result, conflicts) {
        super(message, result);
        this.conflicts = conflicts;
    }
}

const INPUT = 3;
const LIMIT = 4;

native.setup((status, message, code, pointer, line, column, faults) => {
    const Class = status === INPUT || status === LIMIT ? InputError : CtgError;
    return new Class(message, { status, code, pointer, line, column, faults });
});

/** The key of an object's handle. */
const AT = Symbol('handle');

module.exports = {
    AT, CtgError, InfeasibleError, InputError, NoPlanError, native,
};
