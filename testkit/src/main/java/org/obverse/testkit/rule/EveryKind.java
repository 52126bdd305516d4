package org.obverse.testkit.rule;

import static org.obverse.testkit.rule.BrokenRule.unless;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Use;
import org.obverse.engine.configuration.Description;
import org.obverse.engine.configuration.Node;
import org.obverse.engine.configuration.Node.Mapping;
import org.obverse.engine.configuration.Yaml;
import org.obverse.engine.plan.PlannedComponent;
import org.obverse.testkit.code.CodeRule;

/** Rules for components of every kind. */
final class EveryKind {
    private static final String STRANGE = "no-such-key";

    private EveryKind() {}

    /** Rules that look at the configuration and the code. */
    static <T> List<Rule<T>> ofTheTable(List<CodeRule> code) {
        List<Rule<T>> rules = new ArrayList<>(List.of(
                Rule.must(
                        "defaults-survive-yaml",
                        "The defaults, written as YAML and read back, are equal.",
                        "equals of the configuration record, and values that check() refuses",
                        EveryKind::defaultsSurviveYaml),
                Rule.must(
                        "unknown-keys-are-refused",
                        "A key that does not exist is refused, also inside a part that the configuration names.",
                        "Requirements.part for every key that holds a Use",
                        EveryKind::unknownKeysAreRefused),
                Rule.must(
                        "keys-have-a-meaning",
                        "Every key says what it means.",
                        "@Meaning of the record's components",
                        EveryKind::keysHaveAMeaning)));
        rules.addAll(ComponentCode.rules(code));
        return rules;
    }

    /** Those and the ones that need to see what a component does. */
    static <T> List<Rule<T>> rules(Behaviour<T> behaviour) {
        List<Rule<T>> rules = new ArrayList<>(ofTheTable(CodeRule.all()));
        rules.add(Rule.must(
                "parameters-matter",
                "Every parameter changes something observable.",
                "a parameter that nothing reads; or name in META-INF/obverse/conformance.yaml where it matters, with another"
                        + " value",
                subject -> parametersMatter(subject, behaviour)));
        rules.add(Rule.must(
                "same-seed-same-bytes",
                "Made and used twice in the same way, it does the same to the bit.",
                "state that outlives a call, the order of a hash map, draws from elsewhere",
                subject -> unless(
                        behaviour.of(subject, subject.chosen()).equals(behaviour.of(subject, subject.chosen())),
                        "two calls with equal configuration and equal streams differ")));
        return rules;
    }

    private static <T> void defaultsSurviveYaml(Subject<T> subject) {
        Record defaults = subject.contribution().component().defaults();
        Use bare = Use.of(subject.contribution().component().name());
        PlannedComponent<T> chosen = subject.bench().components().choose(subject.kind(), bare);
        Node read = Yaml.read(Yaml.write(Subject.tree(chosen)), "the defaults");
        Map<String, Object> settings = new LinkedHashMap<>();
        if (read instanceof Mapping mapping) {
            mapping.entries().forEach((key, value) -> settings.put(key, value.plain()));
        }
        Record again = subject.bench()
                .components()
                .choose(subject.kind(), new Use(bare.name(), settings))
                .configuration();
        unless(again.equals(defaults), "%s became %s", defaults, again);
    }

    private static <T> void unknownKeysAreRefused(Subject<T> subject) {
        refuses(subject, Map.of(STRANGE, 1), STRANGE);
        Mapping tree = Subject.tree(subject.chosen());
        for (Key key : Key.of(subject.contribution().component().defaults())) {
            if (key.type() == Use.class) {
                Mapping part = (Mapping) tree.at(key.path()).orElseThrow();
                Mapping strange = key.set(part.with(STRANGE, Node.of(1)));
                Map<String, Object> settings = new LinkedHashMap<>();
                strange.entries().forEach((name, value) -> settings.put(name, value.plain()));
                refuses(subject, settings, key.path() + "." + STRANGE);
            }
        }
    }

