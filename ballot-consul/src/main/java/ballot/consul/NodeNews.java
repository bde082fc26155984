package ballot.consul;

import ballot.api.StoreException;
import com.google.gson.JsonObject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.function.Consumer;

/**
 * What the servers say about a node as soon as its agent has told them: two blocking questions, one
 * for health and one for registrations, whatever the number of services.
 */
final class NodeNews {

  private static final Logger LOG = System.getLogger(NodeNews.class.getName());

  private final List<NodeWatch> watches;

  /**
   * Begins at once.
   *
   * @param any called at every news
   * @param catalogued gets all services of the node, by id, whenever one of them changes
   */
  NodeNews(ConsulHttp http, String node, Runnable any, Consumer<JsonObject> catalogued) {
    String name = Call.escape(node);
    Call health =
        Call.get("/v1/health/node/" + name, "watch the node's health")
            .with("filter", "Status==critical");
    Call services = Call.get("/v1/catalog/node/" + name, "watch the node's services");
    this.watches =
        List.of(
            new NodeWatch(http, health, answer -> any.run()),
            new NodeWatch(
                http,
                services,
                answer -> {
                  read(answer, catalogued);
                  any.run();
                }));
    watches.forEach(NodeWatch::start);
  }

  private static void read(Answer answer, Consumer<JsonObject> catalogued) {
    try {
      Json.child(Json.object(answer), "Services").ifPresent(catalogued);
    } catch (StoreException garbled) {
      LOG.log(Level.DEBUG, garbled::getMessage);
    }
  }

  /** Whether the servers have answered and will say when there is more. */
  boolean works() {
    return watches.stream().allMatch(NodeWatch::works);
  }

  void close() {
    watches.forEach(NodeWatch::close);
  }
}
