package org.obverse.engine.product;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.FixedImages;
import org.obverse.engine.torch.TorchRuntime;

final class MovementTest {
    private static final TorchRuntime TORCH = TorchRuntime.start();
    private static final NDManager MANAGER = TORCH.manager().newSubManager();
    private static final float NAN = Float.NaN;

    @AfterAll
    static void release() {
        MANAGER.close();
    }

    private static Candidates candidates(List<float[]> losses, float... values) {
        NDArray images = MANAGER.create(values, new Shape(2, values.length / 2, 1, 1));
        return new Candidates(
                new FixedImages(images),
                List.of(0, 1),
                List.of(Double.NaN, Double.NaN),
                losses.isEmpty() ? List.of() : List.of(new Candidates.Curve("loss", losses)));
    }

    @Test
    void the_share_of_candidates_that_changed_is_told() {
        Candidates before = candidates(List.of(), 1, 2, 3, 4);
        assertEquals(OptionalDouble.of(0), Movement.share(before, candidates(List.of(), 1, 2, 3, 4), "optimize/0"));
        assertEquals(OptionalDouble.of(0.5), Movement.share(before, candidates(List.of(), 1, 2, 3, 5), "optimize/0"));
        assertEquals(OptionalDouble.of(1), Movement.share(before, candidates(List.of(), 0, 2, NAN, 4), "optimize/0"));
        assertEquals(OptionalDouble.empty(), Movement.share(before, candidates(List.of(), 1, 2), "optimize/0"));
    }

    private static OptionalDouble tied(List<Integer> classes, Double... scores) {
        return Movement.tied(new Candidates(
                new FixedImages(MANAGER.zeros(new Shape(scores.length, 1, 1, 1))),
                classes,
                List.of(scores),
                List.of()));
    }

    @Test
    void the_share_of_candidates_with_the_score_of_another_one_of_their_class_is_told() {
        assertEquals(OptionalDouble.of(0), tied(List.of(0, 0, 1, 1), 1.0, 2.0, 1.0, 2.0));
        assertEquals(OptionalDouble.of(0.5), tied(List.of(0, 0, 1, 1), -0.0, 0.0, 1.0, 2.0));
        assertEquals(OptionalDouble.of(1), tied(List.of(0, 0, 0, 1), 3.0, 3.0, 3.0, 3.0), "one alone is not ranked");
        assertEquals(OptionalDouble.of(0), tied(List.of(0, 0, 0), 3.0, Double.NaN, 2.0), "one without a score, either");
        assertEquals(OptionalDouble.empty(), tied(List.of(0, 1), 3.0, 3.0));
    }

    @Test
    void a_search_whose_losses_were_never_numbers_has_no_result() {
        String refused = String.valueOf(assertThrows(
                        SearchDivergedException.class,
                        () -> Movement.requireNumbers(candidates(
                                List.of(new float[] {NAN, NAN}, new float[] {Float.POSITIVE_INFINITY}), 1, 2)))
                .getMessage());
        assertTrue(refused.startsWith("the loss of every candidate was NaN or infinite in every step"), refused);
        assertDoesNotThrow(() ->
                Movement.requireNumbers(candidates(List.of(new float[] {NAN, 0.5f}, new float[] {NAN}), 1, 2)));
        assertDoesNotThrow(
                () -> Movement.requireNumbers(candidates(List.of(new float[0], new float[0]), 1, 2)), "no step");
    }

    @Test
    void candidates_that_are_no_numbers_are_no_result() {
        assertThrows(SearchDivergedException.class, () -> Movement.requireNumbers(candidates(List.of(), NAN, NAN)));
        assertDoesNotThrow(() -> Movement.requireNumbers(candidates(List.of(), NAN, 1)));
    }
}
