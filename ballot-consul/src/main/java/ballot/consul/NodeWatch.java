package ballot.consul;

import ballot.api.StoreException;
import ballot.api.Threads;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One blocking question about a node, asked again and again by a thread of its own. */
final class NodeWatch {

  private static final Logger LOG = System.getLogger(NodeWatch.class.getName());

  private static final Duration WAIT = Duration.ofMinutes(5);
  private static final Duration PATIENCE = WAIT.plus(WAIT.dividedBy(16)).plusSeconds(10);
  private static final long SHORTEST_PAUSE_MILLIS = 50;
  private static final long LONGEST_PAUSE_MILLIS = 2_000;

  /** A pause as long as this much of an answer is worth, so that a large node stays cheap. */
  private static final int BYTES_PER_MILLI = 2_000;

  private static final long LONGEST_REST_MILLIS = 250;

  private final ConsulHttp http;
  private final Call question;
  private final Consumer<Answer> seen;
  private final Pace pace = new Pace();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;

  private volatile @Nullable Patience patience;
  private volatile boolean works;

  /**
   * Not started yet.
   *
   * @param seen gets every answer, on the thread of this watch
   */
  NodeWatch(ConsulHttp http, Call question, Consumer<Answer> seen) {
    this.http = http;
    this.question = question;
    this.seen = seen;
    this.thread = Threads.daemon("ballot-consul-node-watch", this::run);
  }

  void start() {
    thread.start();
  }

  /** Whether it has an answer and waits for the next. */
  boolean works() {
    return works;
  }

  private void run() {
    long index = 0;
    int failures = 0;
    while (closed.getCount() > 0) {
      try {
        Answer answer = await(index);
        var unused = answer.orThrow();
        boolean wentBack = answer.index() < index;
        index = wentBack ? 0 : Math.max(answer.index(), 1);
        works = !wentBack;
        seen.accept(answer);
        failures = 0;
        long rest = Math.min(answer.body().length() / BYTES_PER_MILLI, LONGEST_REST_MILLIS);
        pause(Math.max(rest, pace.afterWake(System.nanoTime(), false, 0)));
      } catch (StoreException failure) {
        LOG.log(Level.DEBUG, failure::getMessage);
        works = false;
        index = 0;
        failures = Math.min(failures + 1, 6);
        pause(Math.min(SHORTEST_PAUSE_MILLIS << failures, LONGEST_PAUSE_MILLIS));
      }
    }
  }

  private Answer await(long index) throws StoreException {
    Patience mine = Patience.of(PATIENCE);
    patience = mine;
    if (closed.getCount() == 0) {
      mine.end();
    }
    Call call =
        index == 0
            ? question
            : question.with("index", Long.toString(index)).with("wait", WAIT.toSeconds() + "s");
    return http.ask(call, Connections.Lane.WATCHES, mine);
  }

  private void pause(long millis) {
    try {
      var unused = closed.await(Math.max(millis, 0), TimeUnit.MILLISECONDS);
    } catch (InterruptedException nobodyDoesThat) {
      Thread.currentThread().interrupt();
    }
  }

  void close() {
    works = false;
    closed.countDown();
    Patience waiting = patience;
    if (waiting != null) {
      waiting.end();
    }
  }
}
