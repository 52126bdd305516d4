package org.obverse.engine.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.defense.OutputFilter;
import org.obverse.api.network.ParameterSource;
import org.obverse.api.network.Parameters;
import org.obverse.api.oracle.Access;
import org.obverse.api.oracle.LabelOracle;
import org.obverse.api.oracle.LogitOracle;
import org.obverse.api.oracle.ScoreOracle;
import org.obverse.api.oracle.WhiteBox;
import org.obverse.api.random.RandomStream;
import org.obverse.api.tensor.Gradients;
import org.obverse.engine.random.CounterStream;
import org.obverse.engine.torch.TorchRuntime;
import org.obverse.engine.training.LinearClassifier;

final class TargetModelTest {
    private static final TorchRuntime TORCH = TorchRuntime.start();
    private static final NDManager MANAGER = TORCH.manager().newSubManager();
    private static final TargetModel TARGET = new TargetModel(
            new LinearClassifier(3, 4, new Parameters(MANAGER, ParameterSource.fresh(CounterStream.of(1)))),
            List.of(),
            TORCH.gradients());

    private final QueryLedger ledger = new QueryLedger(10);

    @AfterAll
    static void release() {
        MANAGER.close();
    }

    @Test
    void each_level_of_access_is_a_type_without_the_questions_of_the_next() {
        assertFalse(oracle(Access.LABELS) instanceof ScoreOracle);
        assertFalse(oracle(Access.SCORES) instanceof LogitOracle);
        assertFalse(oracle(Access.LOGITS) instanceof WhiteBox);
        assertTrue(oracle(Access.WHITE_BOX) instanceof WhiteBox);
    }

    @Test
    void nobody_differentiates_through_an_answer_below_white_box() {
        try (Gradients.Recording recording = TORCH.gradients().recording()) {
            NDArray images = TORCH.gradients().variable(MANAGER.ones(new Shape(2, 3)));
            NDArray scores = ((ScoreOracle) oracle(Access.SCORES)).logScores(images);
            NDArray logits = ((LogitOracle) oracle(Access.LOGITS)).logits(images);

            assertThrows(IllegalArgumentException.class, () -> TORCH.gradients().of(scores.sum(), new NDList(images)));
            assertThrows(IllegalArgumentException.class, () -> TORCH.gradients().of(logits.sum(), new NDList(images)));
        }
    }

    @Test
    void a_white_box_lets_gradients_reach_the_images() {
        WhiteBox box = (WhiteBox) oracle(Access.WHITE_BOX);
        try (Gradients.Recording recording = TORCH.gradients().recording()) {
            NDArray images = TORCH.gradients().variable(MANAGER.ones(new Shape(1, 3)));
            NDArray gradient = TORCH.gradients()
                    .of(box.forward(images).logits().sum(), new NDList(images))
                    .head();

            NDArray weight = Objects.requireNonNull(
                    TARGET.classifier().parameters().all().get("weight"));
            assertEquals(weight.sum(new int[] {0}).getFloat(1), gradient.getFloat(0, 1), 1e-6f);
        }
    }

    @Test
    void scores_are_float64_logarithms_that_do_not_saturate() {
        NDArray far = MANAGER.create(new float[] {4000, -4000, 4000}, new Shape(1, 3));
        NDArray scores = ((ScoreOracle) oracle(Access.SCORES)).logScores(far);

        assertEquals(DataType.FLOAT64, scores.getDataType());
        for (double score : scores.toDoubleArray()) {
            assertTrue(Double.isFinite(score), scores.toString());
        }
    }

    @Test
    void every_image_is_counted_by_kind_of_question_until_the_budget_is_spent() {
        NDArray four = MANAGER.ones(new Shape(4, 3));
        LabelOracle labels = oracle(Access.LABELS);
        ScoreOracle scores = (ScoreOracle) oracle(Access.SCORES);
        labels.labels(four);
        scores.logScores(four);

        assertThrows(BudgetSpentException.class, () -> labels.labels(four));
        assertEquals(Map.of("labels", 4L, "scores", 4L), ledger.counts());
    }

    @Test
    void who_declared_to_ask_nothing_fails_with_the_first_question() {
        QueryLedger closed = QueryLedger.closed("latent-adam");
        WhiteBox box = (WhiteBox) TARGET.oracle(Access.WHITE_BOX, closed, CounterStream.of(2));

        assertEquals(
                "component 'latent-adam' declares that it searches on surrogates, and asks the target",
                assertThrows(IllegalStateException.class, () -> box.forward(MANAGER.ones(new Shape(1, 3))))
                        .getMessage());
        assertEquals(Map.of(), closed.counts());
    }

    @Test
    void after_a_question_that_exceeded_the_budget_smaller_ones_are_refused_too() {
        LabelOracle labels = oracle(Access.LABELS);
        assertThrows(BudgetSpentException.class, () -> labels.labels(MANAGER.ones(new Shape(11, 3))));

        assertThrows(BudgetSpentException.class, () -> labels.labels(MANAGER.ones(new Shape(1, 3))));
        assertEquals(Map.of(), ledger.counts());
    }

    @Test
    void a_component_that_declared_no_access_gets_no_oracle() {
        assertThrows(IllegalArgumentException.class, () -> oracle(Access.NONE));
    }

    @Test
    void filters_of_one_target_draw_independently() {
        NDArray images = MANAGER.ones(new Shape(1, 3));
        TargetModel noisy =
                new TargetModel(TARGET.classifier(), List.of(new Drawing(1), new Drawing(-1)), TORCH.gradients());
        NDArray plain = ((LogitOracle) oracle(Access.LOGITS)).logits(images);
        NDArray answer = ((LogitOracle) noisy.oracle(Access.LOGITS, ledger, CounterStream.of(2))).logits(images);

        assertTrue(answer.sub(plain).abs().min().getFloat() > 1e-3, "what one adds the other takes away");
    }

    private LabelOracle oracle(Access access) {
        return TARGET.oracle(access, ledger, CounterStream.of(2));
    }

    /** Adds a multiple of what it draws. */
    private record Drawing(double factor) implements OutputFilter {
        @Override
        public Access limit() {
            return Access.LOGITS;
        }

        @Override
        public NDArray filter(NDArray logits, RandomStream noise) {
            float[] draws = noise.gaussians((int) logits.size());
            return logits.add(
                    logits.getManager().create(draws, logits.getShape()).mul(factor));
        }
    }
}
