package org.obverse.plugins.folders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.obverse.plugins.folders.MatFile.Cells;
import org.obverse.plugins.folders.MatFile.Numbers;
import org.obverse.plugins.folders.MatFile.Other;
import org.obverse.plugins.folders.MatFile.Text;
import org.obverse.plugins.folders.MatFile.Value;

/** The files were written by SciPy; see pictures/README.md. */
class MatFileTest {
    private static final Path PICTURES = Path.of("target/test-classes/pictures");

    @ParameterizedTest
    @ValueSource(strings = {"list-plain.mat", "list-compressed.mat"})
    void texts_in_cells_and_numbers_are_read_and_structures_passed_over(String name) throws IOException {
        Map<String, Value> variables = MatFile.read(Files.readAllBytes(PICTURES.resolve(name)));

        assertEquals(
                new Cells(List.of(
                        new Text("n01-Pug/n01_1.jpg"),
                        new Text("n01-Pug/n01_2.jpg"),
                        new Text("n02-Borzoi/n02_1.jpg"),
                        new Text("n02-Borzoi/n02_7.jpg"))),
                variables.get("file_list"));
        assertEquals(new Numbers(List.of(1.0, 1.0, 2.0, 2.0)), variables.get("labels"));
        assertEquals(new Numbers(List.of(300.5, -2.0)), variables.get("big"));
        assertEquals(new Other(), variables.get("flag"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"list-plain.mat", "list-compressed.mat"})
    void a_truncated_file_is_refused(String name) throws IOException {
        byte[] whole = Files.readAllBytes(PICTURES.resolve(name));

        for (int length : new int[] {0, 60, 150, 200}) {
            assertThrows(IOException.class, () -> MatFile.read(Arrays.copyOf(whole, length)), "length " + length);
        }
    }

    @Test
    void cells_in_cells_without_end_are_refused() {
        int levels = 100_000;
        byte[] bytes = new byte[128 + levels * 48];
        ByteBuffer file = afterHeader(bytes);
        for (int level = 0; level < levels; level++) {
            file.putInt(14).putInt((levels - level) * 48 - 8);
            file.putInt(6).putInt(8).putInt(1).putInt(0);
            file.putInt(5).putInt(8).putInt(1).putInt(1);
            file.putInt(1).putInt(0);
        }

        assertThrows(IOException.class, () -> MatFile.read(bytes));
    }

    @Test
    void a_small_file_that_unpacks_to_a_large_one_is_refused() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(packed)) {
            deflater.write(ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(14)
                    .putInt((64 << 20) - 8)
                    .array());
            deflater.write(new byte[(64 << 20) - 8]);
        }
        byte[] bytes = new byte[128 + 8 + packed.size()];
        afterHeader(bytes).putInt(15).putInt(packed.size()).put(packed.toByteArray());

        assertThrows(IOException.class, () -> MatFile.read(bytes));
    }

    private static ByteBuffer afterHeader(byte[] file) {
        file[126] = 'I';
        file[127] = 'M';
        return ByteBuffer.wrap(file).position(128).order(ByteOrder.LITTLE_ENDIAN);
    }
}
