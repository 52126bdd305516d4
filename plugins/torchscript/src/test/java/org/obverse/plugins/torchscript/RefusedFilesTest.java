package org.obverse.plugins.torchscript;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.NameOrIndex;
import org.obverse.api.plugin.Problem;
import org.obverse.testkit.Workbench;
import org.obverse.testkit.bench.ScriptedClassifier;
import org.obverse.testkit.bench.ScriptedClassifier.Result;

final class RefusedFilesTest {
    private static final Workbench BENCH = Workbench.of(RefusedFilesTest.class);
    private static final Shape IMAGE = new Shape(3, 8, 8);
    private static final int CLASSES = 5;

    @TempDir
    private Path folder = Path.of("");

    @AfterAll
    static void close() {
        BENCH.close();
    }

    private Path written(Result result) {
        Path file = folder.resolve("model.pt");
        ScriptedClassifier.drawn(CLASSES, BENCH.stream(3)).write(file, result);
        return file;
    }

    private Path fixture(String name) throws IOException {
        try (InputStream bytes = RefusedFilesTest.class.getResourceAsStream("/" + name)) {
            Path file = folder.resolve(name);
            Files.write(file, bytes == null ? new byte[0] : bytes.readAllBytes());
            return file;
        }
    }

    private static TorchScriptConfiguration settings(Path file) {
        return new TorchScriptConfiguration(
                file.toString(), List.of(), PixelRange.UNIT, List.of(), List.of(), TorchScriptConfiguration.FIRST);
    }

    private static Problem refusal(TorchScriptConfiguration settings, Shape image, int classes) {
        List<Problem> problems = assertThrows(
                        InvalidConfigurationException.class,
                        () -> settings.architecture(BENCH).build(image, classes, BENCH.parameters(0)))
                .problems();
        assertEquals(1, problems.size());
        return problems.get(0);
    }

    private static void refuses(Path file, String reason, String wayOut) {
        refuses(settings(file), IMAGE, CLASSES, reason, wayOut);
    }

    private static void refuses(
            TorchScriptConfiguration settings, Shape image, int classes, String reason, String wayOut) {
        String words = refusal(settings, image, classes).toString();
        assertTrue(words.startsWith(settings.file()), words);
        assertTrue(words.contains(reason), words);
        assertTrue(words.contains(wayOut), words);
    }

    @Test
    void a_file_that_is_not_there() {
        refuses(folder.resolve("none.pt"), "there is no such file", "TorchScript file");
    }

    @Test
    @Timeout(value = 20, threadMode = ThreadMode.SEPARATE_THREAD)
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void what_is_no_regular_file_is_never_opened() throws IOException, InterruptedException {
        Path fifo = folder.resolve("fifo.pt");
        assertEquals(0, new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor());
        Path device = Files.createSymbolicLink(folder.resolve("device.pt"), Path.of("/dev/zero"));

        refuses(fifo, "is a FIFO, not a file", "TorchScript file");
        refuses(device, "is a device, not a file", "TorchScript file");
        refuses(folder, "is a folder, not a file", "TorchScript file");
    }

    @Test
    void a_state_dict_belongs_to_weights() throws IOException {
        refuses(fixture("small-state-dict.pth"), "without a program, such as a state dict", "with the key weights");
        refuses(fixture("small-state-dict-legacy.pth"), "not a TorchScript file", "with the key weights");
    }

    @Test
    void a_file_of_something_else() throws IOException {
        Path file = folder.resolve("words.pt");
        Files.writeString(file, "torch.jit.load");

        refuses(file, "not a TorchScript file", "torch.jit.script");
    }

    @Test
    void a_truncated_or_damaged_file_is_refused_wherever_it_ends() throws IOException {
        byte[] whole = Files.readAllBytes(written(Result.LOGITS));
        Path file = folder.resolve("damaged.pt");
        for (int length = 0; length < whole.length; length += 97) {
            Files.write(file, Arrays.copyOf(whole, length));
            refusal(settings(file), IMAGE, CLASSES);
        }
        String text = new String(whole, StandardCharsets.ISO_8859_1);
        for (String word :
                List.of("torch.linear(", "FloatStorage", "_rebuild_tensor_v2", "Scripted", "training : bool")) {
            byte[] broken = whole.clone();
            broken[text.indexOf(word) + 2] ^= 3;
            Files.write(file, broken);
            refuses(file, "libtorch cannot load it", "torch.jit.script");
        }
    }

    @Test
    void another_number_of_classes() {
        refuses(settings(written(Result.LOGITS)), IMAGE, 4, "tells 5 classes apart, and the data has 4", "exactly");
        refuses(settings(written(Result.LOGITS)), IMAGE, 6, "tells 5 classes apart, and the data has 6", "exactly");
    }

    @Test
    void images_of_a_shape_that_it_does_not_take() {
        refuses(
                settings(written(Result.LOGITS)),
                new Shape(1, 8, 8),
                CLASSES,
                "does not take images (2, 1, 8, 8)",
                "say with size");
        refuses(settings(written(Result.LOGITS)), new Shape(2), CLASSES, "takes images", "data set of images");
    }

    @Test
    void normalisation_of_another_number_of_channels() {
        TorchScriptConfiguration settings = new TorchScriptConfiguration(
                written(Result.LOGITS).toString(),
                List.of(),
                PixelRange.UNIT,
                List.of(0.5, 0.5),
                List.of(),
                TorchScriptConfiguration.FIRST);

        refuses(settings, IMAGE, CLASSES, "mean: 2 numbers do not fit images of 3 channels", "one number");
    }

    @Test
    void answers_that_are_no_logits() {
        refuses(written(Result.PROBABILITIES), "returns probabilities", "softmax");
        refuses(written(Result.RANDOM), "differ from call to call", "model.eval()");
        refuses(written(Result.NUMBER), "returns no tensor but int", "logits");
    }

    @Test
    void an_output_that_does_not_exist() {
        TorchScriptConfiguration third = new TorchScriptConfiguration(
                written(Result.PAIR).toString(),
                List.of(),
                PixelRange.UNIT,
                List.of(),
                List.of(),
                new NameOrIndex.Index(2));

        refuses(third, IMAGE, CLASSES, "returns 2 values, so there is no output 2", "at most 1");
    }

    @Test
    void no_file_at_all() {
        Problem problem = refusal(TorchScriptConfiguration.DEFAULT, IMAGE, CLASSES);

        assertTrue(problem.toString().contains("file: model.pt"), problem.toString());
    }

    @Test
    void every_key_out_of_its_range_is_named() {
        TorchScriptConfiguration wrong = new TorchScriptConfiguration(
                "m.pt", List.of(8), PixelRange.UNIT, List.of(Double.NaN), List.of(0.0), new NameOrIndex.Index(-1));

        assertEquals(
                List.of("size", "mean", "deviation", "output"),
                wrong.check().stream().map(Problem::path).toList());
    }
}