    private static <T> void refuses(Subject<T> subject, Map<String, Object> settings, String path) {
        try {
            subject.bench()
                    .components()
                    .choose(
                            subject.kind(),
                            new Use(subject.contribution().component().name(), settings));
        } catch (InvalidConfigurationException e) {
            unless(
                    e.problems().stream().map(Problem::path).anyMatch(path::equals),
                    "the key %s is refused without being named: %s",
                    path,
                    e.problems());
            return;
        }
        throw new BrokenRule("the key " + path + " is accepted");
    }

    private static <T> void keysHaveAMeaning(Subject<T> subject) {
        List<String> silent =
                silent(Description.of(subject.contribution().component().defaults()), "");
        unless(silent.isEmpty(), "no @Meaning: %s", String.join(", ", silent));
    }

    private static List<String> silent(List<Description> keys, String path) {
        List<String> silent = new ArrayList<>();
        for (Description key : keys) {
            if (key.meaning().isBlank()) {
                silent.add(path + key.key());
            }
            silent.addAll(silent(key.nested(), path + key.key() + "."));
        }
        return silent;
    }

    private static <T> void parametersMatter(Subject<T> subject, Behaviour<T> behaviour) {
        Places<T> places = new Places<>(subject, behaviour);
        if (places.seen(Node.nothing()).isEmpty()) {
            throw new NotTried("it does not work as its author wants it tried; other rules say why");
        }
        List<String> idle = new ArrayList<>();
        for (Key key : Key.of(subject.contribution().component().defaults())) {
            if (!places.matters(key)) {
                idle.add(key.path());
            }
        }
        unless(idle.isEmpty(), "nothing that was tried shows an effect of: %s", String.join(", ", idle));
    }

    /** Where parameters may matter: as the author says, as the component is tried, and under each choice that it has. */
    private static final class Places<T> {
        private final Subject<T> subject;
        private final Behaviour<T> behaviour;
        private final Map<Mapping, Optional<String>> seen = new LinkedHashMap<>();

        Places(Subject<T> subject, Behaviour<T> behaviour) {
            this.subject = subject;
            this.behaviour = behaviour;
        }

        boolean matters(Key key) {
            Optional<Notes.Place> noted =
                    Optional.ofNullable(subject.entry().keys().get(key.path()));
            if (noted.isPresent()) {
                Mapping other =
                        key.set(noted.get().value()).overlaid(noted.get().with());
                return differs(noted.get().within(), List.of(other));
            }
            for (Mapping within : contexts(key)) {
                Optional<PlannedComponent<T>> chosen = subject.tried(within);
                if (chosen.isPresent() && differs(within, others(key, chosen.get()))) {
                    return true;
                }
            }
            return false;
        }

        private List<Mapping> contexts(Key key) {
            List<Mapping> contexts = new ArrayList<>(List.of(Node.nothing()));
            for (Key other : Key.of(subject.contribution().component().defaults())) {
                if (other.chooses() && !other.path().equals(key.path())) {
                    other.alternatives(subject.chosen(), subject).forEach(value -> contexts.add(other.set(value)));
                }
            }
            return contexts;
        }

        private List<Mapping> others(Key key, PlannedComponent<T> chosen) {
            return key.alternatives(chosen, subject).stream().map(key::set).toList();
        }

        private boolean differs(Mapping within, List<Mapping> others) {
            Optional<String> base = seen(within);
            return base.isPresent()
                    && others.stream()
                            .map(other -> seen(within.overlaid(other)))
                            .anyMatch(other -> other.isPresent() && !other.equals(base));
        }

        /** Nothing if the component refuses these settings, or does not work under them. */
        private Optional<String> seen(Mapping over) {
            return seen.computeIfAbsent(over, key -> {
                try {
                    return subject.tried(key).map(chosen -> behaviour.of(subject, chosen));
                } catch (InvalidConfigurationException | NotTried e) {
                    return Optional.empty();
                }
            });
        }
    }
}
