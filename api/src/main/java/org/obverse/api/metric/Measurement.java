package org.obverse.api.metric;

import ai.djl.ndarray.NDArray;
import java.util.List;

/**
 * What a metric found.
 *
 * @param figures at least one; names are unique within a plan
 * @param tables figures per class
 * @param pictures for the report
 */
public record Measurement(List<Figure> figures, List<Table> tables, List<Picture> pictures) {
    public Measurement {
        figures = List.copyOf(figures);
        tables = List.copyOf(tables);
        pictures = List.copyOf(pictures);
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
     * @param pixels {@code [3, H, W]} in [-1, 1]
     */
    public record Picture(String name, String caption, NDArray pixels) {}
}
