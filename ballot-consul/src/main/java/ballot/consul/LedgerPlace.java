package ballot.consul;

import ballot.api.ElectionName;
import ballot.api.Ledger;
import ballot.api.Ledger.Page;
import ballot.api.RejectedException;
import ballot.api.StoreException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Where a ledger stands, and what stands there. */
record LedgerPlace(ElectionName election, String name) {

  LedgerPlace {
    name = Ledger.name(name);
  }

  String key() {
    return Names.ledger(election, name);
  }

  /** What stands there, as the leader of the servers has it now. */
  Page read(Kv kv, Patience patience) throws StoreException {
    Optional<KvEntry> entry = kv.read(key(), "read " + this, patience);
    return entry.isPresent() ? page(entry.get()) : Page.BLANK;
  }

  private Page page(KvEntry entry) throws RejectedException {
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(entry.bytes())).toString();
      return new Page(text, entry.modifyIndex());
    } catch (CharacterCodingException | IllegalArgumentException notText) {
      throw new RejectedException(
          "could not read "
              + this
              + ": what stands in key "
              + key()
              + " is no text; somebody else wrote it");
    }
  }

  @Override
  public String toString() {
    return "ledger " + name + " of " + election;
  }
}
