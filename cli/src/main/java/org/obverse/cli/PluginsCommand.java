package org.obverse.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.obverse.api.plugin.Kind;
import org.obverse.engine.plugin.Contribution;
import org.obverse.engine.plugin.LoadedPlugin;
import org.obverse.engine.plugin.Registry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "plugins",
        header = "List what plans can name, by kind, and the plugins that bring it.",
        description = "")
final class PluginsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Registry registry = Registry.ofClassPath();
        PrintWriter out = spec.commandLine().getOut();
        Kind.all().forEach(kind -> list(kind, registry, out));
        out.println("plugins");
        for (LoadedPlugin plugin : registry.plugins()) {
            out.printf("  %-36s %-10s %s%n", plugin.id(), plugin.version(), plugin.source());
        }
        out.flush();
        return Exit.DONE.code();
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
