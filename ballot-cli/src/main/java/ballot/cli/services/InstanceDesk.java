package ballot.cli.services;

import ballot.api.ServiceInstance;
import ballot.api.ServiceInstance.Place;
import ballot.api.ServiceInstance.Sighting;
import ballot.api.ServiceSpec.Role;
import ballot.api.StoreException;
import ballot.cli.logging.LogLevel;
import ballot.cli.logging.Story;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Talks to one service's instance, one question at a time: looks at its health, and sees to it that
 * it wears the tag of its role, also when somebody else changes that.
 */
final class InstanceDesk implements AutoCloseable {

  private static final Duration BUDGET = Duration.ofSeconds(2);

  private final ServiceInstance instance;
  private final Story story;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("ballot-instance").factory());
  private final AtomicBoolean lookIsDue = new AtomicBoolean();
  private final Outages outages;

  private volatile Role role = Role.REPLICA;
  private volatile Optional<Place> place = Optional.empty();
  private volatile @Nullable Consumer<Optional<String>> fitness;
  private boolean registers;

  /**
   * Does nothing before it is told to begin.
   *
   * @param registers whether to register the instance where nobody did
   */
  InstanceDesk(ServiceInstance instance, boolean registers, Story story) {
    this.instance = instance;
    this.registers = registers;
    this.story = story;
    this.outages = new Outages(story);
  }

  /**
   * Registers the instance if that is ours to do, and looks at it.
   *
   * @param told after each look, why the instance must not lead, or nothing
   */
  void begin(Consumer<Optional<String>> told) {
    fitness = told;
    if (registers) {
      submit(this::register);
    }
    lookSoon();
  }

  /** Where the instance serves, as far as it is known. */
  Optional<Place> place() {
    return place;
  }

  /** The session that it stands or leads under. */
  String session() {
    return instance.session().orElse("");
  }

  /** Looks as soon as it can; once, however often this is called until then. Any thread. */
  void lookSoon() {
    if (fitness != null && lookIsDue.compareAndSet(false, true)) {
      submit(
          () -> {
            lookIsDue.set(false);
            look();
          });
    }
  }

  /**
   * The instance is to wear the tag of another role from now on.
   *
   * @return completed once that was tried, whether it succeeded or is to be tried again
   */
  CompletableFuture<Void> wear(Role newRole) {
    role = newRole;
    CompletableFuture<Void> tried = new CompletableFuture<>();
    if (!submit(
        () -> {
          wear();
          tried.complete(null);
        })) {
      tried.complete(null);
    }
    return tried;
  }

  private boolean submit(Runnable question) {
    try {
      thread.execute(question);
      return true;
    } catch (RejectedExecutionException closed) {
      return false;
    }
  }

  private void register() {
    try {
      instance.register(BUDGET);
      outages.over("register");
    } catch (StoreException unknown) {
      outages.is("register", "cannot register the instance: " + unknown.getMessage());
    }
  }

  private void look() {
    Consumer<Optional<String>> told = Objects.requireNonNull(fitness);
    try {
      Sighting sighting = instance.look(BUDGET);
      if (sighting.place().isEmpty() && registers) {
        register();
        sighting = instance.look(BUDGET);
      }
      outages.over("look");
      place = sighting.place();
      told.accept(sighting.unfit());
    } catch (StoreException unknown) {
      outages.is("look", "cannot look at the instance: " + unknown.getMessage());
    }
    wear();
  }

  private void wear() {
    Role wanted = role;
    try {
      instance.wear(wanted, instance.session().filter(session -> wanted == Role.PRIMARY), BUDGET);
      outages.over("tag");
    } catch (StoreException unknown) {
      outages.is("tag", "cannot set the instance's tags: " + unknown.getMessage());
    }
  }

  /** Takes back what was registered here, and ends. Waits for that, a few seconds at most. */
  @Override
  public void close() {
    if (registers) {
      submit(this::deregister);
    }
    thread.shutdown();
    try {
      if (!thread.awaitTermination(3, TimeUnit.SECONDS)) {
        thread.shutdownNow();
      }
    } catch (InterruptedException hurry) {
      thread.shutdownNow();
      Thread.currentThread().interrupt();
    }
    instance.close();
  }

  private void deregister() {
    registers = false;
    try {
      instance.deregister(BUDGET);
    } catch (StoreException unknown) {
      story.tell(
          LogLevel.WARN,
          "the registration was not taken back: " + unknown.getMessage(),
          Optional.empty());
    }
  }
}
