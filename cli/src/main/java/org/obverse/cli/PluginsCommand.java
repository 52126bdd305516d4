package org.obverse.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Problem;
import org.obverse.cli.progress.Columns;
import org.obverse.cli.progress.Printable;
import org.obverse.cli.progress.Screen;
import org.obverse.engine.configuration.Suggestion;
import org.obverse.engine.plugin.Contribution;
import org.obverse.engine.plugin.LoadedPlugin;
import org.obverse.engine.plugin.Registry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "plugins",
        header = "List what plans can name, by kind, and the plugins that bring it.",
        description = {
            "",
            "What is refused in a folder of plugins is listed with its reason, and then the command ends with 3.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  obverse plugins smoothing",
            "  obverse plugins --json",
            "  obverse plugins --plugins my-plugins --write-lock",
        })
final class PluginsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private PluginsOption plugins = new PluginsOption();

    @Parameters(
            arity = "0..1",
            paramLabel = "FILTER",
            description = "List only components with this text in their name, kind, summary or plugin.")
    private String filter = "";

    @Option(
            names = "--write-lock",
            description =
                    "Write @|bold plugins.lock|@ into each folder of plugins: the jars that lie there now are those"
                            + " that @|bold --locked|@ admits.")
    private boolean writeLock;

    @Option(
            names = "--json",
            description = "Print a JSON object with the lists components (kind, name, summary, plugin), plugins (id,"
                    + " version, source) and refused (source, reason).")
    private boolean json;

    @Override
    public Integer call() {
        Registry registry = Registry.with(plugins.folders());
        PrintWriter out = spec.commandLine().getOut();
        List<Contribution<?>> listed = Kind.all().stream()
                .flatMap(kind -> registry.all(kind).stream())
                .<Contribution<?>>map(one -> one)
                .filter(this::isWanted)
                .toList();
        List<LoadedPlugin> bringing = registry.plugins().stream()
                .filter(plugin -> filter.isEmpty() || listed.stream().anyMatch(one -> one.plugin() == plugin))
                .toList();
        requireFound(listed, registry);
        if (json) {
            Json.print(plain(listed, bringing, registry), out);
        } else {
            Kind.all().forEach(kind -> list(kind, listed, out));
            list(bringing, out);
        }
        if (!registry.refusals().isEmpty()) {
            refused(registry, out);
            return Exit.PLUGIN.code();
        }
        if (writeLock) {
            lock(out);
        }
        out.flush();
        return Exit.DONE.code();
    }

    private boolean isWanted(Contribution<?> one) {
        String wanted = filter.toLowerCase(Locale.ROOT);
        return Stream.of(
                        one.component().name(),
                        one.component().kind().name(),
                        one.component().summary(),
                        one.plugin().id())
                .anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(wanted));
    }

    private void requireFound(List<Contribution<?>> listed, Registry registry) {
        if (listed.isEmpty() && !filter.isEmpty()) {
            throw new InvalidConfigurationException(new Problem(
                    "FILTER",
                    "no component has '" + filter + "' in its name, kind, summary or plugin",
                    Suggestion.of(
                            filter,
                            "components",
                            Kind.all().stream()
                                    .flatMap(kind -> registry.all(kind).stream())
                                    .map(one -> one.component().name())
                                    .toList())));
        }
    }

    private void refused(Registry registry, PrintWriter out) {
        if (!json) {
            out.println();
            out.println("refused");
            registry.refusals().forEach(refusal -> out.println("  " + Printable.lines(refusal.toString())));
        }
        out.flush();
    }

    private void lock(PrintWriter out) {
        if (plugins.folders().isEmpty()) {
            throw new InvalidConfigurationException(
                    new Problem("--write-lock", "there is no folder of plugins to lock", "name one with --plugins"));
        }
        List<String> written = plugins.folders().stream()
                .map(folder -> Printable.line("written to " + folder.writeLock()))
                .toList();
        if (!json) {
            out.println();
            written.forEach(out::println);
        }
    }

    private static Map<String, Object> plain(
            List<Contribution<?>> listed, List<LoadedPlugin> bringing, Registry registry) {
        return Map.of(
                "components",
                listed.stream().map(ComponentPage::plain).toList(),
                "plugins",
                bringing.stream()
                        .map(plugin -> Map.of(
                                "id",
                                plugin.id(),
                                "version",
                                plugin.version(),
                                "source",
                                plugin.source().toString()))
                        .toList(),
                "refused",
                registry.refusals());
    }

    private static void list(Kind<?> kind, List<Contribution<?>> listed, PrintWriter out) {
        List<Contribution<?>> those = listed.stream()
                .filter(one -> one.component().kind().equals(kind))
                .toList();
        if (those.isEmpty()) {
            return;
        }
        out.println(kind);
        Columns.lines(
                        those.stream()
                                .map(one -> List.of(
                                        one.component().name(),
                                        Printable.line(one.component().summary())))
                                .toList(),
                        column -> false)
                .forEach(line -> out.println(Columns.cut("  " + line, Screen.columns())));
        out.println();
    }

    private static void list(List<LoadedPlugin> bringing, PrintWriter out) {
        out.println("plugins");
        Columns.lines(
                        bringing.stream()
                                .map(plugin -> List.of(
                                        plugin.id(),
                                        Printable.line(plugin.version()),
                                        Printable.line(plugin.source().toString())))
                                .toList(),
                        column -> false)
                .forEach(line -> out.println("  " + line));
    }
}
