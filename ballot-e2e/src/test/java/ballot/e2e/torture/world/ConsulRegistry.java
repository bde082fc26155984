package ballot.e2e.torture.world;

import ballot.e2e.site.Agent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Services in Consul's catalog, through the servers in turn. */
final class ConsulRegistry implements Registry {

  private static final String REGISTRATION =
      """
      {"ID": "%s", "Name": "%s", "Port": 8000, "Address": "10.9.8.7", "Tags": ["v1"],
       "Meta": {"made": "by-hand"}}
      """;

  private static final Pattern TAGS = Pattern.compile("\"ServiceTags\":\\s*(\\[[^\\]]*\\]|null)");
  private static final Pattern WORD = Pattern.compile("\"([^\"]+)\"");
  private static final List<String> REST =
      List.of("ServiceName", "ServicePort", "ServiceAddress", "ServiceMeta");

  private final List<ConsulServer> servers;
  private final List<ConsulServer> agents;
  private int turn;

  ConsulRegistry(List<ConsulServer> servers, List<ConsulServer> agents) {
    this.servers = List.copyOf(servers);
    this.agents = List.copyOf(agents);
  }

  @Override
  public void register(Site site, String id) {
    agents
        .get(site.number() - 1)
        .agent()
        .put("/v1/agent/service/register", REGISTRATION.formatted(id, SERVICE));
  }

  @Override
  public Optional<List<Instance>> instances() {
    Agent agent = servers.get(turn % servers.size()).agent();
    String answer = agent.get("/v1/catalog/service/" + SERVICE);
    if (!answer.startsWith("[")) {
      turn++;
      return Optional.empty();
    }
    List<Instance> found = new ArrayList<>();
    for (String text : answer.split("\"ServiceKind\"")) {
      Matcher id = field("ServiceID").matcher(text);
      if (id.find()) {
        found.add(instance(id.group(1).replace("\"", ""), text));
      }
    }
    return Optional.of(found);
  }

  private static Instance instance(String id, String text) {
    Set<String> tags = new TreeSet<>();
    Matcher list = TAGS.matcher(text);
    if (list.find()) {
      WORD.matcher(list.group(1)).results().forEach(word -> tags.add(word.group(1)));
    }
    Map<String, String> rest = new TreeMap<>();
    for (String name : REST) {
      Matcher value = field(name).matcher(text);
      rest.put(name, value.find() ? value.group(1).replaceAll("\\s+", "") : "nothing");
    }
    return new Instance(id, tags, rest);
  }

  private static Pattern field(String name) {
    return Pattern.compile("\"" + name + "\":\\s*(\"[^\"]*\"|\\d+|\\{[^}]*\\})");
  }
}
