package ballot.e2e.torture.world;

import ballot.e2e.site.Agent;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Going past ballot on the agents of Consul.
 *
 * @param agents of the sites, in their order
 */
record ConsulAgents(List<ConsulServer> agents) implements AgentTampering {

  @Override
  public String deregisterCheck(Site site, long ballot) {
    Agent agent = agents.get(site.number() - 1).agent();
    Matcher check =
        Pattern.compile("\"CheckID\":\\s*\"(ballot-" + ballot + "-[^\"]+)\"")
            .matcher(agent.get("/v1/agent/checks"));
    if (!check.find()) {
      return "which has no check";
    }
    agent.put("/v1/agent/check/deregister/" + check.group(1), "");
    return "check " + check.group(1);
  }

  @Override
  public void maintain(Site site, boolean isOn) {
    agents.get(site.number() - 1).agent().put("/v1/agent/maintenance?enable=" + isOn, "");
  }
}
