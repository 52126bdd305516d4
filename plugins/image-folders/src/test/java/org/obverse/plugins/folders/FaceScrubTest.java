package org.obverse.plugins.folders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
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
import org.obverse.api.plugin.Problem;
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
        assertEquals(
                List.of("Adam", "Bruce", "Ada", "Zoe"),
                open(Group.ALL, Extent.FACES, 42).dataset().classNames());
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
                "folder: " + Names.shown(folder.resolve("actresses/images")) + " does not exist; expected are [actors,"
                        + " actresses], each with images/NAME OF A PERSON/*.jpg",
                refusal.problems().get(0).toString());
    }

    @Test
    void people_one_folder_deeper_are_named_in_one_line() throws IOException {
        for (String half : List.of("actors", "actresses")) {
            Path faces = folder.resolve(half).resolve("faces");
            Files.move(faces, folder.resolve("inner"));
            Files.createDirectory(faces);
            Files.move(folder.resolve("inner"), faces.resolve("faces"));
        }
        Path faces = folder.resolve("actors/faces");

        assertEquals(
                "folder: " + Names.shown(faces)
                        + " has no picture in the folder of a person; they are one folder deeper, as "
                        + Names.shown(faces.resolve("faces/Adam/0.png"))
                        + "; move the folders up into faces; the folder to name is " + Names.shown(folder),
                refusal());
    }

    @Test
    void a_folder_around_the_data_set_names_the_one_to_name() throws IOException {
        Path inner = folder.resolve("around/data");
        Files.createDirectories(inner);
        for (String half : List.of("actors", "actresses")) {
            Files.move(folder.resolve(half), inner.resolve(half));
        }

        assertEquals(
                "folder: " + Names.shown(folder) + " is not the data set, which is in " + Names.shown(inner)
                        + "; name that folder; expected are [actors, actresses], each with faces/NAME OF A PERSON/*.jpg",
                refusal());
    }

    @Test
    void an_actor_of_the_name_of_an_actress_is_refused() {
        new Album(folder).person("actresses/faces/Adam", 2, 90);

        assertEquals(
                "folder: " + Names.shown(folder) + " has 'Adam' as an actor and as an actress; rename one of the two",
                refusal());
    }

    private String refusal() {
        List<Problem> problems = assertThrows(
                        InvalidConfigurationException.class, () -> open(Group.ALL, Extent.FACES, 42))
                .problems();
        assertEquals(1, problems.size());
        return problems.get(0).toString();
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
        Framing small = new Framing(0, 4, Framing.Fit.SHORTER_SIDE, 3);
        return new Opened(
                new FaceScrubConfiguration(
                                folder.toString(), group, extent, seed, Shares.DEFAULT, PublicImages.NONE, small)
                        .open(BENCH),
                BENCH);
    }
}
