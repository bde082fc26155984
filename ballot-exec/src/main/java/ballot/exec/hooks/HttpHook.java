package ballot.exec.hooks;

import static ballot.exec.hooks.Outcomes.failed;
import static ballot.exec.hooks.Outcomes.succeeded;

import ballot.api.Hook;
import ballot.api.HookCall;
import ballot.api.HookOutcome;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** A hook that posts what it is told. */
final class HttpHook implements Hook {

  private static final Duration TELLING = Duration.ofSeconds(1);
  private static final Duration CLOSING = Duration.ofMillis(200);

  private final Text address;
  private final Variables variables;
  private final @Nullable SSLSocketFactory tls;

  private HttpHook(Text address, Variables variables, @Nullable SSLSocketFactory tls) {
    this.address = address;
    this.variables = variables;
    this.tls = tls;
  }

  /**
   * Checks an address.
   *
   * @throws IllegalArgumentException if it cannot work
   */
  static HttpHook of(Text address, Variables variables) {
    variables.check(address);
    Target like = Target.of(address.with(variables.examples(), HttpHook::escaped));
    Exchange.getReady(like);
    CallDocument.getReady();
    return new HttpHook(address, variables, like.isSecure() ? Trust.of(variables.base()) : null);
  }

  @Override
  public HookOutcome run(HookCall call, Duration limit, Output output) {
    long deadline = System.nanoTime() + limit.toNanos();
    HookOutcome refusal = Outcomes.beforeBeginning(limit);
    if (refusal != null) {
      return refusal;
    }
    Target target;
    try {
      target = Target.of(address.with(variables.of(call), HttpHook::escaped));
    } catch (IllegalArgumentException wrong) {
      return failed(Outcomes.reason(wrong));
    }
    byte[] body = CallDocument.of(call);
    Telling telling = new Telling(output);
    try (Exchange exchange = new Exchange(target, tls, body, deadline)) {
      return run(exchange, target, limit, deadline, telling);
    } finally {
      telling.end();
    }
  }

  private static HookOutcome run(
      Exchange exchange, Target target, Duration limit, long deadline, Telling telling) {
    FutureTask<Answer> task = new FutureTask<>(exchange);
    Thread worker = thread("ballot-hook-http", task);
    try {
      Answer answer = task.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      await(worker);
      tell(answer.lines(), telling);
      return outcome(answer, target);
    } catch (TimeoutException late) {
      end(exchange, worker);
      return failed("no answer from %s within %s".formatted(target, Outcomes.text(limit)));
    } catch (InterruptedException told) {
      end(exchange, worker);
      Thread.currentThread().interrupt();
      return failed("interrupted; %s had not answered".formatted(target));
    } catch (ExecutionException failure) {
      await(worker);
      return failed(trouble(failure.getCause(), target));
    }
  }

  private static HookOutcome outcome(Answer answer, Target target) {
    if (answer.isSuccess()) {
      return succeeded("%s from %s".formatted(answer.told(), target));
    }
    String why = answer.isRedirect() ? "; redirects are not followed" : "";
    return failed("%s from %s%s".formatted(answer.told(), target, why));
  }

  private static String trouble(@Nullable Throwable cause, Target target) {
    return switch (cause) {
      case ConnectException refused -> "could not connect to %s: refused".formatted(target);
      case SSLException refused ->
          "TLS with %s failed: %s".formatted(target, Outcomes.reason(refused));
      case IOException failure ->
          "no answer from %s: %s".formatted(target, Outcomes.reason(failure));
      case null, default -> "could not call %s: %s".formatted(target, cause);
    };
  }

  /** Who listens may be slow; the hook is over then all the same. */
  private static void tell(List<String> lines, Telling telling) throws InterruptedException {
    if (!lines.isEmpty()) {
      thread("ballot-hook-lines", () -> lines.forEach(line -> telling.tell(line, true)))
          .join(TELLING.toMillis());
    }
  }

  private static void end(Exchange exchange, Thread worker) {
    exchange.close();
    await(worker);
  }

  /** It has nothing to do any more, and is gone when the hook is over. */
  private static void await(Thread worker) {
    try {
      worker.join(CLOSING.toMillis());
    } catch (InterruptedException again) {
      Thread.currentThread().interrupt();
    }
  }

  private static Thread thread(String name, Runnable task) {
    return Thread.ofPlatform().daemon().name(name).start(task);
  }

  /** A value as a part of an address. Colons stay, since addresses have them. */
  private static String escaped(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20").replace("%3A", ":");
  }
}
