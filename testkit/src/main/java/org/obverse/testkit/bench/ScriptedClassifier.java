package org.obverse.testkit.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.pooling.Pool;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.obverse.api.random.RandomStream;

/**
 * A TorchScript classifier, written without Python: {@code weight · tanh(averages) + bias}, where the averages are those of
 * the cells of a {@value #GRID} × {@value #GRID} grid over each of three channels. It takes images of any size. The file
 * says that it is being trained, and then its logits would be 0; its tensors ask for gradients: whoever loads it must set
 * both right.
 */
public final class ScriptedClassifier {
    /** Cells along one side. */
    public static final int GRID = 2;

    /** Averages of one image. */
    public static final int FEATURES = 3 * GRID * GRID;

    private static final String CODE = """
            class Scripted(Module):
              __parameters__ = ["weight", "bias", ]
              __buffers__ = []
              weight : Tensor
              bias : Tensor
              training : bool

              def forward(self: __torch__.Scripted, x: Tensor) -> %s:
                averages = torch.adaptive_avg_pool2d(x, [%d, %d])
                features = torch.tanh(torch.flatten(averages, 1, -1))
                answer = torch.linear(features, self.weight, self.bias)
                if self.training:
                  logits = torch.mul(answer, 0.)
                else:
                  logits = answer
                return %s
            """;

    private final float[] weight;
    private final float[] bias;

    /**
     * @param weight {@value #FEATURES} numbers per class: channel by channel, row by row of the grid
     * @param bias one number per class
     */
    public ScriptedClassifier(float[] weight, float[] bias) {
        if (weight.length != bias.length * FEATURES) {
            throw new IllegalArgumentException(
                    weight.length + " weights do not fit " + bias.length + " classes of " + FEATURES + " averages");
        }
        this.weight = weight.clone();
        this.bias = bias.clone();
    }

    /** What the program returns. */
    public enum Result {
        /** The logits. */
        LOGITS("Tensor", "logits"),
        /** Half of the logits, then the logits, as networks with an auxiliary head return two. */
        PAIR("Tuple[Tensor, Tensor]", "(torch.mul(logits, 0.5), logits)"),
        /** Probabilities. */
        PROBABILITIES("Tensor", "torch.softmax(logits, 1)"),
        /** Logits that differ from call to call, as of a network that was traced in training mode. */
        RANDOM("Tensor", "torch.add(logits, torch.rand_like(logits))"),
        /** Something else than tensors. */
        NUMBER("int", "3");

        private final String type;
        private final String value;

        Result(String type, String value) {
            this.type = type;
            this.value = value;
        }
    }

    /** Numbers between -1 and 1. */
    public static ScriptedClassifier drawn(int classes, RandomStream stream) {
        return new ScriptedClassifier(
                numbers(classes * FEATURES, stream.child("weight")), numbers(classes, stream.child("bias")));
    }

    private static float[] numbers(int count, RandomStream stream) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) stream.uniform(-1, 1);
        }
        return numbers;
    }

    public int classes() {
        return bias.length;
    }

    /** The same logits from DJL's operators, for images whose sides {@value #GRID} divides. */
    public NDArray logits(NDArray images) {
        NDManager manager = images.getManager();
        Shape shape = images.getShape();
        Shape cell = new Shape(shape.get(2) / GRID, shape.get(3) / GRID);
        NDArray features = Pool.avgPool2d(images, cell, cell, new Shape(0, 0), false, true)
                .reshape(shape.get(0), FEATURES)
                .tanh();
        NDArray rows = manager.create(weight, new Shape(classes(), FEATURES));
        return features.matMul(rows.transpose()).add(manager.create(bias));
    }

    /** Writes the program to a file. */
    public void write(Path file, Result result) {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            store(zip, "data.pkl", state());
            store(zip, "data/0", bytes(weight));
            store(zip, "data/1", bytes(bias));
            String code = CODE.formatted(result.type, GRID, GRID, result.value);
            store(zip, "code/__torch__.py", code.getBytes(StandardCharsets.UTF_8));
            store(zip, "constants.pkl", new byte[] {(byte) 0x80, 2, ')', '.'});
            store(zip, "version", "10\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    /** Pickle protocol 2 of a module with two tensors and its flag. */
    private byte[] state() {
        ByteArrayOutputStream pickle = new ByteArrayOutputStream();
        pickle.writeBytes(new byte[] {(byte) 0x80, 2});
        ascii(pickle, "c__torch__\nScripted\n)\u0081}(");
        text(pickle, "weight");
        tensor(pickle, "0", classes(), FEATURES);
        text(pickle, "bias");
        tensor(pickle, "1", classes());
        text(pickle, "training");
        ascii(pickle, "\u0088ub.");
        return pickle.toByteArray();
    }

    /** A contiguous tensor that asks for gradients, over the storage of this name. */
    private static void tensor(ByteArrayOutputStream pickle, String storage, int... sizes) {
        int elements = 1;
        for (int size : sizes) {
            elements *= size;
        }
        ascii(pickle, "ctorch._utils\n_rebuild_tensor_v2\n((");
        text(pickle, "storage");
        ascii(pickle, "ctorch\nFloatStorage\n");
        text(pickle, storage);
        text(pickle, "cpu");
        number(pickle, elements);
        ascii(pickle, "tQ");
        number(pickle, 0);
        ascii(pickle, "(");
        for (int size : sizes) {
            number(pickle, size);
        }
        ascii(pickle, "t(");
        int stride = elements;
        for (int size : sizes) {
            stride /= size;
            number(pickle, stride);
        }
        ascii(pickle, "t\u0088ccollections\nOrderedDict\n)RtR");
    }

    private static void ascii(ByteArrayOutputStream pickle, String codes) {
        pickle.writeBytes(codes.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void text(ByteArrayOutputStream pickle, String text) {
        ascii(pickle, "X");
        pickle.writeBytes(little(text.length()));
        ascii(pickle, text);
    }

    private static void number(ByteArrayOutputStream pickle, int number) {
        ascii(pickle, "J");
        pickle.writeBytes(little(number));
    }

    private static byte[] little(int number) {
        return ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(number)
                .array();
    }

    private static byte[] bytes(float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }

    /** libtorch maps members into memory, so they are stored as they are, under one folder. */
    private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
        CRC32 checksum = new CRC32();
        checksum.update(content);
        ZipEntry entry = new ZipEntry("scripted/" + name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(checksum.getValue());
        entry.setTime(0);
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }
}
