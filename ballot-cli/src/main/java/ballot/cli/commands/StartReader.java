package ballot.cli.commands;

import ballot.api.Setting;
import ballot.cli.commands.CommandLineReader.Words;
import ballot.cli.plugins.Plugins;
import ballot.cli.process.Redaction;
import ballot.cli.process.Refusal;
import ballot.cli.process.Surroundings;
import ballot.cli.process.Warnings;
import ballot.cli.settings.Catalogue;
import ballot.cli.settings.Catalogues;
import ballot.cli.settings.EarlySettings;
import ballot.cli.settings.EffectiveSettings;
import ballot.cli.settings.GeneralSettings;
import ballot.cli.settings.Given;
import ballot.cli.settings.Resolution;
import ballot.cli.settings.file.FileSearch;
import ballot.cli.settings.file.SettingsFile;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads what a run starts from, in the order in which one thing says where the next is found: the
 * command line names the file, both name the folders of plugins, and plugins bring settings, which
 * the command line is read for once more.
 */
public final class StartReader {

  private final Surroundings here;
  private final FileSearch search;
  private final Plugins plugins = Plugins.onClassPath();
  private final Warnings warnings = new Warnings();
  private Catalogue catalogue = Catalogues.of(plugins.backends());
  private Redaction redaction = Redaction.NONE;
  private boolean debug;
  private Optional<SettingsFile> file = Optional.empty();
  private Words words = new Words(Optional.empty(), false, false, Map.of(), List.of());

  /** In these surroundings. */
  public StartReader(Surroundings here) {
    this.here = here;
    this.search = new FileSearch(here);
  }

  /** Reads the command line as far as it says what to do; for help that is all there is to read. */
  public Words words(List<String> arguments) {
    Words early = new CommandLineReader(catalogue).readAsFarAsPossible(arguments);
    boolean explains =
        early.help() || early.version() || early.verb().filter(Verb.HELP::equals).isPresent();
    // It has to be quick, and what is not read cannot be broken.
    boolean reads = !explains && early.verb().filter(Verb.FENCE::equals).isEmpty();
    debug = early.options().containsKey(GeneralSettings.DEBUG.name());
    EarlySettings settings = new EarlySettings(catalogue, here.environment(), early.options());
    if (reads) {
      file = file(settings);
    }
    int before = plugins.backends().size();
    if (reads || explains) {
      pluginFolders(settings).forEach(plugins::addFolder);
    }
    if (plugins.backends().size() > before) {
      catalogue = Catalogues.of(plugins.backends());
    }
    words = new CommandLineReader(catalogue).read(arguments);
    refuseLate(GeneralSettings.CONFIG, early, words);
    refuseLate(GeneralSettings.PLUGIN_DIR, early, words);
    return words;
  }

  /** What says where options come from cannot come after them. */
  private static void refuseLate(Setting<?> setting, Words early, Words words) {
    if (!Objects.equals(early.options().get(setting.name()), words.options().get(setting.name()))) {
      throw Refusal.usage(setting.option() + " has to stand before the options that plugins bring");
    }
  }

  /** Reads everything else, after {@link #words}. */
  public Start start() {
    Resolution resolution = new Resolution(catalogue, here.environment());
    redaction = resolution.redaction();
    EffectiveSettings settings = resolution.resolve(words.options(), file);
    redaction = resolution.redaction();
    debug = settings.get(GeneralSettings.DEBUG);
    Stream.of(
            search.warnings().stream(),
            resolution.warnings().stream(),
            plugins.problems(),
            catalogue.conflicts().stream().map(Catalogue.Conflict::message))
        .flatMap(lines -> lines)
        .forEach(warnings::add);
    return new Start(
        settings, plugins, words.rest(), file.map(SettingsFile::path), warnings, redaction);
  }

  private Optional<SettingsFile> file(EarlySettings early) {
    Optional<Given> named = early.config();
    if (named.isEmpty()) {
      return search.first();
    }
    Given config = named.get();
    Optional<Path> path = possible(config.text());
    boolean isMeantForOthers = EarlySettings.isMeantForOthers(config);
    if (isMeantForOthers && path.filter(search::isReadable).isEmpty()) {
      warnings.add(
          config.origin().describe() + " is not used: " + config.text() + " cannot be read");
      return search.first();
    }
    return Optional.of(
        search.named(
            path.orElseThrow(() -> impossible(config, config.text())),
            config.origin().describe(),
            EarlySettings.faultOf(config)));
  }

  /** Not every text is a path: the locale of a service may know no umlauts. */
  private Optional<Path> possible(String text) {
    try {
      return Optional.of(here.workingFolder().resolve(GeneralSettings.CONFIG.read(text)));
    } catch (InvalidPathException impossible) {
      return Optional.empty();
    }
  }

  private static Refusal impossible(Given given, String text) {
    return EarlySettings.refusal(
        given,
        "'%s' cannot be the name of a file here (under LC_ALL=C, names are ASCII)".formatted(text));
  }

  private List<Path> pluginFolders(EarlySettings early) {
    Optional<Given> given = early.pluginFolders(file);
    if (given.isEmpty()) {
      return here.pluginFolders();
    }
    List<Path> folders =
        GeneralSettings.PLUGIN_DIR.read(given.get().text()).stream()
            .map(text -> possible(text).orElseThrow(() -> impossible(given.get(), text)))
            .toList();
    for (Path folder : folders) {
      if (!Files.isDirectory(folder)) {
        throw EarlySettings.refusal(given.get(), folder + " is not a folder");
      }
    }
    return folders;
  }

  /** What nobody has told yet. */
  public Warnings warnings() {
    return warnings;
  }

  /** Whether somebody looks closely, as far as it is known by now. */
  public boolean isDebug() {
    return debug;
  }

  /** The settings there are, once the plugins are known. */
  public Catalogue catalogue() {
    return catalogue;
  }

  /** Takes out what is known to be secret by now. */
  public Redaction redaction() {
    return redaction;
  }
}
