package ballot.zookeeper;

import ballot.api.Threads;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.zookeeper.client.HostProvider;
import org.jspecify.annotations.Nullable;

/**
 * Says which server to try next: one that answers.
 *
 * <p>ZooKeeper's own list is tried one after the other, each for its part of the session timeout,
 * so that with half of it unreachable a session can be lost before a good one is found. Here a
 * server gets a moment; then the next one is tried beside it, and the first that answers is taken.
 */
final class Reachable implements HostProvider {

  private static final long MOMENT_MILLIS = 100;
  private static final int PATIENCE_MILLIS = 1000;

  private final boolean secure;
  private final List<InetSocketAddress> servers;
  private final Map<InetSocketAddress, String> trouble = new ConcurrentHashMap<>();

  /** Which one comes first the next time; of the client's own thread. */
  private int turn;

  Reachable(Hosts hosts, boolean secure) {
    this.secure = secure;
    List<InetSocketAddress> shuffled = new ArrayList<>();
    for (String server : hosts.servers()) {
      int colon = server.lastIndexOf(':');
      String host = server.substring(0, colon).replace("[", "").replace("]", "");
      shuffled.add(
          InetSocketAddress.createUnresolved(host, Integer.parseInt(server.substring(colon + 1))));
    }
    Collections.shuffle(shuffled);
    servers = List.copyOf(shuffled);
  }

  @Override
  public int size() {
    return servers.size();
  }

  @Override
  public InetSocketAddress next(long spinDelay) {
    int first = turn;
    turn = (turn + 1) % servers.size();
    CompletableFuture<InetSocketAddress> answer = new CompletableFuture<>();
    for (int server = 0; server < servers.size(); server++) {
      InetSocketAddress candidate = servers.get((first + server) % servers.size());
      // Looking a name up would keep a carrier of virtual threads busy.
      Threads.daemon("ballot-zookeeper-try", () -> tryOut(candidate, answer)).start();
      InetSocketAddress found = await(answer, MOMENT_MILLIS);
      if (found != null) {
        return found;
      }
    }
    InetSocketAddress found = await(answer, PATIENCE_MILLIS - MOMENT_MILLIS);
    return found != null ? found : resolved(servers.get(first));
  }

  private static @Nullable InetSocketAddress await(
      CompletableFuture<InetSocketAddress> answer, long millis) {
    try {
      return answer.get(millis, TimeUnit.MILLISECONDS);
    } catch (TimeoutException nobodyYet) {
      return null;
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
      return null;
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private void tryOut(InetSocketAddress server, CompletableFuture<InetSocketAddress> answer) {
    InetSocketAddress address = resolved(server);
    if (address.isUnresolved()) {
      trouble.put(server, "unknown host");
      return;
    }
    try (Socket socket = new Socket()) {
      socket.connect(address, PATIENCE_MILLIS);
      trouble.remove(server);
      answer.complete(address);
    } catch (SocketTimeoutException silent) {
      trouble.put(server, "no answer");
    } catch (UnknownHostException unknown) {
      trouble.put(server, "unknown host");
    } catch (IOException refused) {
      trouble.put(server, "connection refused");
    }
  }

  private static InetSocketAddress resolved(InetSocketAddress server) {
    return new InetSocketAddress(server.getHostString(), server.getPort());
  }

  @Override
  public void onConnected() {
    trouble.clear();
  }

  @Override
  public boolean updateServerList(Collection<InetSocketAddress> others, InetSocketAddress current) {
    return false;
  }

  /** Why no session comes about, as far as it can be seen from here. */
  String whyNot() {
    List<String> reasons = new ArrayList<>();
    for (InetSocketAddress server : servers) {
      String reason = trouble.get(server);
      if (reason != null) {
        reasons.add(server.getHostString() + ":" + server.getPort() + ": " + reason);
      }
    }
    Collections.sort(reasons);
    return reasons.size() < servers.size()
        ? silence()
        : String.join(", ", reasons)
            + "; is ZooKeeper running there? --zookeeper-servers or ZOOKEEPER_SERVERS says where it"
            + " is";
  }

  private String silence() {
    return secure
        ? "a server takes connections but begins no session: its certificate may not be trusted ("
            + ZooKeeperSettings.TLS_TRUST_STORE.name()
            + ") or may name another host ("
            + ZooKeeperSettings.TLS_VERIFY_HOSTNAME.name()
            + "), it may want to see one of ours ("
            + ZooKeeperSettings.TLS_KEY_STORE.name()
            + "), or not speak TLS on this port"
        : "a server takes connections but begins no session: it may be busy, cut off from the"
            + " others, or speak TLS only ("
            + ZooKeeperSettings.TLS.name()
            + ")";
  }
}
