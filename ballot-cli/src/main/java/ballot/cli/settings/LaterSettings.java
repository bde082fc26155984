package ballot.cli.settings;

import ballot.api.Setting;
import java.util.List;
import java.util.Set;

/**
 * Settings that are promised and not there yet: recognised so that nobody believes them to be
 * misspelled, and refused so that nobody relies on them.
 */
final class LaterSettings {

  private static final long ANY = Long.MAX_VALUE;

  private LaterSettings() {}

  static List<KnownSetting> all() {
    Scope runs = new Scope.Commands(Set.of("run once", "run cron"));
    Scope cron = new Scope.Commands(Set.of("run cron"));
    Scope info = new Scope.Commands(Set.of("info"));
    return List.of(
        later(Setting.number("slots", 1, ANY, "How many may lead at once."), runs),
        later(Setting.number("priority", -ANY, ANY, "Who wins when several stand."), runs),
        later(Setting.onOff("preempt", "Take over from a lower priority."), runs),
        later(Setting.text("schedule", "When to run.").withVariables("SCHEDULE"), cron),
        later(Setting.text("timezone", "Whose clock the schedule means."), cron),
        later(Setting.text("next", "Print the next ticks."), cron),
        later(Setting.text("concurrency", "What a tick does while a run lasts."), cron),
        later(Setting.duration("deadline", "How long a run may take."), cron),
        later(Setting.duration("start-deadline", "How late a tick may start."), cron),
        later(Setting.duration("jitter", "By how much ticks are spread."), cron),
        later(Setting.text("catch-up", "What a new leader does with ticks nobody ran."), cron),
        later(Setting.text("on-unknown", "What becomes of a tick nobody knows about."), cron),
        later(Setting.text("http", "Where to answer load balancers."), new Scope.General()),
        later(Setting.onOff("watch", "Redraw."), info),
        later(Setting.onOff("history", "Earlier leaders."), info),
        later(Setting.text("to", "In whose favour to resign."), new Scope.Commands(Set.of())));
  }

  private static KnownSetting later(Setting<?> setting, Scope scope) {
    return KnownSetting.of(setting, scope).later();
  }
}
