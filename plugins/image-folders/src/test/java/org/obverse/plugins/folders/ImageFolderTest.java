package org.obverse.plugins.folders;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.api.data.Dataset;
import org.obverse.api.data.FileBased.DataFile;
import org.obverse.api.data.Part;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.testkit.Workbench;

class ImageFolderTest {
    private static final Workbench BENCH = Workbench.of(ImageFolderTest.class);
    private static final Framing SMALL = new Framing(0, 4, Framing.Fit.SHORTER_SIDE, 3);

    @TempDir
    private Path folder = Path.of("");

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void classes_are_the_sub_folders_in_the_order_of_their_names() {
        new Album(folder).person("zoe", 10, 100).person("Amy", 10, 50).person("bob", 10, 1);
        FolderDataset faces = open(Shares.DEFAULT, PublicImages.NONE);

        assertEquals(3, faces.classes());
        assertEquals(new Shape(3, 4, 4), faces.shape());
        assertEquals(Set.of(Part.TRAINING, Part.POOL, Part.TEST), faces.parts());
        Opened seen = new Opened(faces, BENCH);
        assertEquals(27, faces.images(Part.TRAINING).size());
        for (Part part : faces.parts()) {
            List<Integer> reds = seen.reds(part);
            for (int i = 0; i < reds.size(); i++) {
                int expected = reds.get(i) >= 100 ? 2 : reds.get(i) >= 50 ? 0 : 1;
                assertEquals(expected, seen.labels(part).get(i));
            }
        }
    }

    @Test
    void classes_are_called_as_their_folders_with_accents_joined() {
        new Album(folder).person("E\u0301va", 2, 1).person("Ädam", 2, 50).person("a\nb", 2, 80);

        assertEquals(
                List.of("Éva", "a\\u000ab", "Ädam"),
                open(new Shares(0.5, 0), PublicImages.NONE).classNames());
    }

    @Test
    void a_name_with_controls_is_a_name_in_lists_and_messages() throws IOException {
        new Album(folder).person("a", 2, 1).person("b", 2, 50).text("b/\u001b[2J\n.png", "no picture");
        FolderDataset faces = open(new Shares(0.5, 0), PublicImages.NONE);
        Opened seen = new Opened(faces, BENCH);

        String refusal = String.valueOf(assertThrows(InvalidConfigurationException.class, () -> seen.reds(Part.TEST))
                .getMessage());

        assertTrue(refusal.contains("/b/\\u001b[2J\\u000a.png is not a picture"), refusal);
        assertTrue(Stream.of(Part.TRAINING, Part.TEST)
                .flatMap(part -> faces.files(part).stream())
                .anyMatch(file -> file.path().equals("b/\\u001b[2J\\u000a.png")));
    }

    @Test
    void grey_images_have_one_channel_of_the_luma_that_pillow_makes() {
        Framing grey = new Framing(0, 4, Framing.Fit.SHORTER_SIDE, 1);
        new Album(folder).person("a", 2, 1).person("b", 2, 250);
        FolderDataset faces = new ImageFolderConfiguration(
                        folder.toString(), ClassOrder.NAME, new Shares(0.5, 0), PublicImages.NONE, grey)
                .open(BENCH);
        Opened seen = new Opened(faces, BENCH);

        assertEquals(new Shape(1, 4, 4), faces.shape());
        assertEquals(new Shape(1, 4, 4), faces.images(Part.TEST).shape());
        assertEquals(2 * 16, seen.values(Part.TEST).length);
        for (float value : seen.values(Part.TRAINING)) {
            int luma = Math.round((value + 1) / 2 * 255);
            assertTrue((luma >= 59 && luma <= 65) || (luma >= 133 && luma <= 139), luma + " is no luma of these");
        }
        assertEquals(new Shape(1, 3, 3), faces.resized(3).shape());
        Opened colours = new Opened(open(new Shares(0.5, 0), PublicImages.NONE), BENCH);
        assertEquals(3 * 2 * 16, colours.values(Part.TEST).length);
    }

