package org.obverse.plugins.mirror;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.inversion.Certainty;
import org.obverse.inversion.StyleBox;
import org.obverse.testkit.Workbench;
import org.obverse.testkit.small.StyledRow;

class PopulationTest {
    private static final Workbench BENCH = Workbench.of(PopulationTest.class);
    private static final StyleBox.Settings UNBOUNDED = new StyleBox.Settings(0, 500, 1);
    private static final int CHILDREN = 10_000;

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void a_child_has_each_coordinate_of_a_parent_in_proportion_to_its_confidence() {
        assertEquals(0.8 / (0.8 + 0.2), shareOfFirst(Crossover.LIKELIHOOD, 0.8, 0.2), deviations(0.8));
        assertEquals(0.6 / (0.6 + 0.3), shareOfFirst(Crossover.LIKELIHOOD, 0.6, 0.3), deviations(2.0 / 3));
    }

    @Test
    void the_published_rule_prefers_the_worse_parent() {
        double expected = Math.log(0.8) / (Math.log(0.8) + Math.log(0.2));

        assertTrue(expected < 0.2);
        assertEquals(expected, shareOfFirst(Crossover.PUBLISHED, 0.8, 0.2), deviations(expected));
        assertEquals(0.5, Crossover.PUBLISHED.share(0, 0));
    }

    @Test
    void parents_are_drawn_in_proportion_to_their_confidence() {
        Population population = population(Crossover.LIKELIHOOD, 0, CHILDREN);
        List<Certainty> found = IntStream.range(0, CHILDREN)
                .mapToObj(i -> new Certainty(i == 0 ? Math.log(0.9) : i == 1 ? Math.log(0.1) : -1e6, 0))
                .toList();

        population.scored(found);

        // Both parents are the first with .81, the second with .01, else nine tenths of the coordinates are the
        // first's.
        double expected = 0.81 + 0.18 * 0.9;
        double share = population.next().stream()
                        .skip(1)
                        .filter(child -> child[0] == 0)
                        .count()
                / (CHILDREN - 1.0);
        assertEquals(expected, share, deviations(expected));
    }

    @Test
    void mutations_are_as_many_and_as_large_as_the_settings_say() {
        Population population = population(Crossover.LIKELIHOOD, 0.3, CHILDREN);
        population.scored(IntStream.range(0, CHILDREN)
                .mapToObj(i -> new Certainty(i == 0 ? 0 : -1e6, 0))
                .toList());

        List<Double> moved = population.next().stream()
                .skip(1)
                .map(child -> child[0])
                .filter(p -> p != 0)
                .toList();

        assertEquals(0.3, moved.size() / (CHILDREN - 1.0), deviations(0.3));
        double deviation = box().deviation(0);
        assertTrue(moved.stream().allMatch(p -> Math.abs(p) <= 0.1 * deviation));
        assertTrue(moved.stream().anyMatch(p -> p > 0.095 * deviation));
        assertTrue(moved.stream().anyMatch(p -> p < -0.095 * deviation));
    }

    @Test
    void the_surest_member_stays_and_margins_rank_what_confidences_tie() {
        Population population = population(Crossover.LIKELIHOOD, 0.3, 3);

        population.scored(List.of(new Certainty(0, 40), new Certainty(0, 60), new Certainty(0, 50)));

        assertArrayEquals(new double[] {1}, population.next().get(0));
        assertEquals(
                List.of(1.0, 2.0, 0.0),
                population.members().stream().map(member -> member[0]).toList());
    }

    private static double shareOfFirst(Crossover crossover, double first, double second) {
        Population population = population(crossover, 0, 2);
        population.scored(List.of(new Certainty(Math.log(first), 0), new Certainty(Math.log(second), 0)));
        long ofFirst = IntStream.range(0, CHILDREN)
                .mapToObj(i -> population.child(0, 1, BENCH.stream(7).child("child", i)))
                .filter(child -> child[0] == 0)
                .count();
        return (double) ofFirst / CHILDREN;
    }

    /** Three of them, of a share among all children. */
    private static double deviations(double share) {
        return 3 * Math.sqrt(share * (1 - share) / CHILDREN);
    }

    /** Member i is the point i of a line. */
    private static Population population(Crossover crossover, double mutationShare, int size) {
        GeneticSettings settings = new GeneticSettings(9, crossover, mutationShare, 0.1, 0, UNBOUNDED, 0, 0);
        List<double[]> members =
                IntStream.range(0, size).mapToObj(i -> new double[] {i}).toList();
        return new Population(settings, box(), 0, members, BENCH.stream(5));
    }

    private static StyleBox box() {
        return StyleBox.of(new StyledRow(1, BENCH.operators()), UNBOUNDED, BENCH.stream(3), BENCH.manager(), 100);
    }
}
