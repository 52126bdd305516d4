package org.obverse.cli.report.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class OutlineTest {
    @Test
    void a_violin_of_normal_values_has_the_normal_density_and_its_quartiles() {
        double[] values = IntStream.range(0, 4000)
                .mapToDouble(i -> quantile((i + 0.5) / 4000))
                .toArray();
        Outline outline = Outline.of(values);

        for (int i = 0; i < outline.at().size(); i++) {
            double z = outline.at().get(i);
            assertEquals(Math.exp(-z * z / 2), outline.width().get(i), 0.02, "at " + z);
        }
        assertEquals(-0.6745, outline.lower(), 1e-3);
        assertEquals(0, outline.median(), 1e-9);
        assertEquals(0.6745, outline.upper(), 1e-3);
    }

    @Test
    void a_violin_reaches_from_the_smallest_value_to_the_largest() {
        Outline outline = Outline.of(3, 1, 2, 10);
        assertEquals(1, outline.at().get(0));
        assertEquals(10, outline.at().get(outline.at().size() - 1), 1e-12);
        assertTrue(outline.width().stream().allMatch(width -> width > 0 && width <= 1));
    }

    @Test
    void equal_values_are_a_line_at_their_height() {
        assertEquals(List.of(2.0, 2.0), Outline.of(2, 2, 2).at());
        assertEquals(2, Outline.of(2).median());
    }

    /** Of the standard normal distribution, by bisection of its distribution function (Simpson's rule). */
    private static double quantile(double share) {
        double low = -8;
        double high = 8;
        for (int i = 0; i < 50; i++) {
            double middle = (low + high) / 2;
            if (below(middle) < share) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    private static double below(double z) {
        int n = 200;
        double h = z / n;
        double sum = 0;
        for (int i = 0; i <= n; i++) {
            double weight = i == 0 || i == n ? 1 : i % 2 == 1 ? 4 : 2;
            sum += weight * Math.exp(-0.5 * (i * h) * (i * h));
        }
        return 0.5 + sum * h / 3 / Math.sqrt(2 * Math.PI);
    }
}
