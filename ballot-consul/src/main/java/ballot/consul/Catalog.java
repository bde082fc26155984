package ballot.consul;

import ballot.api.StoreException;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** All instances of a service, on whatever node, as the servers have them. */
final class Catalog {

  private final ConsulHttp http;

  Catalog(ConsulHttp http) {
    this.http = http;
  }

  /** An instance in the catalog. */
  record Row(JsonObject node, JsonObject service, boolean nodeIsDead) {

    String nodeName() {
      return Json.text(node, "Node").orElse("");
    }

    String id() {
      return Json.text(service, "ID").orElse("");
    }

    List<String> tags() {
      return Json.texts(service, "Tags");
    }
  }

  List<Row> rows(String service, Patience patience) throws StoreException {
    Call call = Call.get("/v1/health/service/" + Call.escape(service), "look up all " + service);
    List<Row> rows = new ArrayList<>();
    for (JsonElement element : Json.array(http.ask(call, patience))) {
      if (element.isJsonObject()) {
        rows.add(row(element.getAsJsonObject()));
      }
    }
    return rows;
  }

  private static Row row(JsonObject told) {
    return new Row(
        Json.child(told, "Node").orElseGet(JsonObject::new),
        Json.child(told, "Service").orElseGet(JsonObject::new),
        Json.objects(told, "Checks").stream()
            .anyMatch(
                check ->
                    Json.text(check, "CheckID").filter(Health.NODE_ALIVE::equals).isPresent()
                        && Json.text(check, "Status").filter("critical"::equals).isPresent()));
  }

  /** Takes a tag off an instance that its own agent does not take care of. */
  void strip(Row row, String tag, Patience patience) throws StoreException {
    JsonObject service = row.service().deepCopy();
    JsonArray tags = new JsonArray();
    row.tags().stream().filter(each -> !each.equals(tag)).forEach(tags::add);
    service.add("Tags", tags);
    service.remove("CreateIndex");
    service.remove("ModifyIndex");
    JsonObject registration = new JsonObject();
    registration.addProperty("Node", row.nodeName());
    registration.addProperty("Address", Json.text(row.node(), "Address").orElse(""));
    registration.addProperty("SkipNodeUpdate", true);
    registration.add("Service", service);
    String what = "take tag " + tag + " off " + row.id() + " on " + row.nodeName();
    var unused =
        http.ask(Call.put("/v1/catalog/register", registration.toString(), what), patience)
            .orThrow();
  }
}
