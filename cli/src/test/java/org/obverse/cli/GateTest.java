package org.obverse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.engine.plan.Ground;

/** What a user is told of an evaluation that proves nothing. */
final class GateTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void a_weak_judge_leaves_its_figures_out_with_the_reason_and_is_named_below_them_once_it_is_accepted()
            throws IOException {
        Path plan = Invocation.tinyPlan(folder);

        Invocation refused =
                Invocation.of("run", plan, "--runs", folder.resolve("runs"), "--name", "refused", "-o", "~accept");
        Invocation accepted = Invocation.of("run", plan, "--runs", folder.resolve("runs"));

        assertEquals(0, refused.code(), refused.err());
        assertTrue(
                refused.out().contains("attack-accuracy is undefined: refused as weak-judge: small-inception: "),
                refused.out());
        assertTrue(refused.out().contains("or accept it by name: accept: [ weak-judge ]"), refused.out());
        assertEquals(0, accepted.code(), accepted.err());
        assertTrue(accepted.out().contains("Acc@1(small-inception)"), accepted.out());
        assertTrue(accepted.out().contains("accepted by the plan: weak-judge (small-inception: "), accepted.out());
        assertTrue(Files.readString(folder.resolve("runs/tiny/report.html"))
                .contains("accepted by the plan: weak-judge (small-inception: "));
    }

    @Test
    void a_metric_says_how_many_samples_it_needs() {
        Invocation described = Invocation.of("describe", "metric", "calibration-error");

        assertTrue(
                described.out().contains("at least 250 test images: with fewer than 25 for each bin"), described.out());
        assertTrue(Invocation.of("describe", "metric", "frechet-distance")
                .out()
                .contains("more reconstructions than features: "));
    }

    @Test
    void the_grounds_that_can_be_accepted_are_described_and_known_to_editors() {
        String page = Invocation.of("describe", "plan", "accept").out();
        String schema = Invocation.of("schema").out();

        for (Ground ground : Ground.values()) {
            assertTrue(page.contains("  " + ground.label() + System.lineSeparator()), page);
            assertTrue(schema.contains("\"" + ground.label() + "\""), ground.label());
        }
        assertTrue(page.replaceAll("\\s+", " ").contains(Ground.WEAK_JUDGE.meaning()), page);
    }

    @Test
    void training_alone_needs_nothing_accepted() {
        Invocation trained = Invocation.of(
                "train",
                Invocation.tinyPlan(folder),
                "--runs",
                folder.resolve("runs"),
                "--only",
                "evaluation",
                "--to",
                folder.resolve("judge.safetensors"));

        assertEquals(0, trained.code(), trained.err());
    }
}
