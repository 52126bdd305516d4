package org.obverse.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a loss needs and the plan does not give is told before the targets are trained. */
final class LossNeedsTest {
    private static final String SURROGATES = "attack.stages.prepare={use: surrogates, count: 2, batch: 4}";

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {use: matched-cross-entropy}                                        | loss.images        | needs 1000 images of the part public, and the data set 'synthetic-faces' has 8 | ask for fewer
            {use: feature-regularised, loss: {use: head-geometry}, images: 8}   | loss.loss.images   | needs 1000 images                               | ask for fewer
            {use: ensemble, networks: [surrogate-1, surrogate-7]}               | loss.networks.1    | looks at the network 'surrogate-7', and the attack prepares no such one | networks that it prepares: surrogate-0, surrogate-1
            """)
    void a_loss_that_lacks_something_is_refused_with_line_rule_and_way_out(
            String loss, String path, String rule, String wayOut) {
        Path runs = folder.resolve("runs");

        Invocation refused = Invocation.of(
                "run",
                Invocation.tinyPlan(folder),
                "--dry-run",
                "--runs",
                runs,
                "-o",
                SURROGATES,
                "-o",
                "attack.stages.optimize.loss=" + loss);

        assertAll(
                () -> assertEquals(2, refused.code(), refused.err()),
                () -> assertContains("attack.stages.optimize." + path + ": ", refused.err()),
                () -> assertContains(rule, refused.err()),
                () -> assertContains(wayOut, refused.err()),
                () -> assertFalse(Files.exists(runs)));
    }

    @Test
    void all_that_is_lacking_is_told_at_once_with_lines() throws IOException {
        Path plan = folder.resolve("plan.yaml");
        Files.writeString(plan, """
                data: { use: synthetic-faces, identities: 4, public-images: 8 }
                target: { classifier: { use: small-resnet }, training: { epochs: 2, batch: 8 } }
                generator: { use: stylegan2, weights: "builtin:synthetic-faces-32" }
                attack:
                  use: if-gmi
                  candidates: 2
                  stages:
                    sample: { pool: 8 }
                    optimize:
                      steps: [ 1, 1 ]
                      radius-features: []
                      layer: by-target
                      loss:
                        use: ensemble
                        target: 0
                        networks: [ surrogate-0 ]
                        loss:
                          use: feature-regularised
                          images: 9
                          loss: { use: boundary-repulsion }
                """);

        Invocation refused = Invocation.of("run", plan, "--dry-run", "--runs", folder.resolve("runs"));

        assertEquals(2, refused.code(), refused.err());
        List<String> lines = refused.err().lines().toList();
        String stage = "attack.stages.optimize.loss";
        assertContains(
                "line 13, " + stage + ": 'ensemble' looks at prepared networks alone, so that the stage",
                refused.err());
        assertContains(
                "line 16, " + stage + ".networks.0: 'feature-adam' looks at the network 'surrogate-0'", refused.err());
        assertContains("preparers of networks: inversion-gan, knowledge-transfer, surrogates", refused.err());
        assertContains(
                "line 20, " + stage + ".loss.loss: 'boundary-repulsion' looks at neighbours of points of the generator",
                refused.err());
        assertEquals(4, lines.size(), refused.err());
    }

    private static void assertContains(String part, String whole) {
        assertTrue(whole.contains(part), () -> whole + " does not contain " + part);
    }
}
