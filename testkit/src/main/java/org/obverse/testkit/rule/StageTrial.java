package org.obverse.testkit.rule;

import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Map;
import org.obverse.api.attack.Preparer;
import org.obverse.api.attack.Stage;
import org.obverse.api.data.Part;
import org.obverse.engine.lend.StageLoan;
import org.obverse.engine.lend.UndeclaredGenerator;
import org.obverse.engine.lend.UnitLoan;
import org.obverse.engine.plan.Needs;
import org.obverse.engine.plan.PlannedComponent;
import org.obverse.engine.target.QueryLedger;
import org.obverse.testkit.bench.Bench;

/** One call of a stage: the engine's own context, and what the stage did in it. */
record StageTrial(StageLoan context, Course course) {
    /**
     * @param manager of the call
     * @param networks that the stage sees
     */
    static StageTrial of(
            Bench bench,
            PlannedComponent<?> chosen,
            Stage stage,
            StageConditions conditions,
            NDManager manager,
            Preparer.Prepared networks) {
        Course course = new Course(bench, conditions.patience(), List.of(manager, bench.manager()));
        Needs needs = Needs.of(chosen, bench.components());
        boolean lent = stage == Stage.PREPARE || !needs.generator().isEmpty();
        StageLoan.Surroundings surroundings = new StageLoan.Surroundings(
                chosen.name(),
                needs,
                bench.classes(),
                () -> conditions.answers().target(bench),
                lent ? networks.generator() : new UndeclaredGenerator(chosen.name()),
                networks.networks(),
                () -> bench.data().images(Part.PUBLIC));
        UnitLoan unit = new UnitLoan(Bench.stream(stage.label()), manager, conditions::batch, course);
        return new StageTrial(
                new StageLoan(surroundings, unit, conditions.classes(), new QueryLedger(conditions.budget())), course);
    }

    /** Images that the stage asked the target about, by kind of question. */
    Map<String, Long> counted() {
        return context.queries();
    }
}
