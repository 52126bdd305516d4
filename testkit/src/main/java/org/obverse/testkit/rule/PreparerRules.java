package org.obverse.testkit.rule;

import static org.obverse.testkit.rule.BrokenRule.unless;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.obverse.api.attack.Preparer;
import org.obverse.api.attack.Stage;
import org.obverse.api.plugin.Use;
import org.obverse.engine.plan.Needs;

/** Rules for what preparers make. */
final class PreparerRules {
    private PreparerRules() {}

    static List<Rule<Preparer>> rules() {
        return List.of(Rule.must(
                "makes-the-networks-that-it-declares",
                "What was prepared opens with exactly the networks that the preparer, and those that it names, declare.",
                "Requirements.prepares, and the names in Preparer.Prepared.networks",
                PreparerRules::makesTheNetworksThatItDeclares));
    }

    private static void makesTheNetworksThatItDeclares(Subject<Preparer> subject) {
        StageBench.usual(subject);
        Use use = Use.of(subject.contribution().component().name());
        Set<String> made = new TreeSet<>(new Recipe(subject.bench(), subject.notes(), Map.of(Stage.PREPARE, use))
                .prepared()
                .networks()
                .keySet());
        Set<String> declared = new TreeSet<>(
                Needs.of(subject.chosen(), subject.bench().components()).prepares());
        unless(made.equals(declared), "it declares the networks %s and makes %s", declared, made);
    }
}
