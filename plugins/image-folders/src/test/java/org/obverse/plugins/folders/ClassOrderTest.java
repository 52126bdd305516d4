package org.obverse.plugins.folders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;

/** Which folder is which class, and what it is called. */
final class ClassOrderTest {
    @TempDir
    private Path folder = Path.of("");

    private List<String> classes(ClassOrder order) {
        return Folders.classes(new Place("folder", folder), folder, order).classes();
    }

    private List<String> problems(ClassOrder order) {
        return assertThrows(InvalidConfigurationException.class, () -> classes(order)).problems().stream()
                .map(Problem::toString)
                .toList();
    }

    private String shown(String name) {
        return Names.shown(folder.resolve(name));
    }

    @Test
    void folders_with_numbers_for_names_are_counted_as_text_or_as_numbers() {
        List<String> numbers = IntStream.range(0, 12).mapToObj(String::valueOf).toList();
        numbers.forEach(name -> new Album(folder).picture(name + "/1.png", 1));

        assertEquals(numbers, classes(ClassOrder.NUMBER));
        assertEquals(List.of("0", "1", "10", "11", "2", "3", "4", "5", "6", "7", "8", "9"), classes(ClassOrder.NAME));
    }

    @Test
    void letters_of_any_alphabet_are_in_the_order_of_their_code_points() {
        for (String name : List.of("Éva", "Ädam", "Åbel", "Zoe")) {
            new Album(folder).picture(name + "/1.png", 1);
        }

        assertEquals(List.of("Zoe", "Ädam", "Åbel", "Éva"), classes(ClassOrder.NAME));
    }

    @Test
    void what_is_no_number_is_not_counted_as_one() {
        new Album(folder).picture("1/1.png", 1).picture("two/1.png", 1).picture("-3/1.png", 1);

        assertEquals(
                List.of(
                        "folder: " + shown("-3") + " has a name that is no number, and order: number counts by them;"
                                + " use order: name",
                        "folder: " + shown("two") + " has a name that is no number, and order: number counts by them;"
                                + " use order: name"),
                problems(ClassOrder.NUMBER));
    }

    @Test
    void two_folders_of_one_number_or_one_name_are_refused() {
        new Album(folder).picture("1/1.png", 1).picture("01/1.png", 1);
        assertEquals(
                List.of("folder: " + shown("1") + " is the same number as " + shown("01") + "; rename one of the two"),
                problems(ClassOrder.NUMBER));

        new Album(folder).picture("Éva/1.png", 1).picture("E\u0301va/1.png", 1);
        assertEquals(
                List.of("folder: " + shown("Éva") + " is a class of the same name as " + shown("E\u0301va")
                        + "; rename one of the two"),
                problems(ClassOrder.NAME));
    }
}
