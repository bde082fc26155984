package ballot.engine.core;

import ballot.api.Durations;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Rules as tests write them: {@code on-success=exit rerun-delay=0s}; the rest as for run once. */
final class RulesText {

  private final Map<String, String> given = new HashMap<>();

  private RulesText(String text) {
    for (String part : text.strip().split(" +")) {
      if (!part.isEmpty()) {
        int equals = part.indexOf('=');
        given.put(part.substring(0, equals), part.substring(equals + 1));
      }
    }
  }

  static Rules read(String text) {
    RulesText rules = new RulesText(text);
    Rules read = rules.rules();
    if (!rules.given.isEmpty()) {
      throw new IllegalArgumentException("no such rules: " + rules.given.keySet());
    }
    return read;
  }

  private Rules rules() {
    return new Rules(
        choice(Rules.Reaction.class, "on-success", "reelect"),
        choice(Rules.Reaction.class, "on-error", "reelect"),
        choice(Rules.ElectionFailure.class, "on-election-failure", "retry"),
        choice(Rules.LeaseLoss.class, "on-lease-loss", "terminate"),
        Optional.ofNullable(given.remove("wait")).map(Durations::parse),
        new Timings(
            span("stop-timeout", "10s"),
            span("rerun-delay", "1s"),
            span("kill-margin", "200ms"),
            span("call-budget", "3s"),
            span("loss-grace", "600ms")));
  }

  private <E extends Enum<E>> E choice(Class<E> type, String name, String byDefault) {
    String text = Optional.ofNullable(given.remove(name)).orElse(byDefault);
    return Enum.valueOf(type, text.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  private Duration span(String name, String byDefault) {
    return Durations.parse(Optional.ofNullable(given.remove(name)).orElse(byDefault));
  }
}
