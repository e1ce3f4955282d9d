// SPDX-License-Identifier: GPL-3.0-or-later
/* A manual page of section 3 from a public header: its opening comment, its
 * types, its functions, each with what the comment before it says. */
#include "roff.h"

#include <string.h>

#define API "CTG_API "

/* One declaration, or several that share a comment: what stands between two
 * empty lines. */
typedef struct block {
    span comment; /* empty when there is none */
    span code;
} block;

typedef enum kind { KIND_OTHER, KIND_FUNCTION, KIND_TYPE } kind;

static kind block_kind(const block *of) {
    if (span_begins(of->code, API))
        return KIND_FUNCTION;
    return span_begins(of->code, "typedef") ||
                   (span_begins(of->code, "#define CTG_") &&
                    !span_begins(of->code, "#define CTG_API"))
               ? KIND_TYPE
               : KIND_OTHER;
}

static bool next_block(block *out, span *rest) {
    span piece;
    do
        if (!span_next(&piece, rest, "\n\n"))
            return false;
    while (span_find(piece, "@file"));
    piece = span_trimmed(piece);
    const char *const close =
        span_begins(piece, "/**") ? span_find(piece, "*/") : NULL;
    out->comment = (span){piece.at, close ? close : piece.at};
    out->code = span_trimmed((span){close ? close + 2 : piece.at, piece.end});
    return true;
}

/* A line of a comment without the stars. */
static span bared(span line) {
    const span text = span_trimmed(line);
    if (span_begins(text, "/**"))
        return span_trimmed((span){text.at + 3, text.end});
    if (!span_begins(text, "*"))
        return text;
    return (span){text.at + (span_begins(text, "* ") ? 2 : 1), text.end};
}

/* What is indented is shown as it is, but not behind a tag. */
typedef struct layout {
    bool is_shown;
    bool is_tagged;
} layout;

static void put_shown(FILE *to, layout *at, bool is_shown) {
    if (is_shown != at->is_shown)
        fputs(is_shown ? ".PP\n.EX\n" : ".EE\n", to);
    at->is_shown = is_shown;
}

/* Text in which what stands in backquotes is code. */
static void put_words(FILE *to, span text) {
    span piece;
    bool is_first = true, is_code = false;
    while (span_next(&piece, &text, "`")) {
        fputs(is_code ? "\\fI" : "", to);
        roff_text(to, piece, is_first);
        fputs(is_code ? "\\fR" : "", to);
        is_first = false;
        is_code = !is_code;
    }
    fputc('\n', to);
}

/* "@param name  what it is"; two names have a comma between them. */
static void put_param(FILE *to, span text) {
    span name;
    text.at += strlen("@param ");
    text = span_trimmed(text);
    span_next(&name, &text, span_find(text, "  ") ? "  " : " ");
    fputs(".TP\n.I ", to);
    roff_line(to, name);
    put_words(to, span_trimmed(text));
}

static void put_comment_line(FILE *to, layout *at, span line) {
    const span text = span_trimmed(line);
    if (span_length(text) == 0) {
        fputs(at->is_shown ? "\n" : ".PP\n", to);
        at->is_tagged = false;
    } else if (span_begins(text, "@param ")) {
        put_param(to, text);
        at->is_tagged = true;
    } else if (span_begins(text, "@return ")) {
        fputs(".TP\n.B Returns\n", to);
        put_words(to, span_trimmed((span){text.at + 8, text.end}));
        at->is_tagged = true;
    } else {
        put_shown(to, at, !at->is_tagged && span_begins(line, "    "));
        if (at->is_shown)
            roff_line(to, line);
        else
            put_words(to, text);
    }
}

static void put_comment(FILE *to, span comment) {
    layout at = {false, false};
    span line;
    while (span_next(&line, &comment, "\n"))
        put_comment_line(to, &at, bared(line));
    put_shown(to, &at, false);
}

/* The statements of functions one by one, without the word for the linker. */
static bool next_prototype(span *out, span *code) {
    if (!span_next(out, code, ";"))
        return false;
    *out = span_trimmed(*out);
    out->at += strlen(API);
    return true;
}

/* "ctg_solve" of "ctg_status ctg_solve(...": what stands before the first
 * parenthesis. */
