package org.obverse.plugins.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.obverse.plugins.metrics.Measured.assertFails;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.FixedImages;
import org.obverse.api.metric.Evidence.EvaluationModel;
import org.obverse.api.network.Activations;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.Parameters;
import org.obverse.api.network.Pass;
import org.obverse.api.network.Tap;
import org.obverse.testkit.Workbench;

class TypeOneAuditMetricTest {
    private static Workbench bench;

    @BeforeAll
    static void open() {
        bench = Workbench.of(TypeOneAuditMetricTest.class);
    }

    @AfterAll
    static void close() {
        bench.close();
    }

    @Test
    void a_plain_likeness_survives_everything() throws Exception {
        Measured measured =
                Measured.by(Metrics.audit(), ColourEvidence.of(bench, ColourEvidence.PRIVATE, ColourEvidence.PRIVATE));

        for (String state : List.of("as drawn", "as saved", "blurred", "as JPEG", "mirrored")) {
            assertEquals(1, measured.figure("Acc@1 " + state + "(primary)"), state);
        }
        for (String change : List.of("saving", "blur", "JPEG", "mirroring")) {
            assertEquals(0, measured.figure("drop by " + change + "(primary)"), change);
        }
        assertEquals(0, measured.figure("hangs on unsaved detail(primary)"));
    }

    /** In steps of 0.05 the first is grey, and out of [-1, 1] the second is yellow; a judge takes the first colour of equal ones. */
    @Test
    void what_saving_takes_is_told_in_points_and_as_a_statement_of_its_own() throws Exception {
        Swatches reconstructions = Swatches.none()
                .and(1, 0, 0.01, 0)
                .and(1, 1.2, 1.4, 0)
                .and(1, 0, 0.8, 0)
                .and(0, 0.8, 0, 0);

        Measured measured =
                Measured.by(Metrics.audit(), ColourEvidence.of(bench, ColourEvidence.PRIVATE, reconstructions));

        assertEquals(1, measured.figure("Acc@1 as drawn(primary)"));
        assertEquals(0.5, measured.figure("Acc@1 as saved(primary)"));
        assertEquals(50, measured.figure("drop by saving(primary)"));
        assertEquals(1, measured.figure("hangs on unsaved detail(primary)"));
        assertEquals(1, measured.entry(1, 0));
        assertEquals(1.0 / 3, measured.entry(1, 1));
    }

    @Test
    void a_judge_of_one_pixel_loses_it_to_blur_and_mirroring() throws Exception {
        float[] pixels = new float[3 * 64];
        for (int i = 0; i < 64; i++) {
            pixels[i] = 1;
        }
        pixels[0] = 0;
        pixels[64] = 1;
        Candidates spotted = new Candidates(
                new FixedImages(bench.manager().create(pixels, new Shape(1, 3, 8, 8))),
                List.of(1),
                Collections.nCopies(1, Double.NaN),
                List.of());

        Measured measured = Measured.by(
                Metrics.audit(),
                ColourEvidence.of(bench, ColourEvidence.PRIVATE, ColourEvidence.PRIVATE)
                        .finding(spotted)
                        .judgedBy(new EvaluationModel("corner", new Corner(bench.parameters(1)), 0)));

        assertEquals(1, measured.figure("Acc@1 as saved(corner)"));
        assertEquals(100, measured.figure("drop by blur(corner)"));
        assertEquals(100, measured.figure("drop by mirroring(corner)"));
        assertEquals(0, measured.figure("drop by saving(corner)"));
    }

    @Test
    void what_is_no_picture_cannot_be_blurred() {
        ColourEvidence evidence = ColourEvidence.of(bench, ColourEvidence.PRIVATE, ColourEvidence.PRIVATE);
        Candidates points = new Candidates(
                new FixedImages(bench.manager().zeros(new Shape(2, 2))),
                List.of(0, 1),
                Collections.nCopies(2, Double.NaN),
                List.of());

        assertFails(Metrics.audit(), evidence.finding(points), "no picture");
        assertFails(Metrics.audit(), evidence.finding(evidence.candidates().rows()), "delivered none");
    }

    /** Sees the colour of the first pixel. */
    private record Corner(Parameters parameters) implements Classifier {
        @Override
        public Shape input() {
            return Swatches.SHAPE;
        }

        @Override
        public int classes() {
            return 3;
        }

        @Override
        public List<Tap> taps() {
            return List.of(new Tap(Tap.PENULTIMATE, new Shape(3)));
        }

        @Override
        public Activations forward(NDArray images, Pass pass) {
            NDArray colour = images.get(":,:,0,0");
            return new Activations(colour, Map.of(Tap.PENULTIMATE, colour));
        }
    }
}
