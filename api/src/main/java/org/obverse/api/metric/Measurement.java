package org.obverse.api.metric;

import ai.djl.ndarray.NDArray;
import java.util.List;

/**
 * What a metric found.
 *
 * @param figures at least one; names are unique within a plan
 * @param tables figures per class
 * @param pictures for the report
 * @param charts for the report and its exports
 */
public record Measurement(List<Figure> figures, List<Table> tables, List<Picture> pictures, List<Chart> charts) {
    public Measurement {
        figures = List.copyOf(figures);
        tables = List.copyOf(tables);
        pictures = List.copyOf(pictures);
        charts = List.copyOf(charts);
    }

    /** Without charts. */
    public Measurement(List<Figure> figures, List<Table> tables, List<Picture> pictures) {
        this(figures, tables, pictures, List.of());
    }

    public static Measurement of(Figure... figures) {
        return new Measurement(List.of(figures), List.of(), List.of());
    }

    /**
     * One number.
     *
     * @param name as the field prints it, with the model that it depends on: {@code FID(small-inception)}
     * @param value finite
     * @param better which direction means that the attack (or, for figures of the target, the model) did better
     * @param unit such as {@code fraction} or {@code squared distance}
     */
    public record Figure(String name, double value, Better better, String unit) {}

    /** Which values are good. */
    public enum Better {
        HIGHER,
        LOWER,
        NEITHER
    }

    /**
     * Figures per class.
     *
     * @param rows one per class, each as long as {@code columns}
     */
    public record Table(String name, List<String> columns, List<Row> rows) {}

    /** One class's figures; NaN where one is undefined. */
    public record Row(int targetClass, List<Double> values) {}

    /**
     * A picture.
     *
     * @param pixels {@code [3, H, W]}, or {@code [1, H, W]} of a grey one, in [-1, 1]
     */
    public record Picture(String name, String caption, NDArray pixels) {}

    /**
     * Values to be drawn by whoever shows them.
     *
     * @param name unique among the charts of a measurement
     * @param caption what is seen, and how it was computed
     * @param x what stands along the horizontal axis, with its unit; empty under {@link Mark#DISTRIBUTION}
     * @param y what stands along the vertical axis, with its unit
     */
    public record Chart(String name, String caption, Mark mark, String x, String y, List<Series> series) {
        public Chart {
            series = List.copyOf(series);
            for (Series one : series) {
                int places = mark == Mark.DISTRIBUTION ? 0 : one.y().size();
                if (one.x().size() != places) {
                    throw new IllegalArgumentException("series '%s' of chart '%s' has %d values and %d places along x"
                            .formatted(one.name(), name, one.y().size(), one.x().size()));
                }
            }
        }
    }

    /** How a series is drawn. */
    public enum Mark {
        /** A line from value to value, with a band where there is one. */
        LINE,
        /** A point per value. */
        POINTS,
        /** The density of the values. */
        DISTRIBUTION
    }

    /**
     * Values of one colour.
     *
     * @param name in the chart's legend
     * @param x finite, as long as {@code y}; empty under {@link Mark#DISTRIBUTION}
     * @param y finite
     * @param low the band's lower ends, finite, as long as {@code y}; empty for no band
     * @param high the band's upper ends, likewise
     */
    public record Series(String name, List<Double> x, List<Double> y, List<Double> low, List<Double> high) {
        public Series {
            x = List.copyOf(x);
            y = List.copyOf(y);
            low = List.copyOf(low);
            high = List.copyOf(high);
            for (List<Double> beside : List.of(x, low, high)) {
                if (!beside.isEmpty() && beside.size() != y.size()) {
                    throw new IllegalArgumentException(
                            "series '%s' has %d values and %d beside them".formatted(name, y.size(), beside.size()));
                }
            }
        }

        /** Points or a line. */
        public static Series of(String name, List<Double> x, List<Double> y) {
            return new Series(name, x, y, List.of(), List.of());
        }

        /** A distribution. */
        public static Series of(String name, List<Double> values) {
            return new Series(name, List.of(), values, List.of(), List.of());
        }
    }
}
