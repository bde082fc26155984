package ballot.exec;

import ballot.exec.CommandEnd.Exited;
import ballot.exec.CommandEnd.NotStarted;
import ballot.exec.CommandEnd.Reason;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One wrapper, which becomes the command or does not. The command's thread attends to it; orders
 * come on the desk.
 */
final class Attempt {

  private static final Logger LOG = System.getLogger(Attempt.class.getName());

  /** What the wrapper exits with when it does not execute the command. */
  private static final int REFUSED = 125;

  /** The status of a process that SIGKILL ended. */
  private static final int KILLED = 128 + 9;

  private final long run;
  private final CommandSpec spec;
  private final Commands.Workshop workshop;
  private final Wrapper wrapper;
  private final Launch launch;
  private final @Nullable OutputRelay relay;
  private final Registration registration = new Registration();
  private final Deferral untilRegistered;

  // on the desk only
  private final Set<Long> askedToEnd = new HashSet<>();
  private int blows;

  private volatile @Nullable Kin kin;
  private volatile boolean isKilling;
  private volatile boolean isOverdue;
  private volatile boolean isOver;

  /** With the wrapper, which waits. */
  Attempt(long run, CommandSpec spec, Commands.Workshop workshop, Wrapper wrapper) {
    this.run = run;
    this.spec = spec;
    this.workshop = workshop;
    this.wrapper = wrapper;
    this.launch = wrapper.launch();
    this.relay = wrapper.relay();
    this.untilRegistered = new Deferral(workshop.desk(), () -> isOver);
  }

  /** What the command's owner wants at the moment. */
  interface Owner {

    /** Whether it is to end, or not to begin. */
    boolean isCancelled();

    /** Until when it may run. */
    Deadline deadline();

    /** It is about to be executed in that process. */
    void started(long pid);
  }

  /** Lets the command go ahead, waits for its end and for the end of all that it leaves behind. */
  CommandEnd attend(Owner owner) throws InterruptedException {
    if (!launch.isJob()) {
      kin = launch.kin(workshop.table()).orElse(null);
    }
    if (relay != null) {
      relay.begin();
    }
    boolean isHeld = !answer(owner);
    OptionalLong pid = registration.await(launch.process(), () -> isHeld || isKilling);
    pid.ifPresent(owner::started);
    if (relay != null && spec.output() instanceof CommandOutput.Relayed relayed) {
      relay.deliverTo(relayed.sink()); // a start is told before its first line
    }
    int status = launch.process().waitFor();
    if (status == KILLED && !isKilling && owner.deadline().hasPassed()) {
      isOverdue = true;
    }
    int leftovers = clearLeftovers();
    isOver = true;
    return isHeld
        ? new NotStarted(Reason.CANCELLED, "told to end before it had begun")
        : end(status, leftovers);
  }

  /**
   * Tells a wrapper that waits to go ahead, or holds it back. One that does not wait may have
   * become the command by now: whoever wants it to end has ordered so, and it is asked politely.
   *
   * @return whether the command may have gone ahead
   */
  private boolean answer(Owner owner) {
    boolean mayGo = relay == null || !owner.isCancelled();
    try {
      if (mayGo) {
        wrapper.letGo(owner.deadline(), spec);
      } else {
        wrapper.hold();
      }
    } catch (IOException ended) {
      LOG.log(Level.DEBUG, "the wrapper of run {0,number,#} ended before its time", run);
    }
    return mayGo;
  }

  private CommandEnd end(int status, int leftovers) throws InterruptedException {
    if (registration.isConfirmed() && status != REFUSED) {
      return new Exited(status, leftovers, isOverdue);
    }
    String refusal = status == REFUSED ? registration.awaitRefusal() : null;
    if (refusal == null && (registration.isConfirmed() || status != REFUSED)) {
      return new Exited(status, leftovers, isOverdue);
    }
    return switch (refusal) {
      case null -> new NotStarted(Reason.UNGUARDED, "the guard was gone when it was to register");
      case "late" -> new NotStarted(Reason.LATE, "its deadline had passed before it could start");
      case "record" ->
          new NotStarted(Reason.UNRECORDED, "could not write the work record " + spec.workRecord());
      default -> new NotStarted(Reason.FAILED, "its wrapper could not read /proc");
    };
  }

  /** Ends what the command left behind; says how many. */
  private int clearLeftovers() throws InterruptedException {
    Kin known = kinNow();
    if (known == null) {
      return 0;
    }
    Leftovers leftovers =
        new Leftovers(new Census(workshop.table(), known), spec.stopTimeout(), () -> isKilling);
    return leftovers.clear(
        () -> workshop.desk().run(() -> terminate(CommandSignal.TERM)),
        () -> workshop.desk().run(() -> workshop.guard().kill(run)));
  }

  /** The sink is told what there is, within a second or two. */
  void settleOutput() throws InterruptedException {
    if (relay != null) {
      relay.settle();
    }
  }

  /** Waits until the sink has been told everything, however long that takes. */
  void awaitOutput() throws InterruptedException {
    if (relay != null) {
      relay.awaitDelivery();
    }
  }

  // Everything below is called on the desk.

  void registered(long pid) {
    if (kin == null && launch.isJob()) {
      kin = launch.job(pid, workshop.table());
    }
    Kin known = kinNow();
    if (known != null) {
      workshop.guard().know(run, known);
    }
    registration.confirm(pid);
    untilRegistered.end();
  }

  void refused(String why) {
    registration.refuse(why);
  }

  void expired() {
    isOverdue = true;
    LOG.log(Level.WARNING, "the guard has killed run {0,number,#}: its deadline has passed", run);
  }

  /** Passes a signal on to the group of the command, not before there is one. */
  void signal(CommandSignal signal) {
    untilRegistered.order(() -> sendTo(leader(), signal));
  }

  /** Asks each group once to end, as soon as there is one. */
  void terminate(CommandSignal signal) {
    untilRegistered.order(
        () -> {
          Kin known = kinNow();
          if (known != null) {
            askToEnd(known.leader(), signal);
            new Census(workshop.table(), known).groups().forEach(group -> askToEnd(group, signal));
          } else if (!registration.isConfirmed()) {
            terminate(signal);
          }
        });
  }

  /** Kills, again and again until it is over. */
  void kill() {
    if (!isKilling) {
      isKilling = true;
      workshop.guard().kill(run);
      strike();
    }
  }

  private void strike() {
    if (isOver) {
      return;
    }
    Kin known = kinNow();
    // The shell of a job tells how the job ended, and gives the terminal back: it ends by itself.
    if (!launch.isJob() || known == null || blows > 20) {
      launch.process().destroyForcibly();
    }
    if (known != null) {
      new Census(workshop.table(), known).killAll();
    }
    if (++blows == 100) {
      LOG.log(Level.WARNING, "run {0,number,#} cannot be killed; trying on", run);
    }
    workshop.desk().later(Duration.ofMillis(Math.min(blows * 2L, 100)), this::strike);
  }

  private void askToEnd(long group, CommandSignal signal) {
    if (group > 1 && askedToEnd.add(group)) {
      sendTo(group, signal);
      workshop.guard().signal(run, "CONT", group);
    }
  }

  private void sendTo(long group, CommandSignal signal) {
    if (group > 1 && !isOver) {
      workshop.guard().signal(run, signal.name(), group);
    }
  }

  private long leader() {
    Kin known = kinNow();
    return known == null ? 0 : known.leader();
  }

  private @Nullable Kin kinNow() {
    if (kin == null) {
      kin = launch.kin(workshop.table()).orElse(null);
    }
    return kin;
  }
}
