package org.obverse.plugins.folders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.plugins.folders.StanfordDogsConfiguration.Extent;

class StanfordDogsTest {
    private static final List<String> DOGS =
            List.of("n01-Pug/n01_1", "n01-Pug/n01_2", "n02-Borzoi/n02_1", "n02-Borzoi/n02_7");

    @TempDir
    private Path folder = Path.of("");

    @Test
    void images_are_those_of_the_training_list_then_of_the_test_list_with_labels_from_zero() throws IOException {
        write();
        Roll roll = DogFiles.read(new Place("folder", folder), Extent.UNCROPPED);

        assertEquals(List.of("n01-Pug", "n02-Borzoi"), roll.classes());
        assertEquals(List.of(0, 0, 1, 1, 0, 0, 1, 1), roll.labels());
        assertEquals("Images/n02-Borzoi/n02_7.jpg", roll.sources().get(3).name());
        assertEquals(Source.Cut.NOTHING, roll.sources().get(3).cut());
    }

    @Test
    void a_cropped_dog_is_what_the_first_box_encloses() throws Exception {
        write();
        Roll roll = DogFiles.read(new Place("folder", folder), Extent.CROPPED);

        assertEquals(new Source.Cut(1, 2, 3, 2), roll.sources().get(1).cut());
        Pixels cropped = picture(roll.sources().get(1));
        assertEquals(3, cropped.width());
        assertEquals(2, cropped.height());
        assertEquals(10, cropped.rgb()[2]);
    }

    private static Pixels picture(Source source) throws Exception {
        return source.cut().of(PictureReader.read(Files.readAllBytes(source.file())));
    }

    @Test
    void every_missing_image_and_annotation_is_named() throws IOException {
        write();
        Files.delete(folder.resolve("Images/n01-Pug/n01_1.jpg"));
        Files.delete(folder.resolve("Annotation/n02-Borzoi/n02_1"));
        new Album(folder).text("Annotation/n02-Borzoi/n02_7", "<annotation/>");

        List<String> refusal = refusal(Extent.CROPPED);

        assertTrue(
                refusal.get(0).contains("Images/n01-Pug/n01_1.jpg does not exist, but is entry 1 of train_list.mat"));
        assertTrue(refusal.get(1).contains("Annotation/n02-Borzoi/n02_1 cannot be read"));
        assertTrue(
                refusal.get(2).contains("Annotation/n02-Borzoi/n02_7 says nowhere that a dog is between two corners"));
    }

    @Test
    void images_one_folder_deeper_are_named_in_one_line() throws IOException {
        write();
        Path images = folder.resolve("Images");
        Files.move(images, folder.resolve("inner"));
        Files.createDirectory(images);
        Files.move(folder.resolve("inner"), images.resolve("Images"));

        assertEquals(
                List.of("folder: " + Names.shown(images) + " has none of the 8 images of the lists; they are in "
                        + Names.shown(images.resolve("Images"))
                        + "; move its folders up into Images; the folder to name is " + Names.shown(folder)),
                refusal(Extent.CROPPED));
    }

    @Test
    void a_folder_around_the_data_set_names_the_one_to_name() throws IOException {
        write();
        Path inner = folder.resolve("dogs");
        Files.createDirectory(inner);
        for (String part : List.of("Images", "Annotation", "train_list.mat", "test_list.mat")) {
            Files.move(folder.resolve(part), inner.resolve(part));
        }

        assertTrue(refusal(Extent.CROPPED).get(0).contains(" is not the data set, which is in " + Names.shown(inner)));
    }

    @Test
    @Timeout(60)
    void a_pipe_for_an_annotation_is_refused() throws Exception {
        write();
        Path annotation = folder.resolve("Annotation/n02-Borzoi/n02_1");
        Files.delete(annotation);
        assertEquals(
                0, new ProcessBuilder("mkfifo", annotation.toString()).start().waitFor());

        assertTrue(refusal(Extent.CROPPED).get(0).contains("n02_1 cannot be read"));
    }

