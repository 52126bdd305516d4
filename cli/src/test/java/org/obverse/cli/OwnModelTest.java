package org.obverse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.testkit.bench.ScriptedClassifier;
import org.obverse.testkit.bench.ScriptedClassifier.Result;

/** A TorchScript classifier, a network pickle and pictures in folders: nothing of ours but the attack. */
final class OwnModelTest {
    private static final int[] COLOURS = {0xd02020, 0x20c030, 0x2030d0, 0xd0c020};
    private static final int PICTURES = 8;
    private static final float SHARPNESS = 4;

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void write() throws IOException {
        for (int c = 0; c < COLOURS.length; c++) {
            Path person = Files.createDirectories(folder.resolve("pictures/person-" + c));
            for (int i = 0; i < PICTURES; i++) {
                ImageIO.write(
                        picture(COLOURS[c], i),
                        "png",
                        person.resolve(i + ".png").toFile());
            }
        }
        classifier(COLOURS).write(folder.resolve("model.pt"), Result.LOGITS);
        copy("/weights/synthetic-network-32-proto4.pkl", "network.pkl");
        copy("own-model.yaml", "own-model.yaml");
    }

    /** 20 x 24 pixels around a colour. */
    private static BufferedImage picture(int colour, int number) {
        BufferedImage picture = new BufferedImage(20, 24, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < 24; y++) {
            for (int x = 0; x < 20; x++) {
                int shade = (x + 3 * y + 5 * number) % 24;
                picture.setRGB(x, y, colour + (shade << 16) + (shade << 8) + shade);
            }
        }
        return picture;
    }

    /** Prefers the nearest colour: {@code 2 s f·c - s |c|²} grows as the squared distance of f and c falls. */
    private static ScriptedClassifier classifier(int... colours) {
        float[] weight = new float[colours.length * ScriptedClassifier.FEATURES];
        float[] bias = new float[colours.length];
        int cells = ScriptedClassifier.FEATURES / 3;
        for (int i = 0; i < weight.length; i++) {
            int c = i / ScriptedClassifier.FEATURES;
            int shift = 16 - 8 * (i % ScriptedClassifier.FEATURES / cells);
            double pixel = ((colours[c] >> shift) & 0xff) / 127.5 - 1;
            float feature = (float) Math.tanh(pixel);
            weight[i] = 2 * SHARPNESS * feature;
            bias[c] -= SHARPNESS * feature * feature;
        }
        return new ScriptedClassifier(weight, bias);
    }

    private void copy(String resource, String name) throws IOException {
        try (InputStream bytes = OwnModelTest.class.getResourceAsStream(resource)) {
            if (bytes == null) {
                throw new IllegalStateException(resource + " is missing");
            }
            Files.write(folder.resolve(name), bytes.readAllBytes());
        }
    }

    private Invocation run(String name) {
        return Invocation.of("run", folder.resolve("own-model.yaml"), "--runs", folder.resolve("runs"), "--name", name);
    }

    private void change(String line, String other) throws IOException {
        Path plan = folder.resolve("own-model.yaml");
        String text = Files.readString(plan);
        assertTrue(text.contains(line), line);
        Files.writeString(plan, text.replace(line, other));
    }

    private void refuses(String... words) {
        Invocation refused = run("refused");

        assertEquals(2, refused.code(), refused.err());
        Arrays.stream(words).forEach(word -> assertTrue(refused.err().contains(word), refused::err));
        assertFalse(Files.exists(folder.resolve("runs")));
    }

    @Test
    void it_is_attacked_like_any_other_and_another_program_is_another_target() {
        Invocation first = run("first");
        Invocation again = run("again");
        classifier(0xd0c020, 0x2030d0, 0x20c030, 0xd02020).write(folder.resolve("model.pt"), Result.LOGITS);
        Invocation other = run("other");

        assertEquals(0, first.code(), first.err());
        assertTrue(first.out().contains("Acc@1(judge)"), first.out());
        assertTrue(first.out().contains("test accuracy"), first.out());
        assertTrue(Files.exists(folder.resolve("runs/first/report.html")));
        assertFalse(again.out().contains(" done in "), again.out());
        Map<String, String> artifacts = Invocation.finished(folder.resolve("runs/first"));
        Map<String, String> others = Invocation.finished(folder.resolve("runs/other"));
        assertEquals(0, other.code(), other.err());
        assertEquals(artifacts.keySet(), others.keySet());
        assertEquals(artifacts.get("evaluation/0"), others.get("evaluation/0"));
        assertNotEquals(artifacts.get("optimize/0"), others.get("optimize/0"));
    }

