package org.obverse.plugins.binary;

import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * The binary versions of the CIFAR data sets (Krizhevsky, "The CIFAR-10 dataset"). A file is a row of records: the label bytes, the last of
 * which is that of the class, then the red, the green and the blue of 32 rows of 32 pixels.
 *
 * @param training files, in their order
 * @param test file
 * @param names file with the names of the classes, a line each
 * @param labelBytes of a record
 */
record CifarVersion(List<String> training, String test, String names, int labelBytes) {
    private static final CifarVersion TEN = new CifarVersion(
            List.of("data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin", "data_batch_4.bin", "data_batch_5.bin"),
            "test_batch.bin",
            "batches.meta.txt",
            1);
    /** A record begins with the label of the superclass, which is not used. */
    private static final CifarVersion HUNDRED =
            new CifarVersion(List.of("train.bin"), "test.bin", "fine_label_names.txt", 2);

    static final String EXPECTED =
            "it must have data_batch_1.bin to data_batch_5.bin, test_batch.bin and batches.meta.txt (CIFAR-10), or train.bin,"
                    + " test.bin and fine_label_names.txt (CIFAR-100)";

    private static final Shape IMAGE = new Shape(3, 32, 32);
    private static final int LENGTH = 3 * 32 * 32;
    /** A list of names has less than 2 kB. */
    private static final long MOST_TEXT = 1 << 16;

    /** The one of which there are files. */
    static CifarVersion of(Place place) {
        boolean hundred = place.has(HUNDRED.training.get(0));
        if (hundred && place.has(TEN.training.get(0))) {
            throw place.refusal(place.folder(), "has files of CIFAR-10 and of CIFAR-100", "keep them in two folders");
        }
        return hundred ? HUNDRED : TEN;
    }

    /** By label. */
    List<String> classNames(Place place) {
        BinaryFile file = place.files(List.of(names)).get(0);
        List<String> lines = text(file)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        if (lines.size() < 2 || new HashSet<>(lines).size() < lines.size()) {
            throw file.refusal("does not name at least two classes, each by a line of its own", "get the file again");
        }
        return lines;
    }

    private static String text(BinaryFile file) {
        try {
            if (file.length() > MOST_TEXT) {
                throw file.refusal("is too long for a list of names", "get the file again");
            }
            return Files.readString(file.path(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw file.refusal("cannot be read as text (" + e + ")", "get the file again");
        }
    }

    Labelled training(Place place, List<String> classes) {
        return read(place.files(training), classes);
    }

    Labelled test(Place place, List<String> classes) {
        return read(place.files(List.of(test)), classes);
    }

    private Labelled read(List<BinaryFile> files, List<String> classes) {
        List<ImageBlock> blocks = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        for (BinaryFile file : files) {
            ByteBuffer records = records(file);
            int count = records.capacity() / (labelBytes + LENGTH);
            ByteBuffer pixels = ByteBuffer.allocate(count * LENGTH);
            for (int i = 0; i < count; i++) {
                int at = i * (labelBytes + LENGTH) + labelBytes;
                labels.add(label(file, i, records.get(at - 1), classes));
                pixels.put(records.slice(at, LENGTH));
            }
            blocks.add(new ImageBlock(file.name(), IMAGE, pixels));
        }
        return new Labelled(blocks, labels);
    }

    private ByteBuffer records(BinaryFile file) {
        int each = labelBytes + LENGTH;
        try {
            long length = file.length();
            if (length == 0 || length % each != 0) {
                throw file.refusal(
                        "has %d bytes, which are no whole number of records of %d".formatted(length, each),
                        "get the file again");
            }
            return file.read(0, head -> length).body();
        } catch (IOException e) {
            throw file.refusal("cannot be read (" + e + ")", "make it readable");
        }
    }

    private int label(BinaryFile file, int record, byte value, List<String> classes) {
        int label = Byte.toUnsignedInt(value);
        if (label >= classes.size()) {
            throw file.refusal(
                    "has the label %d in record %d, and %s names %d classes"
                            .formatted(label, record, names, classes.size()),
                    "get both files again");
        }
        return label;
    }
}
