package ballot.exec.hooks;

import ballot.api.HookCall;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;

/** What a hook is told, as JSON. */
final class CallDocument {

  private static final JsonFactory FACTORY = new JsonFactory();

  private CallDocument() {}

  /** Loads what writing takes. */
  static void getReady() {
    try (JsonGenerator json = FACTORY.createGenerator(new ByteArrayOutputStream())) {
      json.writeNull();
    } catch (IOException memoryDoesNotFail) {
      throw new UncheckedIOException(memoryDoesNotFail);
    }
  }

  /** In UTF-8. What is not known is null; what there is none of is empty, and 0 for the port. */
  static byte[] of(HookCall call) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("role", call.role().name().toLowerCase(Locale.ROOT));
      json.writeStringField("reason", call.reason());
      json.writeStringField("service", call.service());
      json.writeStringField("election", call.election().path());
      json.writeStringField("candidate", call.candidate().id());
      json.writeStringField("host", call.candidate().host());
      json.writeNumberField("pid", call.candidate().pid());
      json.writeStringField("backend", call.backend());
      json.writeNumberField("term", call.term().number());
      json.writeStringField("session", call.session());
      json.writeStringField("address", call.address());
      json.writeNumberField("port", call.port());
      json.writeStringField("previousLeader", call.previousLeader().orElse(null));
      json.writeStringField("leader", call.leader().orElse(null));
      json.writeEndObject();
    } catch (IOException memoryDoesNotFail) {
      throw new UncheckedIOException(memoryDoesNotFail);
    }
    return bytes.toByteArray();
  }
}
