package ballot.consul;

import com.google.gson.JsonObject;
import java.util.HashMap;
import java.util.Map;

/** What an agent said of all services at one moment, to be compared with what it said before. */
final class Survey {

  private final JsonObject services;
  private final JsonObject critical;

  Survey(JsonObject services, JsonObject critical) {
    this.services = services;
    this.critical = critical;
  }

  /** Tells each subject how it stands. */
  void tell(Map<String, Subject> subjects) {
    Map<String, StringBuilder> states = states(services, subjects);
    StringBuilder ofNode = new StringBuilder();
    Json.children(critical)
        .forEach(
            check -> {
              String service = Json.text(check, "ServiceName").orElse("");
              StringBuilder state = service.isEmpty() ? ofNode : states.get(service);
              if (state != null) {
                state.append(Json.text(check, "CheckID").orElse("")).append('\n');
              }
            });
    subjects.forEach((service, subject) -> subject.seenAtAgent(stateOf(service, states) + ofNode));
  }

  /** Tells each subject how it stands in the servers' catalog. */
  static void tellCatalogued(JsonObject services, Map<String, Subject> subjects) {
    Map<String, StringBuilder> states = states(services, subjects);
    subjects.forEach((service, subject) -> subject.seenAtServers(stateOf(service, states)));
  }

  private static String stateOf(String service, Map<String, StringBuilder> states) {
    StringBuilder state = states.get(service);
    return state == null ? "" : state.toString();
  }

  private static Map<String, StringBuilder> states(
      JsonObject services, Map<String, Subject> subjects) {
    Map<String, StringBuilder> states = new HashMap<>();
    subjects.keySet().forEach(service -> states.put(service, new StringBuilder()));
    Json.children(services)
        .forEach(
            service -> {
              StringBuilder state = states.get(Json.text(service, "Service").orElse(""));
              if (state != null) {
                state.append(service).append('\n');
              }
            });
    return states;
  }
}
