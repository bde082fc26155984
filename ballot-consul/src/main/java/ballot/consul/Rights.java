package ballot.consul;

/** The store as the holder of one token sees it. All share the connections of the process. */
final class Rights implements AutoCloseable {

  private final ConsulHttp http;
  private final Kv kv;
  private final Sessions sessions;
  private final Watches watches;
  private final LocalAgent agent;
  private final Lookout lookout;

  /**
   * Nothing is asked yet.
   *
   * @param watchesNode whether there are connections left to wait for news of the node with
   */
  Rights(ConsulHttp http, boolean watchesNode) {
    this.http = http;
    this.kv = new Kv(http);
    this.sessions = new Sessions(http);
    this.watches = new Watches(kv);
    this.agent = new LocalAgent(http);
    this.lookout = new Lookout(http, agent, watchesNode);
  }

  ConsulHttp http() {
    return http;
  }

  Kv kv() {
    return kv;
  }

  Sessions sessions() {
    return sessions;
  }

  Watches watches() {
    return watches;
  }

  LocalAgent agent() {
    return agent;
  }

  Lookout lookout() {
    return lookout;
  }

  @Override
  public void close() {
    lookout.close();
    watches.close();
  }
}
