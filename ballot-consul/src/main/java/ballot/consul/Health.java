package ballot.consul;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An instance and its checks as the agent tells them: whether it may lead, and what a session of
 * its is to hang on.
 */
final class Health {

  private static final String NODE_MAINTENANCE = "_node_maintenance";
  private static final String SERVICE_MAINTENANCE = "_service_maintenance:";

  /** The servers' own view of the node; no agent knows it. */
  static final String NODE_ALIVE = "serfHealth";

  private final JsonObject service;
  private final List<JsonObject> checks;

  Health(JsonObject told) {
    this.service = Json.child(told, "Service").orElseGet(JsonObject::new);
    this.checks = Json.objects(told, "Checks");
  }

  String id() {
    return Json.text(service, "ID").orElse("");
  }

  String serviceName() {
    return Json.text(service, "Service").orElse("");
  }

  /** Its own address, empty where it has none. */
  String address() {
    return Json.text(service, "Address").orElse("");
  }

  int port() {
    return (int) Json.number(service, "Port");
  }

  /**
   * Why it must not lead, if so.
   *
   * @param named the checks that count, by name or id; empty for all that belong to the instance
   */
  Optional<String> unfit(List<String> named) {
    return maintenance()
        .or(() -> missing(named))
        .or(
            () ->
                checks.stream()
                    .filter(check -> counts(check, named) && isCritical(check))
                    .map(check -> "check '" + label(check) + "' is critical")
                    .findFirst());
  }

  private Optional<String> maintenance() {
    return checks.stream()
        .filter(Health::isCritical)
        .flatMap(
            check ->
                switch (id(check)) {
                  case NODE_MAINTENANCE -> Optional.of("its node is in maintenance").stream();
                  case String id when id.equals(SERVICE_MAINTENANCE + id()) ->
                      Optional.of("it is in maintenance").stream();
                  default -> Optional.<String>empty().stream();
                })
        .findFirst();
  }

  /** A misspelt name must not make an instance fit that is not. */
  private Optional<String> missing(List<String> named) {
    return named.stream()
        .filter(name -> !name.equals(NODE_ALIVE))
        .filter(name -> checks.stream().noneMatch(check -> isNamed(check, name)))
        .map(name -> "check '" + name + "', which is to decide, is not registered")
        .findFirst();
  }

  private boolean counts(JsonObject check, List<String> named) {
    return named.isEmpty() ? belongs(check) : named.stream().anyMatch(name -> isNamed(check, name));
  }

  private boolean belongs(JsonObject check) {
    return Json.text(check, "ServiceID").filter(id()::equals).isPresent();
  }

  /** Named are checks of the instance, or of its node. */
  private boolean isNamed(JsonObject check, String name) {
    return (belongs(check) || isOfNode(check))
        && (id(check).equals(name) || Json.text(check, "Name").filter(name::equals).isPresent());
  }

  /**
   * What a session is to hang on: the named checks, and that the node lives where there are any.
   */
  Ties ties(List<String> named) {
    if (named.isEmpty()) {
      return Ties.NONE;
    }
    List<String> ofNode = new ArrayList<>(List.of(NODE_ALIVE));
    List<String> ofService = new ArrayList<>();
    checks.stream()
        .filter(check -> counts(check, named))
        .forEach(check -> (isOfNode(check) ? ofNode : ofService).add(id(check)));
    return new Ties(ofNode, ofService);
  }

  private static boolean isOfNode(JsonObject check) {
    return Json.text(check, "ServiceID").isEmpty();
  }

  private static boolean isCritical(JsonObject check) {
    return Json.text(check, "Status").filter("critical"::equals).isPresent();
  }

  private static String id(JsonObject check) {
    return Json.text(check, "CheckID").orElse("");
  }

  private static String label(JsonObject check) {
    return Json.text(check, "Name").orElseGet(() -> id(check));
  }
}
