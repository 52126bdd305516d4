package org.obverse.testkit.rule;

import static org.obverse.testkit.rule.BrokenRule.unless;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.obverse.api.data.Part;
import org.obverse.api.defense.OutputFilter;
import org.obverse.api.oracle.Access;
import org.obverse.api.plugin.Kind;
import org.obverse.api.random.RandomStream;
import org.obverse.engine.plan.Needs;
import org.obverse.engine.target.TargetModel;
import org.obverse.testkit.bench.Bench;
import org.obverse.testkit.bench.BenchEvidence;

/** What no attacker may see, of whichever family. */
final class AttackerRules {
    /** Answers the same to everything. */
    static final OutputFilter SILENCE = new OutputFilter() {
        @Override
        public Access limit() {
            return Access.LOGITS;
        }

        @Override
        public NDArray filter(NDArray logits, RandomStream noise) {
            return logits.zerosLike();
        }
    };

    private static final String ID = "sees-only-filtered-answers";

    private AttackerRules() {}

    /** Which target answers a stage, and whether it does so in earnest. */
    enum Answers {
        PLAIN,
        SILENT,
        /** Of a target that takes every class for the next. */
        SILENT_OF_ANOTHER;

        TargetModel target(Bench bench) {
            return new TargetModel(
                    this == SILENT_OF_ANOTHER ? BenchEvidence.mistaken(bench.target()) : bench.target(),
                    this == PLAIN ? List.of() : List.of(SILENCE),
                    bench.torch().gradients());
        }
    }

    /** The rule, for attackers of one kind. */
    static <T> Rule<T> rule(Rule.Trial<T> trial) {
        return Rule.must(
                ID,
                "It declares no private part of the data and no data set, and where an output filter answers the same to everything, what it does"
                        + " depends neither on the target nor on who is a member.",
                "Requirements.data: PUBLIC is the only part for attackers; whatever reaches the target but by the oracle that"
                        + " the context lends",
                trial);
    }

    /**
     * @throws BrokenRule if it, or a component that it names, declares a part of the data that no attacker has, or a data set
     */
    static void declaresNothingPrivate(Subject<?> subject) {
        List<String> declared = privateData(subject);
        unless(declared.isEmpty(), "it declares that it reads %s", String.join(", ", declared));
    }

    /** For rules that a plan stands for, which refuses such an attacker. */
    static void requireNothingPrivate(Subject<?> subject) {
        if (!privateData(subject).isEmpty()) {
            throw new NotTried("it declares that it reads private data; see the rule " + ID);
        }
    }

    private static List<String> privateData(Subject<?> subject) {
        Needs needs = Needs.of(subject.chosen(), subject.bench().components());
        List<String> declared = new ArrayList<>();
        new TreeSet<>(needs.data())
                .stream()
                        .filter(part -> part != Part.PUBLIC)
                        .forEach(part -> declared.add(part.name().toLowerCase(Locale.ROOT)));
        if (needs.kinds().contains(Kind.DATASET)) {
            declared.add("a data set of its own");
        }
        return declared;
    }

    /**
     * @param silent what it does behind the filter
     * @param otherwise the same with another target
     * @throws BrokenRule if the two differ, though the answers do not
     */
    static void sameBehindTheFilter(Subject<?> subject, Supplier<String> silent, Supplier<String> otherwise) {
        Access access = subject.chosen().requirements().access();
        if (access == Access.NONE || access == Access.WHITE_BOX) {
            return;
        }
        String first = silent.get();
        if (first.equals(otherwise.get())) {
            return;
        }
        if (!first.equals(silent.get())) {
            throw new NotTried("before one target it does now this, now that; see the rule same-seed-same-bytes");
        }
        throw new BrokenRule(
                "with another target behind a filter that answers the same to everything, it does something else");
    }
}
