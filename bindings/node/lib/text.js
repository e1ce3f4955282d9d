// SPDX-License-Identifier: GPL-3.0-or-later
// What crosses the border as an argument.
'use strict';

/** JSON for the addon: a string or bytes as they are, an object written. */
function json(source) {
    if (typeof source === 'string' || source instanceof Uint8Array)
        return source;
    if (source instanceof ArrayBuffer)
        return new Uint8Array(source);
    if (typeof source === 'object' && source !== null &&
        !Array.isArray(source) && !ArrayBuffer.isView(source))
        return JSON.stringify(source);
    throw new TypeError('JSON is a string, bytes or an object, not ' +
        `${describe(source)}. Maybe read a file with load().`);
}

function describe(value) {
    if (Array.isArray(value))
        return 'an array';
    return value === null ? 'null' : typeof value;
}

/** For a call that refuses what is out of its range: so must be what C cannot
 * even hold. */
function int32(number, name) {
    if (typeof number !== 'number' || !Number.isInteger(number))
        throw new TypeError(`${name} is a whole number, not ${number}`);
    return Math.max(-(2 ** 31), Math.min(number, 2 ** 31 - 1));
}

/** An id; nothing is null. */
function word(value, name) {
    if (value === undefined || value === null)
        return null;
    if (typeof value !== 'string')
        throw new TypeError(`${name} is a string, not ${describe(value)}`);
    return value;
}

/** "2026-09-07"; nothing is null. */
function day(value, name) {
    if (value instanceof Date)
        throw new TypeError(`${name} is a day of the calendar as text, ` +
            '"2026-09-07", for a Date is an instant');
    return word(value, name);
}

module.exports = { day, int32, json, word };
