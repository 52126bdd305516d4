package org.obverse.plugins.ppa;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Expected orders are those that Python 3.11.7 printed for {@code list(set(members))}. */
class PythonSetTest {
    @Test
    void all_classes_come_in_ascending_order() {
        List<Integer> classes = IntStream.range(0, 530).boxed().toList();

        assertEquals(classes, PythonSet.of(classes));
        assertEquals(List.of(0, 2, 5), PythonSet.of(List.of(5, 2, 0)));
    }

    @Test
    void a_few_classes_come_in_the_order_of_the_hash_table() {
        assertEquals(List.of(1, 3, 12), PythonSet.of(List.of(1, 12, 3)));
        assertEquals(List.of(40, 8, 3, 16), PythonSet.of(List.of(40, 8, 16, 3)));
        assertEquals(
                List.of(33, 65, 1, 100, 3, 7, 264, 12, 400, 529),
                PythonSet.of(List.of(100, 7, 529, 264, 33, 65, 1, 12, 3, 400)));
    }

    @Test
    void many_classes_grow_the_table_and_collide() {
        List<Integer> members = IntStream.range(0, 60)
                .map(i -> (i * i * 37 + 11 * i + 5) % 1000)
                .boxed()
                .toList();

        assertEquals(
                List.of(
                        641, 891, 255, 5, 645, 903, 521, 653, 781, 401, 403, 275, 405, 661, 151, 535, 25, 411, 155, 803,
                        553, 425, 175, 815, 303, 53, 55, 441, 571, 191, 831, 321, 65, 451, 581, 711, 715, 461, 845, 465,
                        851, 985, 603, 735, 353, 101, 491, 495, 111, 625, 371, 885, 245, 121, 635, 381, 895),
                PythonSet.of(members));
    }
}
