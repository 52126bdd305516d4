package org.obverse.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.engine.torch.TorchRuntime;

final class ReportPicturesTest {
    private static final NDManager ROOT = TorchRuntime.start().manager();

    @TempDir
    Path runs;

    private final NDManager manager = ROOT.newSubManager();

    @AfterEach
    void free() {
        manager.close();
    }

    private WrittenStudy study(String plan) {
        return WrittenStudy.of(plan, runs, manager);
    }

    private static List<String> found(String pattern, String text) {
        List<String> found = new ArrayList<>();
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }

    private static BufferedImage decoded(String base64) throws Exception {
        return ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(base64)));
    }

    @Test
    void the_strip_of_reconstructions_holds_every_class_and_result() throws Exception {
        WrittenStudy study = study(WrittenStudy.PLAN);
        study.whole(0, 1);
        List<String> images = found("src=\"data:image/png;base64,([^\"]*)\"", study.page());
        BufferedImage samples = decoded(images.get(0));
        BufferedImage found = decoded(images.get(1));
        assertEquals(2 * 5, found.getWidth());
        assertEquals(3 * 2 * 5, found.getHeight(), "each of three under a sample");
        assertEquals(0xFF000000, samples.getRGB(3, 3));
        assertEquals(0xFF000000, found.getRGB(8, 23));
        assertEquals(0xFFFFFFFF, found.getRGB(8, 28));
        assertEquals(0, found.getRGB(4, 0), "clear between the classes");
    }

    @Test
    void a_reconstruction_stands_below_the_training_sample_that_it_looks_most_like() throws Exception {
        WrittenStudy study = study(WrittenStudy.PLAN);
        NDArray samples = manager.create(new float[] {-1, 0, 0.5f}, new Shape(1, 3, 1, 1, 1))
                .broadcast(new Shape(1, 3, 3, 4, 4));
        NDArray found = manager.create(new float[] {0.45f, -0.9f}, new Shape(1, 2, 1, 1, 1))
                .broadcast(new Shape(1, 2, 3, 8, 8));
        NDArray nearest =
                manager.create(new float[] {0.5f, -1}, new Shape(1, 2, 1, 1, 1)).broadcast(new Shape(1, 2, 3, 4, 4));
        study.run(0).gallery(1, samples, found, nearest).done();

        List<String> images = found("src=\"data:image/png;base64,([^\"]*)\"", study.page());
        BufferedImage pairs = decoded(images.get(1));

        assertEquals(9, pairs.getWidth(), "4 pixels are doubled beside 8");
        assertEquals(
                List.of(0xFFBFBFBF, 0xFFB9B9B9, 0xFF000000, 0xFF0D0D0D),
                List.of(pairs.getRGB(7, 4), pairs.getRGB(7, 13), pairs.getRGB(7, 22), pairs.getRGB(7, 31)));
    }

    @Test
    void the_contact_sheet_has_rows_of_samples_and_a_row_per_cell() throws Exception {
        WrittenStudy study = study(WrittenStudy.TWO_ALPHAS);
        study.whole(0, 1);
        study.whole(1, 0.5f);
        study.page();
        BufferedImage sheet = ImageIO.read(study.file("pictures.png").toFile());
        assertEquals(4 * 67 + 3, sheet.getHeight());
        int right = sheet.getWidth() - 4;
        assertEquals(0xFF000000, sheet.getRGB(right, 3), "the training samples are black");
        assertEquals(0xFFFFFFFF, sheet.getRGB(right, 2 * 67 + 3), "what the first cell found is white");
        assertEquals(0xFFBFBFBF, sheet.getRGB(right, 3 * 67 + 3), "what the second one found is grey");
    }

    @Test
    void a_generator_of_another_size_than_the_data_has_columns_of_the_same_width() throws Exception {
        WrittenStudy study = study(WrittenStudy.PLAN);
        NDArray faces = manager.zeros(new Shape(2, 2, 3, 50, 40));
        NDArray found = manager.ones(new Shape(2, 1, 3, 260, 260)).mul(0.5f);
        study.run(0).gallery(2, faces, found).done();

        String page = study.page();
        List<String> widths = found("<img [^>]*alt=\"[^\"]* of classes[^\"]*\" width=\"([0-9]+)\"", page);
        BufferedImage sheet = ImageIO.read(study.file("pictures.png").toFile());

        assertEquals(List.of(String.valueOf(2 * 97), String.valueOf(2 * 97)), widths);
        assertEquals(3 * 103 + 3, sheet.getHeight(), "40 x 50 pixels are doubled, 260 x 260 shrunk to 64");
        assertEquals(0xFFBFBFBF, sheet.getRGB(sheet.getWidth() - 83, 2 * 103 + 3 + 63));
    }

    @Test
    void what_is_no_image_is_left_out_of_the_gallery() throws Exception {
        WrittenStudy study = study(WrittenStudy.PLAN);
        NDArray points = manager.zeros(new Shape(2, 3, 2));
        study.run(0).gallery(2, points, points).done();
        assertFalse(study.page().contains("id=\"reconstructions\""));
        assertFalse(Files.exists(study.file("pictures.png")));
    }
}
