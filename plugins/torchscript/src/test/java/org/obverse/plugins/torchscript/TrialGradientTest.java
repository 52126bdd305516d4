package org.obverse.plugins.torchscript;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.testkit.Workbench;

final class TrialGradientTest {
    private static final Workbench BENCH = Workbench.of(TrialGradientTest.class);

    @TempDir
    private Path folder = Path.of("");

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void a_program_that_detaches_rounds_or_keeps_no_graph_has_no_gradient() {
        Programs programs = new Programs(folder, BENCH);
        for (String file : List.of("detach.pt", "rounding.pt", "no-grad.pt")) {
            assertFalse(programs.built(programs.saved(file)).isDifferentiable(), file);
        }
    }

    @Test
    void one_whose_gradient_is_no_number_has_none() {
        Programs programs = new Programs(folder, BENCH);

        assertFalse(programs.built(
                        programs.returning("Tensor", "torch.add(logits, torch.sqrt(torch.mul(torch.mean(x), 0.)))"))
                .isDifferentiable());
    }

    @Test
    void any_other_has_one_also_where_some_images_meet_units_that_are_off() {
        Programs programs = new Programs(folder, BENCH);

        assertTrue(programs.built(programs.saved("namedtuple-none.pt")).isDifferentiable());
        assertTrue(programs.built(
                        programs.returning("Tensor", "torch.mul(logits, torch.relu(torch.sub(torch.mean(x), 0.01)))"))
                .isDifferentiable());
    }

    @Test
    void centred_logits_and_a_class_that_never_moves_have_one() {
        Programs programs = new Programs(folder, BENCH);

        assertTrue(programs.built(programs.returning("Tensor", "torch.sub(logits, torch.mean(logits, [1], True))"))
                .isDifferentiable());
        assertTrue(programs.built(programs.returning("Tensor", "torch.mul(logits, torch.tensor([0., 1., 1., 1.]))"))
                .isDifferentiable());
    }
}