    @Test
    void an_evaluation_model_sees_the_size_that_its_entry_names_and_nobody_else_does() throws IOException {
        Invocation own = run("own");
        change("    training: { epochs: 2", "    pixels: 24\n    training: { epochs: 2");
        Invocation other = run("other");

        assertEquals(0, own.code(), own.err());
        assertEquals(0, other.code(), other.err());
        Map<String, String> before = Invocation.finished(folder.resolve("runs/own"));
        Map<String, String> after = Invocation.finished(folder.resolve("runs/other"));
        Set<String> changed = new TreeSet<>(after.keySet());
        changed.removeIf(unit -> Objects.equals(after.get(unit), before.get(unit)));
        assertEquals(Set.of("evaluation/0", "metric/0", "metric/2"), changed);
    }

    @Test
    void everything_that_is_wrong_with_its_networks_is_said_at_once_with_lines() throws IOException {
        copy("own-model.yaml", "network.pkl");
        change("use: small-inception }", "use: inception-v3 }");

        refuses(
                "line 8, inception-v3: images of 32x32 pixels are too small",
                "line 12, network.pkl: is of no known format");
    }

    @Test
    void a_run_whose_files_were_replaced_is_not_gone_on_with() {
        Invocation first = run("first");
        classifier(0xd0c020, 0x2030d0, 0x20c030, 0xd02020).write(folder.resolve("model.pt"), Result.LOGITS);

        Invocation refused = Invocation.of("resume", "first", "--runs", folder.resolve("runs"));

        assertEquals(0, first.code(), first.err());
        assertEquals(2, refused.code(), refused.err());
        assertTrue(refused.err().contains("the file model.pt is another one than when this run began"), refused::err);
    }

    @Test
    void what_would_train_it_is_refused() throws IOException {
        change("evaluation:", "  training: { epochs: 3 }\n  weights: model.safetensors\nevaluation:");

        refuses("target.training", "target.weights", "a finished network with weights of its own");
    }

    @Test
    void a_defense_of_its_training_is_refused() throws IOException {
        change("evaluation:", "  defense: [ { use: label-smoothing } ]\nevaluation:");

        refuses("target.defense.0", "'label-smoothing' changes how a target is trained", "'torchscript'");
    }

    @Test
    void as_an_evaluation_model_it_judges_no_features() throws IOException {
        change("use: small-inception }", "use: torchscript, file: model.pt }");
        change("    training: { epochs: 2, batch: 8, learning-rate: 0.002 }\n", "");

        refuses("metrics.2", "'feature-distance' compares activations of the evaluation model 'judge'");
    }

    @Test
    void a_metric_does_not_train_it_as_a_student() throws IOException {
        change("use: feature-distance", "use: knowledge-extraction, student: { use: torchscript, file: model.pt }");

        refuses("metrics.2.student", "'torchscript' is a finished network");
    }

    @Test
    void a_file_that_is_no_program_or_has_other_classes_is_refused() throws IOException {
        copy("/weights/small-checkpoint.pth", "model.pt");
        refuses("model.pt", "without a program, such as a state dict", "with the key weights");
        classifier(0xd02020, 0x20c030).write(folder.resolve("model.pt"), Result.LOGITS);
        refuses("model.pt", "tells 2 classes apart, and the data has 4");
    }

    @Test
    void a_program_that_is_cut_off_is_refused_and_one_of_another_name_is_read() throws IOException {
        Path model = folder.resolve("model.pt");
        byte[] whole = Files.readAllBytes(model);
        Files.write(model, Arrays.copyOf(whole, whole.length / 2));
        refuses("model.pt", "truncated");

        Files.write(folder.resolve("model.safetensors"), whole);
        change("model.pt", "model.safetensors");
        Invocation checked = Invocation.of("run", folder.resolve("own-model.yaml"), "--dry-run");
        assertEquals(0, checked.code(), checked.err());
    }
}
