package ballot.cli.commands;

import ballot.cli.plugins.Plugin;
import ballot.cli.process.ExitCode;
import ballot.cli.process.Printer;
import ballot.cli.process.Surroundings;
import ballot.cli.render.JsonText;
import ballot.cli.render.Table;
import ballot.cli.render.YamlText;
import ballot.cli.settings.Catalogue;
import ballot.cli.settings.GeneralSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** {@code ballot plugins}: what was found, and what was wrong with what cannot be used. */
public final class PluginsCommand implements Command {

  private final Surroundings here;

  /** In these surroundings. */
  public PluginsCommand(Surroundings here) {
    this.here = here;
  }

  @Override
  public int call(Start start) {
    List<Plugin<?>> backends = List.copyOf(start.plugins().foundBackends());
    List<Plugin<?>> hooks = List.copyOf(start.plugins().foundHooks());
    List<String> problems =
        Stream.concat(
                start.plugins().problems(),
                start.settings().catalogue().conflicts().stream().map(Catalogue.Conflict::message))
            .toList();
    String text =
        switch (start.settings().find(GeneralSettings.OUTPUT).orElse("table")) {
          case "json" -> JsonText.of(document(backends, hooks, problems));
          case "yaml" -> YamlText.of(document(backends, hooks, problems));
          default -> table(backends, hooks, problems);
        };
    new Printer(here.stdout()).print(text);
    return ExitCode.SUCCESS.status();
  }

  private static Map<String, Object> document(
      List<Plugin<?>> backends, List<Plugin<?>> hooks, List<String> problems) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("backends", backends.stream().map(PluginsCommand::entry).toList());
    document.put("hooks", hooks.stream().map(PluginsCommand::entry).toList());
    if (!problems.isEmpty()) {
      document.put("problems", problems);
    }
    return document;
  }

  private static Map<String, String> entry(Plugin<?> plugin) {
    Map<String, String> entry = new LinkedHashMap<>();
    entry.put("name", plugin.name());
    entry.put("version", plugin.version());
    entry.put("origin", plugin.origin());
    entry.put("summary", plugin.summary());
    return entry;
  }

  /** Paths are cut for people only. */
  private int width() {
    return here.terminal().stdout() ? here.terminal().columns() : Integer.MAX_VALUE / 2;
  }

  private String table(List<Plugin<?>> backends, List<Plugin<?>> hooks, List<String> problems) {
    Table table = new Table(width(), "KIND", "NAME", "VERSION", "ORIGIN");
    backends.forEach(plugin -> add(table, "backend", plugin));
    hooks.forEach(plugin -> add(table, "hook", plugin));
    StringBuilder text = new StringBuilder();
    table.lines().forEach(line -> text.append(line).append('\n'));
    problems.forEach(problem -> text.append("problem: ").append(problem).append('\n'));
    return text.toString();
  }

  private static void add(Table table, String kind, Plugin<?> plugin) {
    table.add(kind, plugin.name(), plugin.version(), plugin.origin());
  }
}
