package org.obverse.cli;

import java.util.concurrent.Callable;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Problem;
import org.obverse.cli.progress.Printable;
import org.obverse.engine.configuration.Suggestion;
import org.obverse.engine.plugin.Registry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "describe",
        header = "Say what a component is, what it requires, and what its keys mean.",
        description = {"", "Names are those that @|bold obverse plugins|@ lists.", ""})
final class DescribeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private PluginsOption plugins = new PluginsOption();

    @Parameters(index = "0", paramLabel = "KIND", description = "Such as attack, optimizer, metric, defense.")
    private String kind = "";

    @Parameters(index = "1", paramLabel = "NAME", description = "A component of that kind.")
    private String name = "";

    @Override
    public Integer call() {
        Registry registry = plugins.registry(spec.commandLine().getErr());
        String page = new ComponentPage(registry, spec.commandLine().getUsageHelpWidth()).of(kind(), name);
        spec.commandLine().getOut().print(Printable.lines(page));
        spec.commandLine().getOut().flush();
        return Exit.DONE.code();
    }

    private Kind<?> kind() {
        return Kind.all().stream()
                .filter(known -> known.name().equals(kind))
                .findFirst()
                .orElseThrow(() -> new InvalidConfigurationException(new Problem(
                        "KIND",
                        "there is no kind '" + kind + "'",
                        Suggestion.of(
                                kind,
                                "kinds",
                                Kind.all().stream().map(Kind::name).toList()))));
    }
}
