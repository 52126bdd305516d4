package org.obverse.plugins.folders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.api.data.Part;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.reference.random.NumpyRandom;
import org.obverse.testkit.Workbench;

class CelebaTest {
    private static final Workbench BENCH = Workbench.of(CelebaTest.class);

    /** Whom image i shows: 9 has five images, 4 and 7 have four, of whom 7 comes first, 2 has three, 3 one. */
    private static final int[] PEOPLE = {3, 7, 9, 4, 7, 9, 2, 4, 9, 7, 2, 4, 9, 7, 4, 2, 9};

    @TempDir
    private Path folder = Path.of("");

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void classes_are_the_people_with_most_images_and_among_equals_whoever_comes_first() {
        write();
        Opened seen = open(3);
        List<Integer> reds = seen.reds(Part.TRAINING);
        List<Integer> labels = seen.labels(Part.TRAINING);

        assertEquals(3, seen.dataset().classes());
        for (int i = 0; i < reds.size(); i++) {
            assertEquals(List.of(9, 7, 4).indexOf(PEOPLE[reds.get(i) - 1]), labels.get(i));
        }
    }

    @Test
    void the_parts_are_those_of_the_reference_over_the_kept_images_in_the_order_of_the_list() {
        write();
        List<Integer> kept = IntStream.range(0, PEOPLE.length)
                .filter(i -> PEOPLE[i] == 9 || PEOPLE[i] == 7 || PEOPLE[i] == 4)
                .mapToObj(i -> i + 1)
                .toList();
        int[] order = new NumpyRandom(42).shuffledOrder(13);
        Opened seen = open(3);

        assertEquals(IntStream.range(0, 11).mapToObj(i -> kept.get(order[i])).toList(), seen.reds(Part.TRAINING));
        assertEquals(IntStream.range(11, 13).mapToObj(i -> kept.get(order[i])).toList(), seen.reds(Part.TEST));
    }

    @Test
    void everybody_else_is_public() {
        write();

        assertEquals(List.of(1, 7, 11, 16), open(3).reds(Part.PUBLIC));
        assertEquals(List.of(-1, -1, -1, -1), open(3).labels(Part.PUBLIC));
        assertFalse(open(5).dataset().parts().contains(Part.PUBLIC));
    }

    @Test
    void a_folder_of_public_images_takes_the_place_of_everybody_else() {
        write();
        new Album(folder).person("ffhq", 2, 100);
        Opened seen = open(3, new PublicImages(folder.resolve("ffhq").toString(), 0));

        assertEquals(List.of(100, 101), seen.reds(Part.PUBLIC));
    }

    @Test
    void a_png_file_stands_in_for_a_jpg_file_of_the_list() {
        write();

        assertTrue(((FolderDataset) open(3).dataset())
                .files(Part.TEST).stream().allMatch(file -> file.path().endsWith(".png")));
    }

    @Test
    void classes_are_called_by_the_numbers_of_the_people() {
        write();

        assertEquals(
                List.of("person 9", "person 7", "person 4"), open(3).dataset().classNames());
    }

    /** Kaggle's archive has the folder in a folder of its name. */
    @Test
    void images_one_folder_deeper_are_found_and_named_in_one_line() throws IOException {
        write();
        Path images = folder.resolve("img_align_celeba");
        Files.move(images, folder.resolve("inner"));
        Files.createDirectory(images);
        Files.move(folder.resolve("inner"), images.resolve("img_align_celeba"));

        assertEquals(
                List.of("folder: " + Names.shown(images)
                        + " has none of the 17 images of list_eval_partition.txt; they are in "
                        + Names.shown(images.resolve("img_align_celeba"))
                        + "; move them up into img_align_celeba; the folder to name is " + Names.shown(folder)),
                refusal(3));
    }

    @Test
    void images_that_are_nowhere_are_missed_in_one_line() throws IOException {
        write();
        Files.move(folder.resolve("img_align_celeba"), folder.resolve("elsewhere"));
        Files.createDirectory(folder.resolve("img_align_celeba"));

        assertEquals(1, refusal(3).size());
        assertTrue(
                refusal(3).get(0).contains("has none of the 17 images of list_eval_partition.txt; unpack them there"));
    }

    @Test
    void a_folder_around_the_data_set_names_the_one_to_name() throws IOException {
        write();
        Files.createDirectories(folder.resolve("archive/celeba"));
        for (String part : List.of("img_align_celeba", "identity_CelebA.txt", "list_eval_partition.txt")) {
            Files.move(folder.resolve(part), folder.resolve("archive/celeba").resolve(part));
        }

        assertEquals(
                List.of("folder: " + Names.shown(folder) + " is not the data set, which is in "
                        + Names.shown(folder.resolve("archive/celeba"))
                        + "; name that folder; expected are identity_CelebA.txt, list_eval_partition.txt and"
                        + " img_align_celeba/000001.jpg, …"),
                refusal(3));
    }

    @Test
    void what_a_list_says_is_told_without_its_controls() {
        write();
        new Album(folder).text("identity_CelebA.txt", "\u001b[2J.jpg 0\n");

        assertTrue(
                refusal(3).get(0).contains("has '\\u001b[2J.jpg 0' in line 1"),
                refusal(3).get(0));
        new Album(folder).text("identity_CelebA.txt", "00\u00001.jpg 5\n");
        assertTrue(
                refusal(3).get(0).contains("identity_CelebA.txt is no text in UTF-8"),
                refusal(3).get(0));
    }

