package org.obverse.cli;

import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Problem;
import org.obverse.cli.progress.Printable;
import org.obverse.engine.configuration.Suggestion;
import org.obverse.engine.plugin.Registry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "describe",
        header = "Say what a component is and what its keys mean, or what a plan may say.",
        description = {
            "",
            "Names are those that @|bold obverse plugins|@ lists; a kind without a name lists its components. @|bold describe plan|@ says which"
                    + " keys a plan may have, @|bold describe plan execution|@ (or target.training) those of one section.",
            ""
        })
final class DescribeCommand implements Callable<Integer> {
    private static final String PLAN = "plan";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private PluginsOption plugins = new PluginsOption();

    @Parameters(
            index = "0",
            paramLabel = "KIND",
            description = "plan, or such as attack, optimizer, metric, defense.",
            completionCandidates = Described.class)
    private String kind = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "NAME",
            description = "A component of that kind, or a section of plans.",
            completionCandidates = Names.class)
    private String name = "";

    @Option(
            names = "--json",
            description =
                    "Print JSON: of a kind a list of components (kind, name, summary, plugin), of a component these"
                            + " and the lists requires and keys, of plans a key; keys are objects with key, type, default (YAML), meaning and keys.")
    private boolean json;

    @Override
    public Integer call() {
        if (json) {
            Json.print(plain(), spec.commandLine().getOut());
        } else {
            String page = page(spec.commandLine().getUsageHelpWidth());
            spec.commandLine().getOut().print(Printable.lines(page));
        }
        spec.commandLine().getOut().flush();
        return Exit.DONE.code();
    }

    private Object plain() {
        if (kind.equals(PLAN)) {
            return PlanPage.plain(name);
        }
        ComponentPage page =
                new ComponentPage(plugins.registry(spec.commandLine().getErr()), 0);
        return name.isEmpty() ? page.plain(kind()) : page.plain(kind(), name);
    }

    private String page(int width) {
        if (kind.equals(PLAN)) {
            return new PlanPage(width).of(name);
        }
        ComponentPage page =
                new ComponentPage(plugins.registry(spec.commandLine().getErr()), width);
        return name.isEmpty() ? page.of(kind()) : page.of(kind(), name);
    }

    /** What can be described. */
    static final class Described implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Stream.concat(Stream.of(PLAN), Kind.all().stream().map(Kind::name))
                    .iterator();
        }
    }

    /** What is on the class path, and the sections of plans. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            Registry registry = Registry.ofClassPath();
            Stream<String> names = Kind.all().stream()
                    .flatMap(kind -> registry.all(kind).stream())
                    .map(one -> one.component().name());
            return Stream.concat(names, PlanPage.paths().stream())
                    .sorted()
                    .distinct()
                    .iterator();
        }
    }

    private Kind<?> kind() {
        return Kind.all().stream()
                .filter(known -> known.name().equals(kind))
                .findFirst()
                .orElseThrow(() -> new InvalidConfigurationException(
                        new Problem("KIND", "there is no kind '" + kind + "'", wayOut())));
    }

    /** A name without its kind, or a misspelt kind. */
    private String wayOut() {
        Registry registry = plugins.registry(spec.commandLine().getErr());
        List<String> meant = Kind.all().stream()
                .filter(known -> registry.all(known).stream()
                        .anyMatch(one -> one.component().name().equals(kind)))
                .map(known -> "'obverse describe " + known + " " + kind + "'")
                .toList();
        return meant.isEmpty()
                ? Suggestion.of(
                        kind, "kinds", Kind.all().stream().map(Kind::name).toList())
                : "it is a component: " + String.join(" or ", meant);
    }
}
