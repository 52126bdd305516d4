package org.obverse.plugins.folders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.api.data.Part;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.plugins.folders.FaceScrubConfiguration.Extent;
import org.obverse.plugins.folders.FaceScrubConfiguration.Group;
import org.obverse.reference.random.NumpyRandom;
import org.obverse.testkit.Workbench;

class FaceScrubTest {
    private static final Workbench BENCH = Workbench.of(FaceScrubTest.class);

    @TempDir
    private Path folder = Path.of("");

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @BeforeEach
    void write() {
        new Album(folder)
                .person("actors/faces/Bruce", 5, 1)
                .person("actors/faces/Adam", 5, 11)
                .person("actresses/faces/Ada", 5, 21)
                .person("actresses/faces/Zoe", 5, 31)
                .person("actors/images/Adam", 3, 51)
                .person("actors/images/Bruce", 3, 61);
    }

    @Test
    void actors_come_first_and_both_halves_are_in_the_order_of_their_names() {
        assertEquals(List.of("Adam", "Bruce", "Ada", "Zoe"), names(Group.ALL));
        assertEquals(List.of("Adam", "Bruce"), names(Group.ACTORS));
        assertEquals(List.of("Ada", "Zoe"), names(Group.ACTRESSES));
    }

    @Test
    void the_parts_are_those_of_the_reference_over_both_halves_together() {
        List<Integer> inOrder = IntStream.of(11, 1, 21, 31)
                .flatMap(first -> IntStream.range(first, first + 5))
                .boxed()
                .toList();
        int[] order = new NumpyRandom(7).shuffledOrder(20);
        Opened seen = open(Group.ALL, Extent.FACES, 7);

        assertEquals(IntStream.range(0, 18).mapToObj(i -> inOrder.get(order[i])).toList(), seen.reds(Part.TRAINING));
        assertEquals(
                IntStream.range(18, 20).mapToObj(i -> inOrder.get(order[i])).toList(), seen.reds(Part.TEST));
        assertEquals(IntStream.range(0, 18).mapToObj(i -> order[i] / 5).toList(), seen.labels(Part.TRAINING));
    }

    @Test
    void whole_photographs_can_be_taken_instead_of_faces() {
        assertEquals(List.of(51, 52, 53, 61, 62, 63), both(open(Group.ACTORS, Extent.IMAGES, 42)));
    }

    @Test
    void a_missing_half_is_named_with_what_is_expected() {
        InvalidConfigurationException refusal =
                assertThrows(InvalidConfigurationException.class, () -> open(Group.ALL, Extent.IMAGES, 42));

        assertEquals(
                "folder: " + Place.shown(folder.resolve("actresses/images")) + " does not exist; expected are [actors,"
                        + " actresses], each with images/NAME OF A PERSON/*.jpg",
                refusal.problems().get(0).toString());
    }

    /** The first picture of a person tells who it is. */
    private List<String> names(Group group) {
        Opened seen = open(group, Extent.FACES, 42);
        List<Integer> reds = seen.reds(Part.TRAINING);
        List<Integer> labels = seen.labels(Part.TRAINING);
        return IntStream.range(0, seen.dataset().classes())
                .mapToObj(label -> switch (reds.get(labels.indexOf(label)) / 10) {
                    case 0 -> "Bruce";
                    case 1 -> "Adam";
                    case 2 -> "Ada";
                    default -> "Zoe";
                })
                .toList();
    }

    private static List<Integer> both(Opened seen) {
        return Stream.concat(seen.reds(Part.TRAINING).stream(), seen.reds(Part.TEST).stream())
                .sorted()
                .toList();
    }

    private Opened open(Group group, Extent extent, int seed) {
        Framing small = new Framing(0, 4, Framing.Fit.SHORTER_SIDE);
        return new Opened(
                new FaceScrubConfiguration(
                                folder.toString(), group, extent, seed, Shares.DEFAULT, PublicImages.NONE, small)
                        .open(BENCH),
                BENCH);
    }
}