    @Test
    void a_folder_around_the_classes_names_the_one_to_name() {
        new Album(folder).person("in/faces/a", 3, 1).person("in/faces/b", 3, 50);

        assertEquals(
                List.of("folder: " + shown("in") + " has only one class, and " + shown("in/faces")
                        + " has several; name that folder if its sub-folders are the classes"),
                refusal("in"));
    }

    @Test
    void each_class_gives_its_share_and_every_picture_is_in_one_of_training_and_test() {
        new Album(folder).person("a", 10, 1).person("b", 5, 50).person("c", 1, 80);
        Opened seen = new Opened(open(new Shares(0.7, 0), PublicImages.NONE), BENCH);

        assertEquals(7 + 3 + 1, seen.reds(Part.TRAINING).size());
        assertEquals(seen.reds(Part.POOL), seen.reds(Part.TRAINING));
        assertEquals(3 + 2, seen.reds(Part.TEST).size());
        assertEquals(
                List.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 50, 51, 52, 53, 54, 80),
                Stream.concat(seen.reds(Part.TRAINING).stream(), seen.reds(Part.TEST).stream())
                        .sorted()
                        .toList());
    }

    @Test
    void another_size_is_made_from_the_files_as_if_the_configuration_named_it() {
        new Album(folder).person("a", 4, 1).person("b", 4, 50);
        FolderDataset plain = open(Shares.DEFAULT, PublicImages.NONE);
        Dataset other = plain.resized(3);

        Opened resized = new Opened(other, BENCH);
        Framing three = new Framing(0, 3, SMALL.fit(), 3);
        Opened named = new Opened(
                new ImageFolderConfiguration(
                                folder.toString(), ClassOrder.NAME, Shares.DEFAULT, PublicImages.NONE, three)
                        .open(BENCH),
                BENCH);
        assertEquals(new Shape(3, 3, 3), other.shape());
        for (Part part : plain.parts()) {
            assertEquals(named.labels(part), resized.labels(part));
            assertArrayEquals(named.values(part), resized.values(part));
        }
    }

    @Test
    void a_limit_per_class_leaves_the_pool_as_it_is() {
        new Album(folder).person("a", 10, 1).person("b", 5, 50);
        Opened seen = new Opened(open(new Shares(0.7, 2), PublicImages.NONE), BENCH);

        assertEquals(List.of(0, 0, 1, 1), seen.labels(Part.TRAINING));
        assertEquals(10, seen.reds(Part.POOL).size());
        assertTrue(seen.reds(Part.POOL).containsAll(seen.reds(Part.TRAINING)));
    }

    @Test
    void another_class_changes_the_split_of_no_class_and_another_seed_that_of_all() {
        new Album(folder).person("b", 10, 1).person("c", 10, 20);
        List<Integer> before = new Opened(open(Shares.DEFAULT, PublicImages.NONE), BENCH).reds(Part.TEST);
        new Album(folder).person("a", 10, 50);

        Roll roll = Folders.classes(place(), folder, ClassOrder.NAME);
        List<Integer> after = new Opened(open(Shares.DEFAULT, PublicImages.NONE), BENCH).reds(Part.TEST);
        assertEquals(before, after.subList(1, 3));
        assertNotEquals(
                Split.byClass(roll, new Shares(0.5, 0), BENCH.stream(1)),
                Split.byClass(roll, new Shares(0.5, 0), BENCH.stream(2)));
    }

    @Test
    void pictures_become_squares_as_torchvision_makes_them() throws Exception {
        new Album(folder).person("a", 2, 1).person("b", 2, 50);
        Pixels picture = PictureReader.read(Files.readAllBytes(folder.resolve("a/0.png")));

        for (Framing framing : List.of(
                SMALL, new Framing(0, 3, Framing.Fit.BOTH_SIDES, 3), new Framing(2, 5, Framing.Fit.SHORTER_SIDE, 3))) {
            Pixels cropped = framing.crop() == 0 ? picture : picture.crop(2, 1, 2, 2);
            Pixels expected = framing.fit() == Framing.Fit.BOTH_SIDES
                    ? PillowResize.to(cropped, framing.size(), framing.size())
                    : PillowResize.shorterSide(cropped, framing.size()).centerCrop(framing.size());

            assertArrayEquals(expected.rgb(), framing.of(picture).rgb());
        }
    }

    @Test
    void public_images_have_no_class_and_lie_at_any_depth_in_the_order_of_their_names() throws IOException {
        new Album(folder).person("private/a", 2, 1).person("private/b", 2, 50).person("ffhq/00001", 2, 72);
        new Album(folder).picture("ffhq/00000/x/9.png", 71).picture("ffhq/00000/1.png", 70);
        Files.writeString(folder.resolve("ffhq/LICENSE.txt"), "no picture");
        Shares half = new Shares(0.5, 0);

        Opened all = new Opened(
                opened("private", half, new PublicImages(folder.resolve("ffhq").toString(), 0)), BENCH);
        Opened three = new Opened(
                opened("private", half, new PublicImages(folder.resolve("ffhq").toString(), 3)), BENCH);

        assertEquals(List.of(70, 71, 72, 73), all.reds(Part.PUBLIC));
        assertEquals(List.of(-1, -1, -1, -1), all.labels(Part.PUBLIC));
        assertEquals(List.of(70, 71, 72), three.reds(Part.PUBLIC));
    }

    @Test
    void a_folder_that_cannot_be_used_is_refused_by_name() {
        assertEquals(
                List.of("folder: " + shown("nothing")
                        + " does not exist; it must have one sub-folder per class, with the"
                        + " pictures of that class"),
                refusal("nothing"));
        new Album(folder).text("file", "x").text("flat/a.txt", "x").person("single/only", 3, 1);
        assertTrue(refusal("file").get(0).contains("is a file, not a folder"));
        assertTrue(refusal("flat").get(0).contains("has no class: it has no sub-folders"));
        assertTrue(refusal("single").get(0).contains("has only one class, 'only'"));
    }

    @Test
    void every_class_without_a_picture_is_named() {
        new Album(folder).person("in/a", 2, 1).text("in/empty/readme.txt", "x").text("in/void/x.pdf", "x");

        List<String> refusal = refusal("in");

        assertEquals(2, refusal.size());
        assertTrue(refusal.get(0).startsWith("folder: " + shown("in/empty") + " is a class without a picture"));
        assertTrue(refusal.get(1).startsWith("folder: " + shown("in/void") + " is a class without a picture"));
    }

    @Test
    void a_folder_with_too_few_pictures_to_test_with_is_refused() {
        new Album(folder).person("in/a", 1, 1).person("in/b", 1, 2);

        assertTrue(refusal("in").get(0).contains("has no image left for the test part"));
    }

    @Test
    void all_damaged_pictures_are_named_when_the_first_is_read() throws IOException {
        new Album(folder).person("a", 3, 1).person("b", 3, 50).text("b/page.jpg", "<html>");
        byte[] whole = Files.readAllBytes(folder.resolve("a/1.png"));
        Files.write(folder.resolve("a/1.png"), Arrays.copyOf(whole, whole.length / 2));
        Opened seen = new Opened(open(new Shares(0.5, 0), PublicImages.NONE), BENCH);

        List<String> problems =
                assertThrows(InvalidConfigurationException.class, () -> seen.reds(Part.TRAINING)).problems().stream()
                        .map(Problem::toString)
                        .toList();

        assertEquals(2, problems.size());
        assertTrue(problems.get(0).startsWith("folder: " + shown("a/1.png") + " is a damaged or truncated PNG file"));
        assertTrue(problems.get(1).startsWith("folder: " + shown("b/page.jpg") + " is not a picture"));
    }

    @Test
    void a_picture_of_extreme_shape_is_named() throws IOException {
        new Album(folder).person("a", 3, 1).person("b", 3, 50);
        ImageIO.write(
                new BufferedImage(3_000_000, 1, BufferedImage.TYPE_BYTE_GRAY),
                "png",
                folder.resolve("a/line.png").toFile());
        FolderDataset lines = new ImageFolderConfiguration(
                        folder.toString(),
                        ClassOrder.NAME,
                        new Shares(0.5, 0),
                        PublicImages.NONE,
                        new Framing(0, 224, Framing.Fit.SHORTER_SIDE, 3))
                .open(BENCH);
        Opened seen = new Opened(lines, BENCH);

        List<Problem> problems = assertThrows(InvalidConfigurationException.class, () -> seen.reds(Part.TRAINING))
                .problems();

        assertEquals(1, problems.size());
        assertTrue(problems.get(0).message().startsWith(shown("a/line.png") + " is too long and thin"));
    }

    @Test
    void decoded_images_outlive_the_files_and_are_found_again_by_content() throws IOException {
        new Album(folder).person("a", 3, 1).person("b", 3, 50);
        FolderDataset first = open(new Shares(0.5, 0), PublicImages.NONE);
        List<Integer> expected = new Opened(first, BENCH).reds(Part.TEST);
        first.files(Part.TEST);
        FolderDataset second = open(new Shares(0.5, 0), PublicImages.NONE);
        second.files(Part.TEST);
        for (Path file : List.of(folder.resolve("a/0.png"), folder.resolve("b/2.png"))) {
            Files.delete(file);
        }

        assertEquals(expected, new Opened(second, BENCH).reds(Part.TEST));
    }

    @Test
    void a_changed_picture_is_decoded_anew() {
        new Album(folder).person("a", 2, 1).person("b", 2, 50);
        Shares half = new Shares(0.5, 0);
        new Opened(open(half, PublicImages.NONE), BENCH).reds(Part.TEST);

        new Album(folder).picture("a/0.png", 201).picture("a/1.png", 202);

        Opened seen = new Opened(open(half, PublicImages.NONE), BENCH);
        assertTrue(seen.reds(Part.TEST).get(0) > 200);
        assertTrue(seen.reds(Part.TRAINING).get(0) > 200);
    }

    @Test
    void the_files_of_a_part_are_listed_with_their_hashes_in_the_order_of_its_images() throws Exception {
        new Album(folder).person("a", 3, 1).person("b", 3, 50);
        FolderDataset faces = open(new Shares(0.5, 0), PublicImages.NONE);
        List<DataFile> files = faces.files(Part.TEST);
        List<Integer> reds = new Opened(faces, BENCH).reds(Part.TEST);

        assertEquals(faces.images(Part.TEST).size(), files.size());
        for (int i = 0; i < files.size(); i++) {
            Path file = folder.resolve(files.get(i).path());
            assertEquals(Files.size(file), files.get(i).bytes());
            assertEquals(Sha256.of(Files.readAllBytes(file)), files.get(i).sha256());
            assertEquals(
                    reds.get(i), PictureReader.read(Files.readAllBytes(file)).rgb()[0] & 0xff);
        }
        assertFalse(files.isEmpty());
    }

    private FolderDataset open(Shares split, PublicImages publicImages) {
        return opened("", split, publicImages);
    }

    private FolderDataset opened(String name, Shares split, PublicImages publicImages) {
        return new ImageFolderConfiguration(
                        folder.resolve(name).toString(), ClassOrder.NAME, split, publicImages, SMALL)
                .open(BENCH);
    }

    private List<String> refusal(String name) {
        return assertThrows(InvalidConfigurationException.class, () -> opened(name, Shares.DEFAULT, PublicImages.NONE))
                .problems()
                .stream()
                .map(Problem::toString)
                .toList();
    }

    private Place place() {
        return new Place("folder", folder);
    }

    private String shown(String name) {
        return Names.shown(folder.resolve(name));
    }
}
