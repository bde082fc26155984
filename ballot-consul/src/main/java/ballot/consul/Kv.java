package ballot.consul;

import ballot.api.RejectedException;
import ballot.api.StoreException;
import com.google.gson.stream.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Keys and transactions on them. Safe for use by many threads. */
final class Kv {

  private static final int CONFLICT = 409;

  private static final Listing NOTHING = new Listing(1, List.of());

  private final Asker agent;

  Kv(Asker agent) {
    this.agent = agent;
  }

  /**
   * What was found under a prefix.
   *
   * @param index the store's count at that moment, for the next blocking question; never 0
   */
  record Listing(long index, List<KvEntry> entries) {}

  /**
   * Reads one key, as the leader of the servers has it now.
   *
   * @throws RejectedException when the token may not read it; a listing would leave it out
   */
  Optional<KvEntry> read(String key, String purpose, Patience patience) throws StoreException {
    Call call = Call.get("/v1/kv/" + Call.escape(key), purpose).with("consistent");
    Answer answer = agent.ask(call, patience);
    if (answer.isDenied()) {
      throw answer.mayNotRead(key);
    }
    return listing(answer).entries().stream().findFirst();
  }

  /**
   * Lists a folder, as the leader of the servers has it now; what the token may not read of it is
   * not there.
   */
  Listing list(String folder, String purpose, Patience patience) throws StoreException {
    Call call = Call.get("/v1/kv/" + Call.escape(folder), purpose).with("consistent");
    Answer answer = agent.ask(call.with("recurse"), patience);
    return answer.isDenied() ? NOTHING : listing(answer);
  }

  /** Waits until a key, or something in a folder, is newer than an index, or the time is over. */
  Listing await(String prefix, long index, Duration wait, Patience patience) throws StoreException {
    Call call = Call.get("/v1/kv/" + Call.escape(prefix), "watch " + prefix);
    if (index > 0) {
      call = call.with("index", Long.toString(index)).with("wait", wait.toSeconds() + "s");
    }
    Call whole = prefix.endsWith("/") ? call.with("recurse") : call;
    return listing(agent.ask(whole, Connections.Lane.WATCHES, patience));
  }

  private static Listing listing(Answer answer) throws StoreException {
    if (answer.isMissing() && answer.index() > 0) {
      return new Listing(answer.index(), List.of());
    }
    String body = answer.orThrow();
    try (JsonReader json = new JsonReader(new StringReader(body))) {
      List<KvEntry> entries = new ArrayList<>();
      json.beginArray();
      while (json.hasNext()) {
        entries.add(KvEntry.read(json));
      }
      json.endArray();
      return new Listing(Math.max(answer.index(), 1), entries);
    } catch (IOException | IllegalStateException | NumberFormatException garbled) {
      throw Json.garbled(answer, garbled);
    }
  }

  /** Does it all or nothing. */
  Txn.Outcome transact(Txn txn, String purpose, Patience patience) throws StoreException {
    Answer answer = agent.ask(Call.put("/v1/txn", txn.toString(), purpose), patience);
    if (answer.status() != CONFLICT) {
      answer.orThrow();
    }
    try (JsonReader json = new JsonReader(new StringReader(answer.body()))) {
      Txn.Outcome outcome = Txn.Outcome.read(json);
      boolean refused = outcome instanceof Txn.Outcome.Refused;
      if (refused == (answer.status() == CONFLICT)) {
        return outcome;
      }
      throw Json.garbled(answer, null);
    } catch (IOException | IllegalStateException | NumberFormatException garbled) {
      throw Json.garbled(answer, garbled);
    }
  }
}
