package ballot.e2e.torture;

import ballot.e2e.torture.judge.Docket;
import ballot.e2e.torture.judge.TagWatch;
import ballot.e2e.torture.world.Fleet;
import ballot.e2e.torture.world.Registry;
import ballot.e2e.torture.world.Site;
import ballot.e2e.torture.world.World;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Two candidates of {@code ballot run} with a service, in worlds that have such things. */
final class Services implements AutoCloseable {

  private final World world;
  private final Founder founder;
  private final Docket docket;
  private final Path hooks;
  private @Nullable TagWatch tags;
  private @Nullable Fleet fleet;

  /** Starts candidates on sites. */
  @FunctionalInterface
  interface Founder {
    Fleet found(List<Site> sites) throws Exception;
  }

  Services(World world, Founder founder, Docket docket, Path hooks) {
    this.world = world;
    this.founder = founder;
    this.docket = docket;
    this.hooks = hooks;
  }

  /** Registers the instances, and adds their candidates to the fleets of a world. */
  void begin(Map<String, Fleet> fleets) throws Exception {
    if (world.registry().isEmpty()) {
      return;
    }
    Registry registry = world.registry().get();
    List<Site> sites = world.sites().subList(world.sites().size() - 2, world.sites().size());
    sites.forEach(site -> registry.register(site, "web-" + site.number()));
    tags = new TagWatch(registry, docket);
    fleet = founder.found(sites);
    fleets.put(Charges.RUN, fleet);
    awaitPrimary(world.bound());
  }

  /** Somebody is primary, or soon will be. */
  void awaitPrimary(World.Bound bound) throws InterruptedException {
    if (tags != null && !tags.awaitPrimary(bound.whole())) {
      docket.note("I8", "no instance is primary within " + bound.whole() + " of the faults' end");
    }
  }

  /** All have left. */
  void end() throws Exception {
    if (tags != null) {
      tags.checkHooks(hooks);
    }
  }

  @Override
  public void close() throws Exception {
    if (tags != null) {
      tags.close();
    }
    if (fleet != null) {
      fleet.close();
    }
  }
}
