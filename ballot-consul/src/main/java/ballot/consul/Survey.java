package ballot.consul;

import com.google.gson.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What an agent said of all services at one moment, to be compared with what it said before. */
final class Survey {

  private final JsonObject services;
  private final JsonObject critical;

  Survey(JsonObject services, JsonObject critical) {
    this.services = services;
    this.critical = critical;
  }

  /** Tells each subject how it stands. */
  void tell(Map<Topic, Subject> subjects) {
    States states = new States(subjects.keySet());
    states.add(services);
    StringBuilder ofNode = new StringBuilder();
    Json.children(critical)
        .forEach(
            check -> {
              String name = Json.text(check, "CheckID").orElse("");
              String service = Json.text(check, "ServiceName").orElse("");
              if (service.isEmpty()) {
                ofNode.append(name).append('\n');
              } else {
                states.add(service, Json.text(check, "ServiceID").orElse(""), name);
              }
            });
    subjects.forEach((topic, subject) -> subject.seenAtAgent(states.of(topic) + ofNode));
  }

  /** Tells each subject how it stands in the servers' catalog. */
  static void tellCatalogued(JsonObject services, Map<Topic, Subject> subjects) {
    States states = new States(subjects.keySet());
    states.add(services);
    subjects.forEach((topic, subject) -> subject.seenAtServers(states.of(topic)));
  }

  /** What was said of each topic. */
  private static final class States {

    private final Map<Topic, StringBuilder> all = new HashMap<>();
    private final List<Topic> byId;

    States(Set<Topic> topics) {
      topics.forEach(topic -> all.put(topic, new StringBuilder()));
      byId = topics.stream().filter(topic -> topic.id() != null).toList();
    }

    void add(JsonObject services) {
      Json.children(services)
          .forEach(
              service ->
                  add(
                      Json.text(service, "Service").orElse(""),
                      Json.text(service, "ID").orElse(""),
                      service));
    }

    void add(String service, String id, Object said) {
      add(Topic.named(service), said);
      byId.stream().filter(topic -> topic.isOfId(id)).forEach(topic -> add(topic, said));
    }

    private void add(Topic topic, Object said) {
      StringBuilder state = all.get(topic);
      if (state != null) {
        state.append(said).append('\n');
      }
    }

    String of(Topic topic) {
      StringBuilder state = all.get(topic);
      return state == null ? "" : state.toString();
    }
  }
}
