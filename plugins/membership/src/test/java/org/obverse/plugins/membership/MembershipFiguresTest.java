package org.obverse.plugins.membership;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.data.Dataset;
import org.obverse.api.data.Images;
import org.obverse.api.data.Part;
import org.obverse.api.metric.Measurement;
import org.obverse.api.metric.Measurement.Row;
import org.obverse.api.metric.Measurement.Series;
import org.obverse.api.metric.MembershipEvidence.Attacked;
import org.obverse.api.metric.MembershipMetric;
import org.obverse.api.metric.MetricFailedException;
import org.obverse.engine.lend.DataImages;
import org.obverse.engine.lend.DeclaredData;
import org.obverse.engine.lend.JudgedMembership;
import org.obverse.engine.lend.UnitLoan;
import org.obverse.testkit.Workbench;
import org.obverse.testkit.rule.Conformance;

class MembershipFiguresTest {
    private static final Workbench BENCH = Workbench.of(MembershipFiguresTest.class);

    /** Losses of spec/membership.md, section 3, as scores, with the threshold of the page. */
    private static final Attacked WORKED = new Attacked(
            "average-loss",
            List.of(-0.1, -0.2, -0.3, -0.05, -1.2),
            List.of(-0.15, -0.9, -2.0, -0.4, -0.6),
            Optional.of(-0.37));

    @AfterAll
    static void close() {
        BENCH.close();
    }

    private static Measurement measure(MembershipMetric metric, List<Integer> classes, Attacked... attacks)
            throws MetricFailedException {
        try (NDManager manager = BENCH.manager().newSubManager()) {
            return metric.measure(new JudgedMembership(
                    new UnitLoan(BENCH.stream(1), manager, () -> 10, Conformance.unwatched()),
                    new DeclaredData(new DataImages(new Nothing()), "membership", Set.of()),
                    List.of(attacks),
                    classes,
                    classes));
        }
    }

    private static Measurement figures(int resamples, Attacked... attacks) throws MetricFailedException {
        return measure(
                new MembershipFigures(new MembershipFigures.Configuration(resamples), BENCH),
                Collections.nCopies(attacks[0].members().size(), 0),
                attacks);
    }

    private static double figure(Measurement measured, String name) {
        return measured.figures().stream()
                .filter(figure -> figure.name().equals(name))
                .findFirst()
                .orElseThrow()
                .value();
    }

    private static double truePositives(double limit, Attacked attack) throws MetricFailedException {
        return measure(new TruePositives(new TruePositives.Configuration(limit), BENCH), List.of(), attack)
                .figures()
                .get(0)
                .value();
    }

    private static List<Double> places(int count, double first) {
        return DoubleStream.iterate(first, place -> place + 1)
                .limit(count)
                .boxed()
                .toList();
    }

    @Test
    void the_worked_example_has_its_figures() throws Exception {
        Measurement measured = figures(0, WORKED);

        assertEquals(0.76, figure(measured, "AUC(average-loss)"), 1e-12);
        assertEquals(0.6, figure(measured, "advantage(average-loss)"), 1e-12);
        assertEquals(0.6, figure(measured, "best advantage(average-loss)"), 1e-12);
        assertEquals(0.8, figure(measured, "balanced accuracy(average-loss)"), 1e-12);
        assertEquals(0, figure(measured, "tied(average-loss)"));
    }

    @Test
    void an_attack_that_only_ranks_has_no_advantage_of_its_own() throws Exception {
        Measurement measured = figures(0, new Attacked("rmia", List.of(1.0, 2.0), List.of(0.0, 2.0), Optional.empty()));

        assertFalse(measured.figures().stream().anyMatch(figure -> figure.name().equals("advantage(rmia)")));
        assertEquals(0.5, figure(measured, "best advantage(rmia)"));
        assertEquals(0.5, figure(measured, "tied(rmia)"));
    }

    @Test
    void the_mean_of_a_classes_areas_is_the_area() throws Exception {
        Measurement measured = measure(
                new MembershipFigures(new MembershipFigures.Configuration(0), BENCH), List.of(3, 3, 1, 1, 3), WORKED);

        List<Row> rows = measured.tables().get(0).rows();
        assertEquals(List.of(1, 3), rows.stream().map(Row::targetClass).toList());
        assertEquals(
                0.76,
                (2 * rows.get(0).values().get(0) + 3 * rows.get(1).values().get(0)) / 5,
                1e-12);
        // Class 1: both members are below the loss of the threshold, as no other is; class 3: two members of three and
        // one other.
        assertEquals(1, rows.get(0).values().get(1), 1e-12);
        assertEquals(2.0 / 3 - 1.0 / 3, rows.get(1).values().get(1), 1e-12);
    }

    @Test
    void the_rate_at_a_low_limit_is_that_of_the_last_threshold_below_it() throws Exception {
        Attacked attack = new Attacked("lira", places(100, 50.5), places(100, 0), Optional.empty());

        // Above 98 lies one other of 100, and members from 98.5 on; above 99 none.
        assertEquals(0.52, truePositives(0.01, attack), 1e-12);
        assertEquals(0.53, truePositives(0.029, attack), 1e-12);
        assertEquals(0.54, truePositives(0.03, attack), 1e-12);
    }

    @Test
    void equal_scores_are_never_taken_apart() throws Exception {
        List<Double> same = Collections.nCopies(200, 1.0);

        assertEquals(0, truePositives(0.01, new Attacked("gap", same, same, Optional.of(0.5))));
    }

    @Test
    void a_rate_that_a_sample_is_too_small_for_is_undefined_alone() {
        Attacked attack = new Attacked("lira", places(750, 0), places(750, 0), Optional.empty());

        MetricFailedException refused = assertThrows(MetricFailedException.class, () -> truePositives(0.001, attack));

        String reason = String.valueOf(refused.getMessage());
        assertTrue(reason.contains("750 others"), reason);
        assertTrue(reason.contains("nothing lies below 0.1 %; judge at least 1000"), reason);
    }

    @Test
    void a_curve_lies_within_its_band_and_on_the_rates_that_it_is_of() throws Exception {
        var random = BENCH.stream(3);
        double[] members =
                DoubleStream.generate(() -> random.gaussian() + 1).limit(300).toArray();
        double[] others = DoubleStream.generate(random::gaussian).limit(300).toArray();
        Attacked attack = new Attacked(
                "lira",
                Arrays.stream(members).boxed().toList(),
                Arrays.stream(others).boxed().toList(),
                Optional.empty());

        Series curve = figures(200, attack).charts().get(0).series().get(0);

        int last = curve.x().size() - 1;
        assertEquals(0, curve.x().get(last), 1e-12);
        assertEquals(0, curve.y().get(last), 1e-12);
        assertEquals(Math.log10(1.0 / 300), curve.x().get(0), 0.2);
        for (int i = 0; i <= last; i++) {
            assertTrue(
                    curve.low().get(i) <= curve.y().get(i)
                            && curve.y().get(i) <= curve.high().get(i),
                    "place " + i);
        }
        assertTrue(curve.low().get(last / 2) < curve.high().get(last / 2));
    }

    /** Data that no metric of membership reads. */
    private record Nothing() implements Dataset {
        @Override
        public int classes() {
            return 4;
        }

        @Override
        public List<String> classNames() {
            return Dataset.numbered(4);
        }

        @Override
        public Shape shape() {
            return new Shape(1);
        }

        @Override
        public Set<Part> parts() {
            return Set.of();
        }

        @Override
        public Images images(Part part) {
            throw new IllegalArgumentException("there is no part " + part);
        }
    }
}
