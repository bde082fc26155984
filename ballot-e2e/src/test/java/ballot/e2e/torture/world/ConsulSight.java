package ballot.e2e.torture.world;

import ballot.e2e.site.Agent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The key of an election, by blocking reads of the servers in turn. */
final class ConsulSight implements Sight {

  private static final Pattern INDEX = Pattern.compile("(?i)X-Consul-Index: (\\d+)");
  private static final Pattern MODIFIED = Pattern.compile("\"ModifyIndex\":\\s*(\\d+)");

  private final List<ConsulServer> servers;
  private final String key;
  private int turn;
  private long index;

  ConsulSight(List<ConsulServer> servers, String election) {
    this.servers = List.copyOf(servers);
    this.key = "/v1/kv/torture/" + election;
  }

  @Override
  public Optional<Holder> next(Duration longest) {
    Agent agent = servers.get(turn % servers.size()).agent();
    String answer =
        agent.exchange("GET", key + "?wait=" + longest.toMillis() + "ms&index=" + index, "");
    Matcher seen = INDEX.matcher(answer);
    boolean isAnswer = answer.contains(" 200 OK") || answer.contains(" 404 Not Found");
    if (!isAnswer || !seen.find()) {
      turn++;
      index = 0;
      return Optional.empty();
    }
    long newest = Long.parseLong(seen.group(1));
    index = newest < index ? 0 : newest;
    Matcher modified = MODIFIED.matcher(answer);
    boolean isHeld = answer.contains("\"Session\"") && modified.find();
    OptionalLong term =
        isHeld ? OptionalLong.of(Long.parseLong(modified.group(1))) : OptionalLong.empty();
    return Optional.of(new Holder(term, newest));
  }
}
