package ballot.consul;

import ballot.api.ServiceSpec;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What an instance is to wear in its role, and the registration that says so: the one that it has,
 * with other tags.
 *
 * <p>Its checks are not part of a registration that is read back, and Consul keeps those that a new
 * one does not mention, with their state.
 */
final class Dress {

  /** What can be read of a registration and not be written. */
  private static final List<String> READ_ONLY =
      List.of("Service", "ContentHash", "Datacenter", "CreateIndex", "ModifyIndex", "PeerName");

  private final Set<String> roleTags;
  private final Optional<String> tag;
  private final Optional<String> sessionMeta;
  private final Optional<String> session;

  Dress(ServiceSpec spec, ServiceSpec.Role role, Optional<String> session) {
    List<String> tags = new ArrayList<>(List.of(spec.primaryTag()));
    spec.replicaTag().ifPresent(tags::add);
    this.roleTags = Set.copyOf(tags);
    this.tag = spec.tag(role);
    this.sessionMeta = spec.sessionMeta();
    this.session = session;
  }

  /** The tags with the one of the role and without the other's; in the same order. */
  List<String> tags(List<String> worn) {
    List<String> tags = new ArrayList<>(worn);
    tags.removeIf(each -> roleTags.contains(each) && !tag.filter(each::equals).isPresent());
    tag.filter(wanted -> !tags.contains(wanted)).ifPresent(tags::add);
    return List.copyOf(tags);
  }

  /** Whether the session stands in the registration, where it is to. */
  boolean showsSession(JsonObject registration) {
    return sessionMeta
        .map(
            name ->
                Json.child(registration, "Meta")
                    .flatMap(meta -> Json.text(meta, name))
                    .equals(session))
        .orElse(true);
  }

  /** The registration that puts these tags on. */
  JsonObject put(List<String> tags, JsonObject registration) {
    JsonObject changed = registration.deepCopy();
    changed.add("Name", registration.get("Service"));
    READ_ONLY.forEach(changed::remove);
    JsonArray list = new JsonArray();
    tags.forEach(list::add);
    changed.add("Tags", list);
    JsonObject meta = Json.child(changed, "Meta").orElseGet(JsonObject::new);
    sessionMeta.ifPresent(
        name -> {
          meta.remove(name);
          session.ifPresent(id -> meta.addProperty(name, id));
        });
    changed.remove("Meta");
    if (!meta.isEmpty()) {
      changed.add("Meta", meta);
    }
    return changed;
  }
}
