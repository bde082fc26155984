package ballot.e2e.torture.judge;

import ballot.api.BootClock;
import ballot.e2e.site.Network;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How hard candidates knock at a store that does not answer: counts, on each candidate's host and
 * by the kernel's own counters, what is sent to the ports of the store before any fault can drop
 * it.
 *
 * <p>A host has two ballots. Each may begin 8 connections a second, over ten seconds: the proof of
 * a leadership is asked for up to eight times in what is left of a lease, the session twice a
 * second, and what is watched once a second for each of three watches; all of these wait longer the
 * longer nobody answers. A loop without a pause would begin hundreds.
 */
public final class Restraint implements AutoCloseable {

  private static final Duration WINDOW = Duration.ofSeconds(10);
  private static final double MOST_CONNECTIONS_A_SECOND = 2 * 8;
  private static final Pattern COUNTER = Pattern.compile("counter packets (\\d+)");

  /** Before the chains of faults, whose priority is -300. */
  private static final String RULES =
      """
      table inet restraint {
        chain output {
          type filter hook output priority -400
          tcp dport { 2181, 8500 } tcp flags & (syn | ack) == syn counter
        }
      }
      """;

  private final List<Network.Host> hosts;
  private final Docket docket;
  private final Map<String, Long> before = new HashMap<>();
  private final Thread thread;
  private volatile double most;
  private volatile boolean closed;

  /** Begins to count on these hosts; there may be none. */
  public Restraint(List<Network.Host> hosts, Docket docket)
      throws IOException, InterruptedException {
    this.hosts = List.copyOf(hosts);
    this.docket = docket;
    for (Network.Host host : hosts) {
      nft(host, RULES);
    }
    this.thread = Thread.ofPlatform().daemon(true).name("torture-restraint").start(this::watch);
  }

  private void watch() {
    try {
      long since = BootClock.nanos();
      while (!closed) {
        Thread.sleep(WINDOW);
        long now = BootClock.nanos();
        for (Network.Host host : hosts) {
          look(host, (now - since) / 1e9);
        }
        since = now;
      }
    } catch (InterruptedException closing) {
      // nothing is left to do
    } catch (IOException broken) {
      docket.note("rate", "could not be counted: " + broken.getMessage());
    }
  }

  private void look(Network.Host host, double seconds) throws IOException, InterruptedException {
    Matcher counter = COUNTER.matcher(nft(host, "list table inet restraint"));
    long count = counter.find() ? Long.parseLong(counter.group(1)) : 0;
    double rate = (count - before.getOrDefault(host.address(), 0L)) / seconds;
    before.put(host.address(), count);
    most = Math.max(most, rate);
    if (rate > MOST_CONNECTIONS_A_SECOND) {
      docket.note(
          "rate",
          "the ballots of %s began %.1f connections a second for %.0f s"
              .formatted(host.address(), rate, seconds));
    }
  }

  private static String nft(Network.Host host, String text)
      throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(host.words());
    words.addAll(List.of("nft", text));
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes());
    if (process.waitFor() != 0) {
      throw new IOException("nft: " + said.strip());
    }
    return said;
  }

  /** The most connections that the two ballots of any host began in a second, over ten seconds. */
  public double most() {
    return most;
  }

  @Override
  public void close() throws InterruptedException {
    closed = true;
    thread.interrupt();
    thread.join();
  }
}
