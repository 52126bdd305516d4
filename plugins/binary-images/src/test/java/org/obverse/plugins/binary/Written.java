package org.obverse.plugins.binary;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Writes the files of a data set, byte by byte as their formats are documented. */
record Written(Path folder) {
    /** Two images of each of the classes 0, 1 and 2 for training, three for testing, 2 rows of 3 pixels; each image of one grey. */
    static Written idx(Path folder) {
        return new Written(folder)
                .images("train", 10, 20, 30, 40, 50, 60)
                .labels("train", 0, 1, 2, 2, 1, 0)
                .images("t10k", 70, 80, 90)
                .labels("t10k", 1, 0, 2);
    }

    Written images(String part, int... greys) {
        ByteBuffer bytes = ByteBuffer.allocate(16 + 6 * greys.length)
                .putInt(0x0803)
                .putInt(greys.length)
                .putInt(2)
                .putInt(3);
        for (int grey : greys) {
            for (int i = 0; i < 6; i++) {
                bytes.put((byte) grey);
            }
        }
        return file(part + "-images-idx3-ubyte", bytes.array());
    }

    Written labels(String part, int... labels) {
        ByteBuffer bytes = ByteBuffer.allocate(8 + labels.length).putInt(0x0801).putInt(labels.length);
        for (int label : labels) {
            bytes.put((byte) label);
        }
        return file(part + "-labels-idx1-ubyte", bytes.array());
    }

    /** Five batches of two records each and a test batch, for two classes. */
    static Written cifar10(Path folder) {
        Written written = new Written(folder);
        for (int batch = 1; batch <= 5; batch++) {
            written.file("data_batch_" + batch + ".bin", records(new int[] {0, batch}, new int[] {1, 10 * batch}));
        }
        return written.file("test_batch.bin", records(new int[] {1, 100}, new int[] {1, 101}, new int[] {0, 102}))
                .file("batches.meta.txt", "airplane\nautomobile\n\n".getBytes(StandardCharsets.UTF_8));
    }

    static Written cifar100(Path folder) {
        return new Written(folder)
                .file("train.bin", records(new int[] {7, 0, 1}, new int[] {7, 2, 2}, new int[] {3, 1, 3}))
                .file("test.bin", records(new int[] {7, 2, 4}))
                .file("fine_label_names.txt", "apple\nbaby\nbear\n".getBytes(StandardCharsets.UTF_8));
    }

    /**
     * @param each the label bytes, then the value of the top left red pixel; green is 1 more there and blue 2, the rest is 0
     */
    static byte[] records(int[]... each) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int[] record : each) {
            for (int i = 0; i < record.length - 1; i++) {
                bytes.write(record[i]);
            }
            for (int channel = 0; channel < 3; channel++) {
                bytes.write(record[record.length - 1] + channel);
                bytes.writeBytes(new byte[1023]);
            }
        }
        return bytes.toByteArray();
    }

    Written file(String name, byte[] bytes) {
        try {
            Files.createDirectories(folder);
            Files.write(folder.resolve(name), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    byte[] bytes(String name) {
        try {
            return Files.readAllBytes(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Written without(String name) {
        try {
            Files.delete(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Puts a compressed file in the place of another one. */
    Written compressed(String name) {
        byte[] plain = bytes(name);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return without(name).file(name + ".gz", packed.toByteArray());
    }
}
