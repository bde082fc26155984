package ballot.exec.hooks;

import ballot.api.Hook;
import ballot.api.HookExecutor;
import java.util.Locale;
import java.util.Map;

/**
 * Hooks that are addresses: {@code http://} and {@code https://} get a POST with a JSON object of
 * all that a hook is told: {@code role} ({@code promote} or {@code demote}), {@code reason}, {@code
 * service}, {@code election}, {@code candidate}, {@code host}, {@code pid}, {@code backend}, {@code
 * term}, {@code session}, {@code address}, {@code port}, {@code previousLeader} and {@code leader},
 * the last two null where they are not known. Any status from 200 to 299 is success; redirects are
 * not followed, and nothing is tried again. User information becomes a header of basic
 * authentication and is never shown, nor is the path. The limit covers everything, from looking the
 * name up to the answer.
 *
 * <p><code>${NAME}</code> and <code>${NAME:-default}</code> are filled in as in {@link
 * CommandHooks}, encoded. Over TLS the JDK's authorities are trusted, or those of {@code
 * SSL_CERT_FILE}. Proxies are not used.
 */
public final class HttpHooks implements HookExecutor {

  /** For the service loader. */
  public HttpHooks() {}

  @Override
  public String name() {
    return "http";
  }

  @Override
  public String summary() {
    return "posts JSON to an address: https://user:password@hooks.example/promoted";
  }

  @Override
  public boolean claims(String text) {
    String start = text.stripLeading().toLowerCase(Locale.ROOT);
    return start.startsWith("http://") || start.startsWith("https://");
  }

  @Override
  public Hook prepare(String text, Map<String, String> environment) {
    return HttpHook.of(Text.of(text.strip()), new Variables(environment));
  }
}
