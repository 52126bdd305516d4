package org.obverse.testkit.rule;

import java.util.List;
import org.obverse.testkit.rule.AttackerRules.Answers;

/**
 * Under which a stage is called.
 *
 * @param classes requested, in order
 * @param batch the plan's
 * @param budget queries that it may ask
 * @param patience checkpoints that return before the run is cancelled
 * @param answers of the target
 */
record StageConditions(List<Integer> classes, int batch, long budget, int patience, Answers answers) {
    static StageConditions usual(List<Integer> classes) {
        return new StageConditions(classes, 64, Long.MAX_VALUE, Integer.MAX_VALUE, Answers.PLAIN);
    }

    StageConditions ofClasses(List<Integer> others) {
        return new StageConditions(others, batch, budget, patience, answers);
    }

    StageConditions ofBatch(int other) {
        return new StageConditions(classes, other, budget, patience, answers);
    }

    StageConditions ofBudget(long queries) {
        return new StageConditions(classes, batch, queries, patience, answers);
    }

    StageConditions cancelledAfter(int checkpoints) {
        return new StageConditions(classes, batch, budget, checkpoints, answers);
    }

    StageConditions answeredBy(Answers others) {
        return new StageConditions(classes, batch, budget, patience, others);
    }
}
