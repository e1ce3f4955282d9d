// SPDX-License-Identifier: GPL-3.0-or-later
/* Drawn only when something happens and at most ten times a second; nothing in
 * the first half second. Never a share that was not computed. */
#define _POSIX_C_SOURCE 200809L
#include "cli/progress.h"

#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "cli/emit.h"

static const double quiet_seconds = 0.5, pause_seconds = 0.1;

void progress_begin(progress *out, const cli_args *args) {
    const char *const how = args->value[OPT_PROGRESS];
    *out = (progress){
        .lang = args->lang, .drawn_at = -1, .limit = args->engine.time_limit};
    if (!how)
        out->mode = isatty(STDERR_FILENO) ? PROGRESS_BAR : PROGRESS_NONE;
    else if (strcmp(how, "bar") == 0)
        out->mode = PROGRESS_BAR;
    else if (strcmp(how, "jsonl") == 0)
        out->mode = PROGRESS_JSONL;
}

/* Values of another goal are forgotten. */
static void remember(progress *out, const ctg_event *event) {
    if (event->goal_name && strcmp(event->goal_name, out->goal) != 0) {
        snprintf(out->goal, sizeof out->goal, "%s", event->goal_name);
        out->has_value = out->has_bound = false;
    }
    if (event->has_value) {
        out->value = event->value;
        out->has_value = true;
    }
    if (event->has_bound) {
        out->bound = event->bound;
        out->has_bound = true;
    }
}

static double gap_of(int64_t value, int64_t bound) {
    const double apart = (double)bound - (double)value;
    const double size = value < 0 ? -(double)value : (double)value;
    return (apart < 0 ? -apart : apart) / (size < 1 ? 1 : size);
}

static void draw(progress *out, const ctg_event *event) {
    const char *name = out->goal[0] ? out->goal : "...", *unit = "";
    say_goal(out->lang, &name, &unit);
    fprintf(stderr, "\r\033[K%s", name);
    if (out->has_value)
        fprintf(stderr, "  %s %" PRId64, say(out->lang, WORD_VALUE),
                out->value);
    if (out->has_bound)
        fprintf(stderr, "  %s %" PRId64, say(out->lang, WORD_BOUND),
                out->bound);
    if (out->has_value && out->has_bound) {
        fprintf(stderr, "  %s ", say(out->lang, WORD_GAP_COLUMN));
        say_percent(stderr, out->lang, gap_of(out->value, out->bound), 0);
    }
    fputs("  ", stderr);
    say_decimal(stderr, out->lang, event->seconds, 1);
    if (out->limit > 0) {
        fputs(" / ", stderr);
        say_decimal(stderr, out->lang, out->limit, 1);
    }
    fputs(" s", stderr);
    fflush(stderr);
    out->is_drawn = true;
    out->drawn_at = event->seconds;
}

static void put_jsonl(const ctg_event *event) {
    static const char *const types[] = {[CTG_EVENT_PHASE] = "phase",
                                        [CTG_EVENT_INCUMBENT] = "incumbent",
                                        [CTG_EVENT_BOUND] = "bound"};
    const int32_t n_types = sizeof types / sizeof types[0];
    if (event->kind < 0 || event->kind >= n_types || !types[event->kind])
        return; /* of a newer library */
    emit json = {.to = stderr, .is_flat = true};
    emit_object(&json, NULL);
    emit_text(&json, "type", types[event->kind]);
    emit_text_if(&json, "text", event->text);
    if (event->goal >= 0)
        emit_int(&json, "goal", event->goal + 1);
    emit_text_if(&json, "name", event->goal_name);
    if (event->has_value)
        emit_int(&json, "value", event->value);
    if (event->has_bound)
        emit_int(&json, "bound", event->bound);
    emit_uint(&json, "work", event->work);
    emit_real(&json, "seconds", event->seconds, 3);
    emit_close(&json, '}');
    fputc('\n', stderr);
    fflush(stderr);
}

int progress_take(void *user, const ctg_event *event) {
    progress *const out = user;
    remember(out, event);
    if (out->mode == PROGRESS_JSONL)
        put_jsonl(event);
    else if (out->mode == PROGRESS_BAR && event->seconds > quiet_seconds &&
             (out->drawn_at < 0 ||
              event->seconds - out->drawn_at > pause_seconds))
        draw(out, event);
    return 0;
}

void progress_end(progress *out) {
    if (!out->is_drawn)
        return;
    fputs("\r\033[K", stderr);
    fflush(stderr);
    out->is_drawn = false;
}
