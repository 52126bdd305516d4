package org.obverse.plugins.torchscript;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.testkit.Workbench;

/** What a program's refusal says was wrong. */
final class FailedTrialTest {
    private static final Workbench BENCH = Workbench.of(FailedTrialTest.class);
    private static final String HEAD = "def forward(self: __torch__.Scripted, x: Tensor) -> Tensor:";

    @TempDir
    private Path folder = Path.of("");

    @AfterAll
    static void close() {
        BENCH.close();
    }

    private Programs programs() {
        return new Programs(folder, BENCH);
    }

    private void says(Path file, String... words) {
        String refusal = programs().refusal(file);
        for (String word : words) {
            assertTrue(refusal.contains(word), refusal);
        }
    }

    @Test
    void a_batch_that_was_traced() {
        says(programs().saved("trace-batch-1.pt"), "takes batches of 1, and not of 2", "torch.jit.script");
        says(programs().saved("trace-batch-8.pt"), "takes batches of 8, and not of 2", "torch.jit.script");
        says(programs().beginning(HEAD, "x = torch.reshape(x, [2, 3, 32, 32])"), "takes batches of 2, and not of 1");
        says(
                programs().beginning(HEAD, "x = torch.add(x, torch.zeros([24, 1, 1, 1]))"),
                "takes batches of 24, and not of 2");
    }

    @Test
    void a_batch_that_is_answered_with_another_one() {
        says(
                programs().beginning(HEAD, "x = torch.add(x, torch.zeros([2, 1, 1, 1]))"),
                "answers a batch of 1 with (2, 4), not with logits [N, classes]");
    }

    @Test
    void a_device_in_its_code() {
        says(programs().saved("cuda-in-code.pt"), "names a device that is not the run's cpu", "model.cpu()");
        says(programs().saved("cuda-constant-in-code.pt"), "names a device that is not the run's cpu", "model.cpu()");
    }

    @Test
    void weights_of_another_device_are_no_fault() {
        assertEquals(
                Programs.IMAGE,
                programs().built(programs().saved("cuda-storages.pt")).input());
    }

    @Test
    void a_missing_method() {
        says(programs().edited(code -> code.replace("def forward", "def predict")), "has no method forward");
    }

    @Test
    void the_number_of_inputs_and_what_they_are() {
        says(programs().saved("two-inputs.pt"), "takes 2 inputs, and the images are one: there is no 'labels'");
        says(
                programs().beginning(HEAD.replace("x: Tensor", "xs: List[Tensor]"), "x = xs[0]"),
                "takes a List[Tensor] as 'xs', not a tensor of images");
    }

    @Test
    void the_order_of_axes() {
        says(
                programs()
                        .beginning(HEAD, "x = torch.conv2d(torch.permute(x, [0, 3, 1, 2]), torch.ones([3, 3, 1, 1]))"),
                "takes images [N, height, width, channels]",
                "permute");
    }

    @Test
    void the_number_of_channels() {
        says(
                programs().saved("one-channel.pt"),
                "takes images of 1 channels, and the data's have 3",
                "image: { channels: 1 }");
        assertEquals(
                new Shape(1, 32, 32),
                Programs.settings(programs().saved("one-channel.pt"), TorchScriptConfiguration.FIRST)
                        .architecture(BENCH)
                        .build(new Shape(1, 32, 32), Programs.CLASSES, BENCH.parameters(0))
                        .input());
    }

    @Test
    void the_type_of_its_weights() {
        for (String type : List.of("5", "7")) {
            says(
                    programs().beginning(HEAD, "x = torch.conv2d(x, torch.ones([3, 3, 1, 1], dtype=" + type + "))"),
                    "does not take float32 images",
                    "model.float()");
        }
    }

    @Test
    void the_size_of_the_images() {
        says(
                programs().beginning(HEAD, "x = torch.linear(x, torch.ones([8, 224]))"),
                "does not take images (2, 3, 32, 32): mat1 and mat2 shapes cannot be multiplied",
                "say with size");
    }
}
