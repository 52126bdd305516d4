package org.obverse.plugins.folders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.obverse.plugins.folders.MatFile.Cells;
import org.obverse.plugins.folders.MatFile.Numbers;
import org.obverse.plugins.folders.MatFile.Other;
import org.obverse.plugins.folders.MatFile.Text;
import org.obverse.plugins.folders.MatFile.Value;

/** The files were written by SciPy; see pictures/README.md. */
class MatFileTest {
    private static final Path PICTURES = Path.of("src/test/resources/pictures");

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
}
