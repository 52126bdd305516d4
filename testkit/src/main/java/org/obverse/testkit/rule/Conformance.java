package org.obverse.testkit.rule;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.Kind;
import org.obverse.engine.lend.UnitLoan;
import org.obverse.engine.plugin.Contribution;
import org.obverse.engine.plugin.LoadedPlugin;
import org.obverse.engine.plugin.Registry;
import org.obverse.engine.torch.TorchRuntime;
import org.obverse.engine.torch.TorchSettings;
import org.obverse.testkit.bench.Bench;
import org.obverse.testkit.bench.BenchPlugin;
import org.obverse.testkit.code.CodeRule;

/** Tries every component of a plugin against the rules of its kind. */
public final class Conformance implements AutoCloseable {
    /** How often a component is called in one trial: after so many calls nobody is likely to count them. */
    public static final int CALLS = 25;

    /** What a person should know who sees that every rule is kept. */
    public static final String UNSEEN =
            "Not seen: libraries beside the plugin's jar, where code that may write files writes them, and what begins after "
                    + CALLS + " calls or only at a plan's own scale.";

    private final LoadedPlugin plugin;
    private final Notes notes;
    private final Bench bench;
    private final List<Subject<?>> tried = new ArrayList<>();

    /**
     * @param plugin under test
     * @param registry that holds it, and whatever the author's notes name
     * @param settings of the native engine; a second thread helps with large networks, if its core is idle
     * @param watch is told of the steps and checkpoints of whatever is being tried
     * @throws org.obverse.api.plugin.InvalidConfigurationException if the notes cannot be understood
     */
    public Conformance(LoadedPlugin plugin, Registry registry, TorchSettings settings, UnitLoan.Watch watch) {
        this.plugin = plugin;
        this.notes = Notes.of(plugin);
        this.bench = new Bench(TorchRuntime.start(settings), registry.and(new BenchPlugin()), notes.bench(), watch);
    }

    /** Nobody watches. */
    public static UnitLoan.Watch unwatched() {
        return new UnitLoan.Watch() {
            @Override
            public void checkpoint() {}

            @Override
            public void progress(long done, long total, Map<String, Double> figures) {}
        };
    }

    /**
     * One rule and one component, not yet tried.
     *
     * @param component such as {@code optimizer/latent-adam}; {@code plugin/ID} for code that belongs to no component
     */
    public record Pending(String component, Rule<?> rule, Supplier<Finding> judge) {}

    /** Every rule of every component, to be tried one by one, and those of code once more for what belongs to no component. */
    public Stream<Pending> pending() {
        String name = "plugin/" + plugin.id();
        Stream<Pending> rest = ComponentCode.rules(CodeRule.all()).stream()
                .map(rule -> new Pending(name, rule, () -> ComponentCode.ofThePlugin(name, rule, this::ofNobody)));
        return Stream.concat(plugin.components().stream().flatMap(this::pending), rest);
    }

    /** Classes that no component leads to. */
    private Set<JavaClass> ofNobody() {
        return bench.once(Rest.class, () -> {
                    Set<JavaClass> rest =
                            ComponentCode.ofPlugin(bench, plugin.source()).all();
                    for (Component<?, ?> component : plugin.components()) {
                        try (Subject<?> subject = new Subject<>(new Contribution<>(plugin, component), bench, notes)) {
                            rest.removeAll(ComponentCode.reached(subject));
                        }
                    }
                    return new Rest(rest);
                })
                .classes();
    }

    private record Rest(Set<JavaClass> classes) {}

    private <T> Stream<Pending> pending(Component<?, T> component) {
        Kind<T> kind = component.kind();
        Subject<T> subject = new Subject<>(new Contribution<>(plugin, component), bench, notes);
        return RuleBook.of(kind).rules().stream()
                .map(rule -> new Pending(subject.name(), rule, () -> judge(rule, subject)));
    }

    /**
     * What was made for the rules of a component lives until the first rule of another one is tried. A recording that is left
     * open does not reach the next rule.
     */
    private <T> Finding judge(Rule<T> rule, Subject<T> subject) {
        if (!tried.contains(subject)) {
            tried.forEach(Subject::close);
            tried.clear();
            tried.add(subject);
        }
        try {
            return rule.judge(subject);
        } finally {
            bench.torch().quiet();
        }
    }

    /** Tries everything. */
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        pending().forEach(pending -> findings.add(pending.judge().get()));
        return findings;
    }

    @Override
    public void close() {
        bench.close();
    }
}
