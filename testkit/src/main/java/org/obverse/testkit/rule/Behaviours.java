package org.obverse.testkit.rule;

import java.util.TreeMap;
import org.obverse.api.attack.Attack;
import org.obverse.engine.plan.PlannedComponent;

/** What there is to see of components without a run around them. */
final class Behaviours {
    private Behaviours() {}

    /** The stages of a recipe and their settings. */
    static String recipe(Subject<Attack> subject, PlannedComponent<Attack> chosen) {
        Attack attack = chosen.create(
                subject.bench().resources(chosen.plugin(), subject.bench().manager()));
        Fingerprint seen = new Fingerprint();
        new TreeMap<>(attack.stages())
                .forEach((stage, use) -> seen.text(stage).text(use.name()).text(new TreeMap<>(use.settings())));
        return seen.end();
    }

    /** What a stage returns, or the tensors that a preparer makes. */
    static <T> String stage(Subject<T> subject, PlannedComponent<T> chosen) {
        StageBench bench = StageBench.of(subject);
        StageRun run = bench.run(chosen, StageConditions.usual(bench.classes()));
        if (run.failure().isPresent()) {
            throw new NotTried("the stage does not run; see the rule works-at-its-access");
        }
        return run.seenOfIt();
    }
}
