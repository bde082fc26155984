package ballot.consul;

import ballot.api.StoreException;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Keys and transactions on them. Safe for use by many threads. */
final class Kv {

  private static final int CONFLICT = 409;

  private final ConsulHttp http;

  Kv(ConsulHttp http) {
    this.http = http;
  }

  /**
   * What was found under a prefix.
   *
   * @param index the store's count at that moment, for the next blocking question; never 0
   */
  record Listing(long index, List<KvEntry> entries) {}

  /**
   * Reads all keys that begin with a prefix, as the leader of the servers has them now. Where the
   * token may read the key of that very name and not list, only that one.
   */
  Listing read(String prefix, String purpose, Patience patience) throws StoreException {
    Call call = Call.get("/v1/kv/" + Call.escape(prefix), purpose).with("consistent");
    Answer answer = http.ask(call.with("recurse"), patience);
    return listing(answer.isDenied() ? http.ask(call, patience) : answer);
  }

  /** Waits until something under a prefix is newer than an index, or the time is over. */
  Listing await(String prefix, long index, Duration wait, Patience patience) throws StoreException {
    Call call = Call.get("/v1/kv/" + Call.escape(prefix), "watch " + prefix);
    if (index > 0) {
      call = call.with("index", Long.toString(index)).with("wait", wait.toSeconds() + "s");
    }
    Answer answer = http.ask(call.with("recurse"), Connections.Lane.WATCHES, patience);
    return listing(
        answer.isDenied() && !prefix.endsWith("/")
            ? http.ask(call, Connections.Lane.WATCHES, patience)
            : answer);
  }

  private static Listing listing(Answer answer) throws StoreException {
    if (answer.isMissing() && answer.index() > 0) {
      return new Listing(answer.index(), List.of());
    }
    return new Listing(Math.max(answer.index(), 1), entries(Json.array(answer)));
  }

  /** Does it all or nothing. */
  Txn.Outcome transact(Txn txn, String purpose, Patience patience) throws StoreException {
    return transact(txn, purpose, Connections.Lane.QUESTIONS, patience);
  }

  Txn.Outcome transact(Txn txn, String purpose, Connections.Lane lane, Patience patience)
      throws StoreException {
    Answer answer = http.ask(Call.put("/v1/txn", txn.toString(), purpose), lane, patience);
    if (answer.status() != CONFLICT) {
      return new Txn.Outcome.Done(entries(list(Json.object(answer), "Results")));
    }
    Answer readable = new Answer(answer.attempt(), 200, answer.body(), answer.index());
    List<Txn.Refusal> refusals = new ArrayList<>();
    for (JsonElement element : list(Json.object(readable), "Errors")) {
      if (element.isJsonObject()) {
        JsonObject error = element.getAsJsonObject();
        refusals.add(
            new Txn.Refusal(
                (int) Json.number(error, "OpIndex"), Json.text(error, "What").orElse("?")));
      }
    }
    if (refusals.isEmpty()) {
      throw Json.garbled(answer, null);
    }
    return new Txn.Outcome.Refused(refusals);
  }

  private static JsonArray list(JsonObject object, String field) {
    JsonElement list = object.get(field);
    return list != null && list.isJsonArray() ? list.getAsJsonArray() : new JsonArray();
  }

  private static List<KvEntry> entries(JsonArray list) {
    List<KvEntry> entries = new ArrayList<>(list.size());
    for (JsonElement element : list) {
      if (element.isJsonObject()) {
        JsonObject object = element.getAsJsonObject();
        JsonElement inner = object.get("KV");
        entries.add(
            KvEntry.of(inner != null && inner.isJsonObject() ? inner.getAsJsonObject() : object));
      }
    }
    return entries;
  }
}