static span prototype_name(span of) {
    span name = {of.at, span_find(of, "(")};
    for (const char *c = name.at; c < name.end; c++)
        if (*c == ' ' || *c == '*')
            name.at = c + 1;
    return name;
}

static void put_code(FILE *to, span code) {
    span line;
    fputs(".PP\n.EX\n", to);
    while (span_next(&line, &code, "\n"))
        roff_line(to, line);
    fputs(".EE\n", to);
}

/* Its later lines stand under the first. */
static void put_prototype(FILE *to, span prototype) {
    span line;
    fputs(".PP\n.EX\n", to);
    for (size_t moved = 0; span_next(&line, &prototype, "\n");
         moved = strlen(API)) {
        roff_text(to, (span){line.at + moved, line.end}, true);
        fputs(prototype.at == prototype.end ? ";\n" : "\n", to);
    }
    fputs(".EE\n", to);
}

/* "#define NAME ..." or "typedef ... NAME;" */
static span type_name(span code) {
    span word;
    if (span_begins(code, "#define ")) {
        code.at += strlen("#define ");
        span_next(&word, &code, " ");
        return word;
    }
    word = (span){code.end - 1, code.end - 1};
    while (word.at > code.at && word.at[-1] != ' ' && word.at[-1] != '}')
        word.at--;
    return word;
}

static void put_types(FILE *to, span text) {
    block one;
    bool is_titled = false;
    while (next_block(&one, &text)) {
        if (block_kind(&one) != KIND_TYPE)
            continue;
        fputs(is_titled ? ".SS " : ".SH TYPES\n.SS ", to);
        is_titled = true;
        roff_line(to, type_name(one.code));
        put_comment(to, one.comment);
        put_code(to, one.code);
    }
}

static void put_functions(FILE *to, span text) {
    block one;
    bool is_titled = false;
    while (next_block(&one, &text)) {
        if (block_kind(&one) != KIND_FUNCTION)
            continue;
        fputs(is_titled ? "" : ".SH FUNCTIONS\n", to);
        is_titled = true;
        span prototype, code = one.code;
        while (next_prototype(&prototype, &code)) {
            fputs(".SS ", to);
            roff_line(to, prototype_name(prototype));
            put_prototype(to, prototype);
        }
        fputs(".PP\n", to);
        put_comment(to, one.comment);
    }
}

bool next_function(span *name, functions *of) {
    block one;
    while (of->code.at == of->code.end) {
        if (!next_block(&one, &of->text))
            return false;
        if (block_kind(&one) == KIND_FUNCTION)
            of->code = one.code;
    }
    span prototype;
    next_prototype(&prototype, &of->code);
    *name = prototype_name(prototype);
    return true;
}

/* All names that somebody may look for, as `man -k` wants them. */
static void put_names(FILE *to, const char *name, span text) {
    functions of = {.text = text};
    span one;
    fprintf(to, ".SH NAME\n%s", name);
    while (next_function(&one, &of)) {
        fputs(", ", to);
        roff_text(to, one, false);
    }
    fputs(" \\- ", to);
}

/* Takes the first sentence off the text; its full stop goes. */
static span take_sentence(span *text) {
    const char *end = text->at;
    while (end < text->end && !(*end == '.' && strchr(" \n", end[1])))
        end++;
    const span sentence = {text->at, end};
    text->at = end < text->end ? end + 1 : end;
    return sentence;
}

/* The comment that opens the header: its first sentence is the title. */
static void put_opening(FILE *to, const char *name, span text) {
    const char *const from = span_find(text, "@file\n");
    span body = {from + strlen("@file\n"), text.end};
    body.end = span_find(body, "\n */");
    span title = take_sentence(&body);
    put_names(to, name, text);
    span line;
    while (span_next(&line, &title, "\n")) {
        roff_text(to, bared(line), false);
        fputs(title.at == title.end ? "\n" : " ", to);
    }
    fputs(".SH SYNOPSIS\n.B #include <ctgsched.h>\n.PP\n"
          "Link with \\fI\\-lctgsched\\fR.\n.SH DESCRIPTION\n",
          to);
    put_comment(to, body);
}

void page_of_header(FILE *to, const char *name, span text) {
    put_opening(to, name, text);
    put_types(to, text);
    put_functions(to, text);
    fputs(".SH SEE ALSO\n.BR ctgsched (3),\n.BR ctgsched\\-format (5)\n", to);
}
