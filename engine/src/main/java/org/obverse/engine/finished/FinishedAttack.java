package org.obverse.engine.finished;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import java.util.List;
import org.obverse.api.attack.Candidates;
import org.obverse.api.data.Dataset;
import org.obverse.api.metric.Evidence.EvaluationModel;
import org.obverse.api.network.Pass;
import org.obverse.engine.lend.EightBit;
import org.obverse.engine.lend.ReconstructionLoan;
import org.obverse.engine.lend.UnitLoan;

/**
 * The attack of a finished cell, for as long as it is lent.
 *
 * @param cell its name
 * @param found what its last stage found
 * @param data at the target's size, private parts included
 * @param judges the evaluation models that its metrics ask, each once
 */
public record FinishedAttack(String cell, Candidates found, Dataset data, List<EvaluationModel> judges, UnitLoan loan) {
    public FinishedAttack {
        judges = List.copyOf(judges);
    }

    /** For arrays that live as long as the loan. */
    public NDManager manager() {
        return loan.manager();
    }

    /** Returns, or throws a {@link org.obverse.engine.graph.CancelledException} if the work is to end. */
    public void checkpoint() {
        loan.checkpoint();
    }

    /**
     * The reconstructions at some rows as a file of 8 bits keeps them.
     *
     * @return float32 {@code [rows.length, ...image]} in [-1, 1], of the caller's scope
     */
    public NDArray saved(int... rows) {
        return EightBit.of(found.draw(1, loan.random().child("draw"), rows));
    }

    /**
     * Whether an evaluation model takes images for their class: no other logit is larger, of equal ones the first counts.
     *
     * @param images {@code [N, C, H, W]}, which are cropped and resized as metrics show them to this model
     * @throws IllegalArgumentException if the model has no output for the class
     */
    public boolean[] recognises(EvaluationModel judge, NDArray images, int targetClass) {
        if (targetClass >= judge.classifier().classes()) {
            throw new IllegalArgumentException(judge.name() + " has no output for class " + targetClass);
        }
        try (NDScope scope = new NDScope()) {
            Pass pass = Pass.evaluation(loan.random().child("noise", targetClass));
            long[] predicted = judge.classifier()
                    .forward(ReconstructionLoan.seen(images, judge), pass)
                    .logits()
                    .toType(DataType.FLOAT64, false)
                    .argMax(1)
                    .toLongArray();
            boolean[] recognised = new boolean[predicted.length];
            for (int i = 0; i < recognised.length; i++) {
                recognised[i] = predicted[i] == targetClass;
            }
            return recognised;
        }
    }
}
