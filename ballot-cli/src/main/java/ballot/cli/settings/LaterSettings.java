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
    Scope info = new Scope.Commands(Set.of("info"));
    return List.of(
        later(Setting.number("slots", 1, ANY, "How many may lead at once."), runs),
        later(Setting.number("priority", -ANY, ANY, "Who wins when several stand."), runs),
        later(Setting.onOff("preempt", "Take over from a lower priority."), runs),
        later(Setting.text("http", "Where to answer load balancers."), new Scope.General()),
        later(Setting.onOff("watch", "Redraw."), info),
        later(Setting.onOff("history", "Earlier leaders."), info),
        later(Setting.text("to", "In whose favour to resign."), new Scope.Commands(Set.of())));
  }

  private static KnownSetting later(Setting<?> setting, Scope scope) {
    return KnownSetting.of(setting, scope).later();
  }
}
