package org.obverse.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Problem;
import org.obverse.cli.progress.Printable;
import org.obverse.engine.plugin.Contribution;
import org.obverse.engine.plugin.LoadedPlugin;
import org.obverse.engine.plugin.Registry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "plugins",
        header = "List what plans can name, by kind, and the plugins that bring it.",
        description = {
            "",
            "What is refused in a folder of plugins is listed with its reason, and then the command ends with 3.",
            ""
        })
final class PluginsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private PluginsOption plugins = new PluginsOption();

    @Option(
            names = "--write-lock",
            description =
                    "Write @|bold plugins.lock|@ into each folder of plugins: the jars that lie there now are those"
                            + " that @|bold --locked|@ admits.")
    private boolean writeLock;

    @Override
    public Integer call() {
        Registry registry = Registry.with(plugins.folders());
        PrintWriter out = spec.commandLine().getOut();
        Kind.all().forEach(kind -> list(kind, registry, out));
        out.println("plugins");
        for (LoadedPlugin plugin : registry.plugins()) {
            out.printf(
                    "  %-36s %-10s %s%n",
                    plugin.id(),
                    Printable.line(plugin.version()),
                    Printable.line(plugin.source().toString()));
        }
        if (!registry.refusals().isEmpty()) {
            out.println();
            out.println("refused");
            registry.refusals().forEach(refusal -> out.println("  " + Printable.lines(refusal.toString())));
            out.flush();
            return Exit.PLUGIN.code();
        }
        if (writeLock) {
            lock(out);
        }
        out.flush();
        return Exit.DONE.code();
    }

    private void lock(PrintWriter out) {
        if (plugins.folders().isEmpty()) {
            throw new InvalidConfigurationException(
                    new Problem("--write-lock", "there is no folder of plugins to lock", "name one with --plugins"));
        }
        out.println();
        plugins.folders().forEach(folder -> out.println(Printable.line("written to " + folder.writeLock())));
    }

    private static <T> void list(Kind<T> kind, Registry registry, PrintWriter out) {
        List<Contribution<T>> all = registry.all(kind);
        if (all.isEmpty()) {
            return;
        }
        out.println(kind);
        for (Contribution<T> one : all) {
            out.printf("  %-36s %s%n", one.component().name(), one.plugin().id());
        }
        out.println();
    }
}
