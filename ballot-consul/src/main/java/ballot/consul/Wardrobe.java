package ballot.consul;

import ballot.api.ServiceSpec;
import ballot.api.StoreException;
import com.google.gson.JsonObject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sees to the tags of one service: those of the own instance through its agent, and through the
 * catalog those of others that cannot lead. Used by one thread at a time.
 */
final class Wardrobe {

  private static final Logger LOG = System.getLogger(Wardrobe.class.getName());

  /** A registration is in the catalog by then, or is written again. */
  private static final Duration TRAVEL = Duration.ofSeconds(1);

  /** What was found right is looked at again after this long, whatever is seen. */
  private static final Duration TRUST = Duration.ofMinutes(1);

  /**
   * Tags of others are not seen, so whoever leads asks for them; less often where it leads many.
   */
  private static final Duration SHORTEST_TRUST = Duration.ofSeconds(4);

  private static final Duration TRUST_PER_SERVICE = Duration.ofMillis(60);

  private final Rights rights;
  private final ServiceSpec spec;
  private final Catalog catalog;
  private final StaleTags stale;
  private final Quarrel quarrel = new Quarrel();
  private @Nullable Outfit settled;
  private long settledAt;
  private long wroteAt = System.nanoTime() - TRAVEL.toNanos();

  /** What was found right, and when. */
  private record Outfit(String id, ServiceSpec.Role role, Optional<String> session, long version) {}

  Wardrobe(Rights rights, ServiceSpec spec) {
    this.rights = rights;
    this.spec = spec;
    this.catalog = new Catalog(rights.http());
    this.stale = new StaleTags(catalog, spec.primaryTag());
  }

  /**
   * Puts on what is missing and takes off what is too much.
   *
   * @param version counts what was noticed of the service
   * @param leads whether it is certain that no other instance may wear the primary tag
   * @return whether all is right, so that there is no need to look again soon
   */
  boolean wear(
      String id,
      ServiceSpec.Role role,
      Optional<String> session,
      long version,
      boolean leads,
      Patience patience)
      throws StoreException {
    Outfit outfit = new Outfit(id, role, session, version);
    boolean isSettled = isSettled(outfit);
    if (isSettled && rights.lookout().isCrowded()) {
      return true;
    }
    if (!quarrel.mayWrite(role, System.nanoTime())) {
      return false;
    }
    Dress dress = new Dress(spec, role, session);
    Optional<JsonObject> found = rights.agent().registration(id, patience);
    if (found.isEmpty() || !isOfService(found.get())) {
      return true;
    }
    JsonObject registration = found.get();
    boolean override = Json.text(registration, "EnableTagOverride").equals(Optional.of("true"));
    boolean wasRight = isRight(dress, registration);
    if (isSettled && wasRight) {
      return true;
    }
    if (!override) {
      putOn(dress, registration, Json.texts(registration, "Tags"), patience);
    }
    boolean right = inCatalog(outfit, dress, registration, override, leads, patience);
    settled = right && wasRight ? outfit : null;
    settledAt = System.nanoTime();
    return right;
  }

  /** An id may be that of another service's instance, which is nobody's to tag. */
  private boolean isOfService(JsonObject registration) {
    return spec.service().isEmpty() || spec.service().equals(service(registration));
  }

  private static String service(JsonObject registration) {
    return Json.text(registration, "Service").orElse("");
  }

  private boolean isSettled(Outfit outfit) {
    return outfit.equals(settled)
        && System.nanoTime() - settledAt < trust(outfit.role()).toNanos()
        && rights.lookout().sees();
  }

  private Duration trust(ServiceSpec.Role role) {
    Duration scaled = TRUST_PER_SERVICE.multipliedBy(rights.lookout().size());
    if (role != ServiceSpec.Role.PRIMARY || scaled.compareTo(TRUST) > 0) {
      return TRUST;
    }
    return scaled.compareTo(SHORTEST_TRUST) < 0 ? SHORTEST_TRUST : scaled;
  }

  private static boolean isRight(Dress dress, JsonObject registration) {
    List<String> tags = Json.texts(registration, "Tags");
    return dress.tags(tags).equals(tags) && dress.showsSession(registration);
  }

  /** What the servers have decides where the operator lets it, and otherwise has to follow. */
  private boolean inCatalog(
      Outfit outfit,
      Dress dress,
      JsonObject registration,
      boolean override,
      boolean leads,
      Patience patience)
      throws StoreException {
    List<Catalog.Row> rows;
    try {
      // Hooks wait for the tag, and must not wait too long for servers that hang.
      Duration half = Duration.ofNanos(Math.max(patience.nanosLeft() / 2, 0));
      rows = catalog.rows(service(registration), patience.atMost(half));
    } catch (StoreException unreachable) {
      if (override) {
        putOn(dress, registration, Json.texts(registration, "Tags"), patience);
      }
      if (outfit.role() == ServiceSpec.Role.PRIMARY) {
        throw unreachable;
      }
      return false;
    }
    String node = rights.agent().node(patience).name();
    List<Catalog.Row> own =
        rows.stream()
            .filter(row -> row.id().equals(outfit.id()))
            .filter(row -> node.isEmpty() || row.nodeName().equals(node))
            .toList();
    boolean right = own.stream().allMatch(row -> dress.tags(row.tags()).equals(row.tags()));
    if (override) {
      List<String> worn = own.isEmpty() ? Json.texts(registration, "Tags") : own.getFirst().tags();
      putOn(dress, registration, worn, patience);
    }
    if (!right && System.nanoTime() - wroteAt >= TRAVEL.toNanos()) {
      List<String> worn = Json.texts(override ? own.getFirst().service() : registration, "Tags");
      register(dress, dress.tags(worn), registration, patience);
    }
    if (outfit.role() == ServiceSpec.Role.PRIMARY && leads) {
      rows.removeAll(own);
      right &= stale.strip(rows, patience);
    }
    return right;
  }

  private void putOn(Dress dress, JsonObject registration, List<String> worn, Patience patience)
      throws StoreException {
    List<String> tags = dress.tags(worn);
    boolean worksOut = tags.equals(Json.texts(registration, "Tags"));
    if (!worksOut || !dress.showsSession(registration)) {
      register(dress, tags, registration, patience);
    }
  }

  private void register(Dress dress, List<String> tags, JsonObject registration, Patience patience)
      throws StoreException {
    String id = Json.text(registration, "ID").orElseThrow();
    rights.agent().register(dress.put(tags, registration), id, patience);
    wroteAt = System.nanoTime();
    if (quarrel.wrote(wroteAt)) {
      LOG.log(
          Level.WARNING,
          "somebody keeps changing the tags of {0} back: another ballot with the same instance, or"
              + " another tool; they are put right every {1} s from now on, until that ends",
          id,
          Quarrel.PAUSE.toSeconds());
    }
  }
}