    @Test
    @Timeout(60)
    void a_pipe_among_the_images_or_lists_is_refused() throws Exception {
        write();
        Path image = folder.resolve("img_align_celeba/000002.png");
        Files.delete(image);
        assertEquals(0, new ProcessBuilder("mkfifo", image.toString()).start().waitFor());
        String read = assertThrows(InvalidConfigurationException.class, () -> open(3).reds(Part.TRAINING))
                .problems()
                .toString();
        assertTrue(read.contains("000002.png is neither a file nor a folder, but a pipe"), read);

        Path list = folder.resolve("list_eval_partition.txt");
        Files.delete(list);
        assertEquals(0, new ProcessBuilder("mkfifo", list.toString()).start().waitFor());
        assertTrue(refusal(3).get(0).contains("list_eval_partition.txt cannot be read: is neither a file"));
    }

    @Test
    void every_line_with_a_person_who_does_not_exist_is_named() {
        write();
        new Album(folder)
                .text("identity_CelebA.txt", "000001.jpg 0\n000002.jpg 10178\n\n000003.jpg x\n000004.jpg 1 2\n");

        List<String> refusal = refusal(2);

        String file = Names.shown(folder.resolve("identity_CelebA.txt"));
        assertEquals(
                "folder: " + file
                        + " has '000001.jpg 0' in line 1, which is no image and a person from 1 to 10177; get the"
                        + " file again; a line reads: 000001.jpg 2880",
                refusal.get(0));
        assertTrue(refusal.get(1).contains("'000002.jpg 10178' in line 2"));
        assertTrue(refusal.get(2).contains("'000003.jpg x' in line 4"));
        assertTrue(refusal.get(3).contains("'000004.jpg 1 2' in line 5"));
        assertTrue(refusal.get(4).contains("names 000001.jpg in line 1, which identity_CelebA.txt does not"));
    }

    @Test
    void every_missing_image_is_named_with_its_line() {
        write();
        List<String> lines = new ArrayList<>();
        IntStream.rangeClosed(1, 17).forEach(i -> lines.add("%06d.jpg 0".formatted(i)));
        new Album(folder)
                .text("list_eval_partition.txt", String.join("\n", lines) + "\n000018.jpg 1\n000019.jpg 2")
                .text("identity_CelebA.txt", identities() + "000018.jpg 3\n000019.jpg 3\n");

        List<String> refusal = refusal(3);

        assertEquals(2, refusal.size());
        assertTrue(refusal.get(0).contains("000018.jpg does not exist, as .jpg or .png, but is in line 18"));
        assertTrue(refusal.get(1).contains("000019.jpg does not exist"));
    }

    @Test
    void a_folder_that_lacks_something_says_what_is_expected_where() {
        assertTrue(refusal(2).get(0).contains("img_align_celeba does not exist; expected are identity_CelebA.txt"));
        new Album(folder).picture("img_align_celeba/000001.png", 1);
        List<String> refusal = refusal(2);
        assertTrue(refusal.get(0).contains("identity_CelebA.txt does not exist; expected are"));
        assertTrue(refusal.get(1).contains("list_eval_partition.txt does not exist; expected are"));
    }

    @Test
    void fewer_people_than_classes_are_refused() {
        write();

        assertTrue(refusal(6).get(0).contains("has images of 5 people, fewer than identities: 6"));
    }

    @Test
    void countless_problems_are_cut_short_and_counted() {
        write();
        String lines = Stream.generate(() -> "x\n").limit(80).reduce("", String::concat);
        new Album(folder).text("identity_CelebA.txt", lines).text("list_eval_partition.txt", "");

        assertEquals(51, refusal(2).size());
        assertEquals("folder: and 30 more of this kind", refusal(2).get(50));
    }

    private void write() {
        Album album = new Album(folder).text("identity_CelebA.txt", identities());
        StringBuilder list = new StringBuilder();
        for (int i = 1; i <= PEOPLE.length; i++) {
            album.picture("img_align_celeba/%06d.png".formatted(i), i);
            list.append("%06d.jpg %d%n".formatted(i, i % 3));
        }
        album.text("list_eval_partition.txt", list.toString());
    }

    private static String identities() {
        StringBuilder identities = new StringBuilder();
        for (int i = 1; i <= PEOPLE.length; i++) {
            identities.append("%06d.jpg %d%n".formatted(i, PEOPLE[i - 1]));
        }
        return identities.toString();
    }

    private Opened open(int identities) {
        return open(identities, PublicImages.NONE);
    }

    private Opened open(int identities, PublicImages publicImages) {
        Framing small = new Framing(0, 4, Framing.Fit.SHORTER_SIDE, 3);
        return new Opened(
                new CelebaConfiguration(folder.toString(), identities, 42, Shares.DEFAULT, publicImages, small)
                        .open(BENCH),
                BENCH);
    }

    private List<String> refusal(int identities) {
        return assertThrows(InvalidConfigurationException.class, () -> open(identities)).problems().stream()
                .map(Problem::toString)
                .toList();
    }
}
