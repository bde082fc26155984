package ballot.e2e.torture.world;

import ballot.e2e.site.Agent;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Going past ballot on Consul, through a server. */
final class ConsulTampering implements Tampering {

  private static final Pattern SESSION = Pattern.compile("\"Session\":\\s*\"([^\"]+)\"");

  private final List<ConsulServer> servers;

  ConsulTampering(List<ConsulServer> servers) {
    this.servers = servers;
  }

  private Agent server() {
    return servers.stream()
        .filter(ConsulServer::isAlive)
        .map(ConsulServer::agent)
        .filter(agent -> agent.get("/v1/status/leader").contains(":"))
        .findFirst()
        .orElse(servers.getFirst().agent());
  }

  private static String key(String election) {
    return "/v1/kv/torture/" + election;
  }

  private static Optional<String> session(Agent server, String election) {
    Matcher matcher = SESSION.matcher(server.get(key(election)));
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  @Override
  public String destroySession(String election) {
    Agent server = server();
    Optional<String> session = session(server, election);
    session.ifPresent(held -> server.put("/v1/session/destroy/" + held, ""));
    return session.map(held -> "the holder's session " + held).orElse("nobody");
  }

  @Override
  public String deleteKey(String election) {
    Agent server = server();
    Optional<String> session = session(server, election);
    server.delete(key(election));
    return session.map(held -> "the key of session " + held).orElse("nobody");
  }

  @Override
  public String overwriteKey(String election) {
    Agent server = server();
    Optional<String> session = session(server, election);
    server.put(key(election), "somebody was here");
    return session.map(held -> "the key of session " + held).orElse("nobody");
  }
}
