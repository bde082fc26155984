package ballot.exec;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Hears the signals that are sent to this process, instead of dying of them. What they mean is for
 * the handler to say.
 *
 * <p>A signal that was ignored when we were started, as nohup(1) does with HUP, stays ignored. The
 * JVM keeps USR2 for itself unless {@code _JAVA_SR_SIGNUM} was set in the environment before it was
 * started; then, and under {@code -Xrs}, the signal is left as it is and a line at debug level says
 * so.
 */
public final class SignalRelay implements AutoCloseable {

  private static final Logger LOG = System.getLogger(SignalRelay.class.getName());

  private final Map<Signal, SignalHandler> before = new LinkedHashMap<>();

  private SignalRelay() {}

  /** Told of a signal. */
  @FunctionalInterface
  public interface Handler {

    /**
     * A signal came. Called on a thread of its own for each signal, so perhaps several at a time.
     *
     * @param count how many of this kind there have been, this one included
     */
    void signalled(CommandSignal signal, int count);
  }

  /** Begins to hear these signals. */
  public static SignalRelay install(Set<CommandSignal> signals, Handler handler) {
    SignalRelay relay = new SignalRelay();
    Set<CommandSignal> ignored = IgnoredSignals.ofThisProcess();
    for (CommandSignal signal : signals) {
      if (ignored.contains(signal)) {
        LOG.log(Level.DEBUG, "SIG{0} was ignored when we were started and stays so", signal);
      } else {
        relay.install(signal, handler);
      }
    }
    return relay;
  }

  private void install(CommandSignal signal, Handler handler) {
    AtomicInteger count = new AtomicInteger();
    try {
      Signal native_ = new Signal(signal.name());
      before.put(
          native_,
          Signal.handle(native_, caught -> handler.signalled(signal, count.incrementAndGet())));
    } catch (IllegalArgumentException taken) {
      LOG.log(Level.DEBUG, "SIG{0} cannot be passed on: {1}", signal, taken.getMessage());
    }
  }

  /** Puts back what was there before. Does nothing the second time. */
  @Override
  public void close() {
    before.forEach(Signal::handle);
    before.clear();
  }
}
