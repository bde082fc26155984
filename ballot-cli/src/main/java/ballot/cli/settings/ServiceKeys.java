package ballot.cli.settings;

import ballot.api.Setting;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The keys that a service has in a file, by their spelling; case and hyphens do not matter. */
final class ServiceKeys {

  private static final Map<String, Setting<?>> ALL = new LinkedHashMap<>();

  static final Setting<String> ID = put("id", Setting.text("id", ""));
  static final Setting<String> KEY = put("key", Setting.text("key", ""));
  static final Setting<String> TOKEN = put("token", Setting.text("token", "").asSecret());
  static final Setting<List<String>> CHECKS =
      put("serviceChecks", Setting.list("servicechecks", ""));
  static final Setting<String> PRIMARY_TAG =
      put("primaryTag", Setting.text("primarytag", "").withDefault("primary"));
  static final Setting<String> REPLICA_TAG = put("replicaTag", Setting.text("replicatag", ""));
  static final Setting<String> ON_PROMOTE = put("execOnPromote", Setting.text("execonpromote", ""));
  static final Setting<String> ON_DEMOTE = put("execOnDemote", Setting.text("execondemote", ""));
  static final Setting<Duration> TTL = put("ttl", Setting.duration("ttl", "").withDefault("10s"));
  static final Setting<Duration> LOCK_DELAY =
      put("lockDelay", Setting.duration("lockdelay", "").withDefault("3s"));
  static final Setting<Duration> HOOK_TIMEOUT =
      put("hookTimeout", Setting.duration("hooktimeout", ""));
  static final Setting<Boolean> REQUIRE_PROMOTE =
      put("requirePromote", Setting.onOff("requirepromote", "").withDefault("false"));
  static final Setting<Boolean> SESSION_META =
      put("sessionMeta", Setting.onOff("sessionmeta", "").withDefault("false"));
  static final Setting<Long> PRIORITY =
      put(
          "priority",
          Setting.number("priority", -Long.MAX_VALUE, Long.MAX_VALUE, "").withDefault("0"));
  static final Setting<Boolean> PREEMPT =
      put("preempt", Setting.onOff("preempt", "").withDefault("false"));
  static final Setting<String> NAME = put("name", Setting.text("name", ""));

  static final Setting<String> ADDRESS =
      put("register.address", Setting.text("register.address", ""));
  static final Setting<Long> PORT =
      put("register.port", Setting.number("register.port", 0, 65_535, "").withDefault("0"));
  static final Setting<List<String>> TAGS = put("register.tags", Setting.list("register.tags", ""));
  static final Setting<String> CHECK_HTTP =
      put("register.check.http", Setting.text("register.check.http", ""));
  static final Setting<String> CHECK_TCP =
      put("register.check.tcp", Setting.text("register.check.tcp", ""));
  static final Setting<Duration> CHECK_TTL =
      put("register.check.ttl", Setting.duration("register.check.ttl", ""));
  static final Setting<Duration> CHECK_INTERVAL =
      put(
          "register.check.interval",
          Setting.duration("register.check.interval", "").withDefault("10s"));
  static final Setting<Duration> CHECK_TIMEOUT =
      put(
          "register.check.timeout",
          Setting.duration("register.check.timeout", "").withDefault("10s"));

  private ServiceKeys() {}

  private static <T> Setting<T> put(String spelling, Setting<T> setting) {
    ALL.put(spelling, setting);
    return setting;
  }

  /** How keys are compared. */
  static String canonical(String key) {
    return key.strip().toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
  }

  /** What stands at a key. */
  static Optional<Setting<?>> find(String key) {
    String name = canonical(key);
    return ALL.entrySet().stream()
        .filter(entry -> canonical(entry.getKey()).equals(name))
        .<Setting<?>>map(Map.Entry::getValue)
        .findFirst();
  }

  /** Whether keys may stand below this one. */
  static boolean isSection(String key) {
    String prefix = canonical(key) + ".";
    return ALL.keySet().stream().anyMatch(name -> canonical(name).startsWith(prefix));
  }

  /** All of them, as they are written. */
  static List<String> spellings() {
    return List.copyOf(ALL.keySet());
  }
}