    @Test
    void a_list_that_is_missing_or_damaged_is_named() throws IOException {
        write();
        Files.delete(folder.resolve("test_list.mat"));
        byte[] list = Files.readAllBytes(folder.resolve("train_list.mat"));
        Files.write(folder.resolve("train_list.mat"), Arrays.copyOf(list, 200));

        List<String> refusal = refusal(Extent.UNCROPPED);

        assertTrue(refusal.get(0).contains("train_list.mat cannot be read: it is damaged or truncated"));
        assertTrue(refusal.get(1).contains("test_list.mat does not exist; expected are train_list.mat"));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 121, 1.5, Double.NaN})
    void a_label_that_no_breed_has_is_named_with_its_entry(double label) throws IOException {
        write();
        label(1, 1, 2, label);

        assertEquals(
                "folder: " + Names.shown(folder.resolve("train_list.mat")) + " has label " + label
                        + " in entry 4, not 1 to 120; get lists.tar again",
                refusal(Extent.UNCROPPED).get(0));
    }

    @Test
    void a_breed_that_is_left_out_is_refused() throws IOException {
        write();
        label(1, 1, 3, 3);
        Files.copy(
                folder.resolve("train_list.mat"), folder.resolve("test_list.mat"), StandardCopyOption.REPLACE_EXISTING);

        assertTrue(refusal(Extent.UNCROPPED).get(0).contains("lists 2 breeds, whose labels do not run from 1 on"));
    }

    @ParameterizedTest
    @CsvSource({"1, 2, 999999, 999999", "7, 2, 9, 4", "1, 5, 4, 9"})
    void a_box_that_no_picture_has_is_refused_with_the_picture_and_the_box(int left, int top, int right, int bottom)
            throws IOException {
        write();
        new Album(folder).text("Annotation/" + DOGS.get(0), """
                <bndbox><xmin>%d</xmin><ymin>%d</ymin><xmax>%d</xmax><ymax>%d</ymax></bndbox>""".formatted(left, top, right, bottom));
        Roll roll = DogFiles.read(new Place("folder", folder), Extent.CROPPED);

        UnreadablePictureException refusal = assertThrows(
                UnreadablePictureException.class, () -> picture(roll.sources().get(0)));

        assertEquals(
                "has 6 x 4 pixels, and what is to be cut out is %d x %d pixels from (%d, %d)"
                        .formatted(right - left, bottom - top, left, top),
                refusal.getMessage());
    }

    /** Gives the entries of the training list other labels than 1, 1, 2, 2. */
    private void label(double... labels) throws IOException {
        byte[] list = Files.readAllBytes(Path.of("target/test-classes/pictures/list-plain.mat"));
        byte[] old = bytes(1, 1, 2, 2);
        int at = 0;
        while (!Arrays.equals(list, at, at + old.length, old, 0, old.length)) {
            at++;
        }
        System.arraycopy(bytes(labels), 0, list, at, old.length);
        Files.write(folder.resolve("train_list.mat"), list);
    }

    private static byte[] bytes(double... numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
        Arrays.stream(numbers).forEach(bytes::putDouble);
        return bytes.array();
    }

    private List<String> refusal(Extent extent) {
        return assertThrows(
                        InvalidConfigurationException.class, () -> DogFiles.read(new Place("folder", folder), extent))
                .problems()
                .stream()
                .map(Problem::toString)
                .toList();
    }

    private void write() throws IOException {
        byte[] list = Files.readAllBytes(Path.of("target/test-classes/pictures/list-compressed.mat"));
        Album album = new Album(folder).bytes("train_list.mat", list).bytes("test_list.mat", list);
        int red = 1;
        for (String dog : DOGS) {
            album.picture("Images/" + dog + ".jpg", red++);
            album.text("Annotation/" + dog, """
                    <annotation><object><name>Pug</name><bndbox>
                        <xmin>1</xmin>
                        <ymin>2</ymin>
                        <xmax>4</xmax>
                        <ymax>4</ymax>
                    </bndbox></object><object><bndbox><xmin>0</xmin></bndbox></object></annotation>""");
        }
    }
}
